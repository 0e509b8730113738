import type { Backend, Trace } from "@pilotage/routing-core"
import { describe, expect, test } from "vitest"
import { compareTries } from "./comparison.ts"
import { TRIES, type Try } from "./curls.ts"

const backend = (pod: string, more: Partial<Backend> = {}): Backend => ({
  ip: "10.244.1.9",
  port: 8080,
  pod,
  sourceSeen: "10.244.1.5",
  ...more,
})

const traced = (backends: readonly Backend[], more: Partial<Trace> = {}): Trace => ({
  request: { from: { kind: "node", name: "a" }, to: "web", port: 80, protocol: "TCP" },
  dns: [],
  route: { kind: "ClusterIP" },
  hops: [],
  verdict: "delivered",
  certainty: "certain",
  backends,
  curl: { exitCode: 0 },
  afterMs: 1,
  notes: [],
  ...more,
})

const answered = (hostname: string, source = "10.244.1.5"): Try => ({ exit: 0, status: 200, hostname, source })
const kindOf = (trace: Trace, tries: readonly Try[]): string =>
  compareTries(trace, tries, ({ pod, ip }) => pod ?? ip).kind

const many = (...names: readonly string[]): readonly Try[] =>
  Array.from({ length: TRIES }, (_, index) => answered(names[index % names.length] ?? ""))

describe("tries agree with a trace", () => {
  test("when each met a backend of the trace, which saw the source of the trace", () => {
    expect(kindOf(traced([backend("a"), backend("b")]), many("a", "b"))).toBe("agree")
    expect(kindOf(traced([backend("a")]), many("b"))).toBe("differ")
    expect(kindOf(traced([backend("a")]), [answered("a", "10.244.1.1")])).toBe("differ")
    expect(kindOf(traced([backend("a")]), [])).toBe("differ")
  })

  test("when none of two backends is missing after all tries, but for those that a client's resolver puts last", () => {
    expect(kindOf(traced([backend("a"), backend("b")]), many("a"))).toBe("differ")
    expect(kindOf(traced([backend("a"), backend("b")], { route: { kind: "direct" } }), many("a"))).toBe("agree")
  })

  test("when affinity kept them at one backend", () => {
    const affinity = { key: "10.244.1.5", timeoutSeconds: 10_800 }
    expect(kindOf(traced([backend("a"), backend("b")], { affinity }), many("b"))).toBe("agree")
    expect(kindOf(traced([backend("a"), backend("b")], { affinity }), many("a", "b"))).toBe("differ")
  })

  test("when they failed as traced, or gave up before the failure would have come", () => {
    const refused = traced([], { verdict: "refused", curl: { exitCode: 7 }, afterMs: 0 })
    expect(kindOf(refused, [{ exit: 7 }])).toBe("agree")
    expect(kindOf(refused, [{ exit: 28 }])).toBe("differ")
    expect(kindOf({ ...refused, afterMs: 127_000 }, [{ exit: 28 }])).toBe("agree")
  })

  test("when one of two backends refuses, and some tries met it", () => {
    const half = traced([backend("a"), backend("b", { refuses: true })])
    expect(kindOf(half, [answered("a"), { exit: 7 }])).toBe("agree")
    expect(kindOf(half, [answered("a"), { exit: 28 }])).toBe("differ")
  })

  test("by the status alone where kube-proxy tells of its node's health", () => {
    const service = { kind: "Service", name: "lb" }
    const health = traced([backend("x", { healthCheck: { service, status: 503, localEndpoints: 0 } })])
    expect(kindOf(health, [{ exit: 0, status: 503 }])).toBe("agree")
    expect(kindOf(health, [{ exit: 0, status: 200 }])).toBe("differ")
  })
})

test("what the trace leaves to the environment is told apart, with what came of it", () => {
  const open = traced([backend("a")], { certainty: "environment" })
  const told = compareTries(open, [{ exit: 7 }], ({ ip }) => ip)
  expect(told).toEqual({ kind: "environment", agrees: false, seen: "exit 7", traced: "10.244.1.9 sees 10.244.1.5" })
})
