import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Cluster, ClusterOptions, Input } from "./cluster.ts"
import { createCluster, replayCluster, restoreCluster } from "./create-cluster.ts"
import { ENGINE_VERSION } from "./engine-version.ts"
import { deploymentOf } from "./testing/kube-client.ts"

type Step = { readonly wait: number } | { readonly input: Input }

const send = (method: "POST" | "PATCH" | "DELETE", path: string, body?: object): Step => ({
  input: {
    kind: "request",
    request: {
      method,
      path,
      headers: { "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json" },
      ...(body === undefined ? {} : { body: JSON.parse(JSON.stringify(body)) }),
    },
  },
})

const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments"
const SERVICES = "/api/v1/namespaces/default/services"
const names = fc.constantFrom("web", "api")
const ports = [{ name: "http", port: 80, targetPort: 8080 }]

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 0, max: 8000 }).map((wait): Step => ({ wait })),
  fc
    .tuple(names, fc.integer({ min: 0, max: 5 }))
    .map(([name, replicas]) => send("POST", DEPLOYMENTS, deploymentOf(name, replicas))),
  fc
    .tuple(names, fc.integer({ min: 0, max: 6 }))
    .map(([name, replicas]) => send("PATCH", `${DEPLOYMENTS}/${name}`, { spec: { replicas } })),
  fc
    .tuple(names, fc.constantFrom("nginx:1.29", "nginx:9.99", "httpd:2.4"))
    .map(([name, image]) =>
      send("PATCH", `${DEPLOYMENTS}/${name}`, { spec: { template: { spec: { containers: [{ name, image }] } } } }),
    ),
  names.map((name) => send("DELETE", `${DEPLOYMENTS}/${name}`)),
  fc.tuple(names, fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer")).map(([name, type]) =>
    send("POST", SERVICES, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name },
      spec: { type, selector: { app: name }, ports },
    }),
  ),
  names.map((name) => send("DELETE", `${SERVICES}/${name}`)),
  fc.tuple(names, fc.constantFrom("node-1", "node-2")).map(
    ([name, node]): Step => ({
      input: {
        kind: "http",
        from: { kind: "node", name: node },
        request: { method: "GET", url: `http://${name}.default.svc.cluster.local/hostname`, maxTimeMs: 2000 },
      },
    }),
  ),
)

const play = (cluster: Cluster, list: readonly Step[]): void => {
  for (const step of list) {
    if ("wait" in step) cluster.advance(step.wait)
    else cluster.apply(step.input)
  }
}

const unwrap = <T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly error: { readonly message: string } },
): T => {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const json = (cluster: Cluster): string => JSON.stringify(cluster.snapshot())

/** States are long: what differs is shown, not all of it. */
const expectSame = (a: string, b: string): void => {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const from = Math.max(0, at - 80)
  expect(a === b ? "" : a.slice(from, at + 80)).toBe(a === b ? "" : b.slice(from, at + 80))
}

const options = (seed: number): ClusterOptions => ({ seed, topology: { nodes: 2 }, loadBalancerController: "vip" })
const scenario = fc.record({
  seed: fc.nat(1000),
  first: fc.array(steps, { maxLength: 12 }),
  second: fc.array(steps, { maxLength: 8 }),
})
const settings = { seed: 20260105, numRuns: 25 }

describe("determinism", { timeout: 30_000 }, () => {
  test("a log that is replayed gives the same state, byte for byte", () => {
    fc.assert(
      fc.property(scenario, ({ seed, first, second }) => {
        const cluster = unwrap(createCluster(options(seed)))
        play(cluster, [...first, ...second])
        const log = JSON.parse(JSON.stringify(cluster.log()))
        expectSame(json(unwrap(replayCluster(options(seed), log))), json(cluster))
      }),
      settings,
    )
  })

  test("a fork and a restored snapshot go on exactly as the original does, and leave it alone", () => {
    fc.assert(
      fc.property(scenario, ({ seed, first, second }) => {
        const cluster = unwrap(createCluster(options(seed)))
        play(cluster, first)
        const before = json(cluster)
        const fork = cluster.fork()
        const restored = unwrap(restoreCluster(options(seed), JSON.parse(before)))
        expectSame(json(restored), before)
        play(fork, second)
        play(restored, second)
        expectSame(json(cluster), before)
        play(cluster, second)
        expectSame(json(fork), json(cluster))
        expectSame(json(restored), json(cluster))
      }),
      settings,
    )
  })

  test("the size of the steps in which time passes does not matter", () => {
    const [whole, sliced] = [unwrap(createCluster(options(3))), unwrap(createCluster(options(3)))]
    const list = [send("POST", DEPLOYMENTS, deploymentOf("web", 3)), { wait: 40_000 }]
    play(whole, list)
    play(sliced, list.slice(0, 1))
    for (let passed = 0; passed < 40_000; passed += 100) sliced.advance(100)
    expectSame(json(sliced), json(whole))
  })
})

describe("a restored snapshot", () => {
  test("is refused when another engine took it, or when it is none", () => {
    const snapshot = unwrap(createCluster(options(1))).snapshot()
    expect(restoreCluster(options(1), { ...snapshot, engine: "0" })).toMatchObject({ error: { path: "engine" } })
    expect(restoreCluster(options(1), { ...snapshot, data: {} })).toMatchObject({ error: { path: "data" } })
  })
})

describe("a replay", () => {
  test("refuses a log of another engine, out of order, or beyond its limits", () => {
    const { log } = unwrap(createCluster(options(1)))
    const empty = log()
    const input = {
      kind: "http",
      from: { kind: "node", name: "node-1" },
      request: { method: "GET", url: "web" },
    } as const
    const refusal = (changed: object, limits?: { entries: number; durationMs: number }) => {
      const result = replayCluster(options(1), { ...empty, ...changed }, limits)
      return result.ok ? "accepted" : result.error.path
    }
    expect(refusal({})).toBe("accepted")
    expect(refusal({ engine: `${ENGINE_VERSION}x` })).toBe("engine")
    expect(refusal({ entries: [{ at: empty.until - 1, input }] })).toBe("entries[0].at")
    expect(refusal({ entries: [{ at: empty.until, input }] }, { entries: 0, durationMs: 1000 })).toBe("entries")
    expect(refusal({ until: empty.until + 1001 }, { entries: 9, durationMs: 1000 })).toBe("until")
    expect(refusal({ until: Number.NaN })).toBe("until")
  })
})
