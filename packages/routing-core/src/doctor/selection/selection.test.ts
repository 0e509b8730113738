import { describe, expect, test } from "vitest"
import { pod, service, slicesFor } from "../../testing/world.ts"
import { codes, diagnosed, finding, WEB } from "../diagnosed.ts"

const web = (more: Parameters<typeof pod>[3] = {}) => pod("web-1", "10.244.1.11", "web", more)

test("a Service in front of ready pods that listen has no finding", () => {
  expect(diagnosed({ pods: [web()], services: [WEB] })).toEqual([])
})

describe("a selector that matches no pod (no-endpoints-selector-mismatch)", () => {
  const selecting = (selector: Record<string, string>) => service("web", "10.96.0.20", { selector })

  test("names the label that is only misspelt, and the command that mends it", () => {
    const found = finding({ pods: [web()], services: [selecting({ app: "wbe" })] }, "no-endpoints-selector-mismatch")
    expect(found).toMatchObject({
      severity: "error",
      object: { kind: "Service", namespace: "shop", name: "web" },
      path: "spec.selector",
      value: '{"app":"wbe"}',
      fix: "Let the selector say app=web.",
      rule: "R23",
    })
    expect(found.message).toContain("pod web-1, with app=web instead of app=wbe")
    expect(found.command).toBe(
      `kubectl patch service web -n shop --type=json -p '[{"op":"add","path":"/spec/selector","value":{"app":"web"}}]'`,
    )
  })

  test("names the label that the pods do not have", () => {
    const { message } = finding(
      { pods: [web()], services: [selecting({ app: "web", tier: "api" })] },
      "no-endpoints-selector-mismatch",
    )
    expect(message).toContain("pod web-1, with no label tier")
  })

  test("tells the next fault too: a targetPort on which those pods do not listen", () => {
    const wrong = service("web", "10.96.0.20", { selector: { app: "wbe" }, ports: [{ port: 80, targetPort: 80 }] })
    expect(codes({ pods: [web()], services: [wrong] })).toEqual([
      "error no-endpoints-selector-mismatch",
      "warning wrong-target-port",
    ])
  })

  test("finds the pods in another namespace", () => {
    const { message, fix } = finding(
      { pods: [web({ namespace: "stage" }), pod("a", "10.244.1.12", "a")], services: [WEB] },
      "no-endpoints-selector-mismatch",
    )
    expect(message).toContain("pod web-1 has those labels, but in namespace stage")
    expect(fix).toContain("Move Service web to namespace stage")
  })

  test("takes no short chance likeness for a miss", () => {
    const od = pod("od", "10.244.1.12", "od")
    const { message } = finding(
      { pods: [od], services: [selecting({ app: "nobody" })] },
      "no-endpoints-selector-mismatch",
    )
    expect(message).toBe("The selector app=nobody matches no pod in namespace shop.")
  })

  test("proposes nothing when no label is like it", () => {
    const { message } = finding(
      { pods: [web()], services: [selecting({ color: "green" })] },
      "no-endpoints-selector-mismatch",
    )
    expect(message).toBe("The selector color=green matches no pod in namespace shop.")
  })

  test("says nothing when nobody looked for pods", () => {
    expect(codes({ services: [WEB] }, { podsKnown: false })).toEqual([])
  })
})

test("pods that are all not ready leave a Service without endpoints (no-endpoints-not-ready)", () => {
  const found = finding({ pods: [web({ ready: false })], services: [WEB] }, "no-endpoints-not-ready")
  expect(found).toMatchObject({
    severity: "error",
    object: { kind: "Pod", name: "web-1" },
    service: { kind: "Service", name: "web" },
    command: "kubectl describe pod web-1 -n shop",
  })
  const { ip: _, ...pending } = web({ ready: false })
  expect(finding({ pods: [pending], services: [WEB] }, "no-endpoints-not-ready").message).toContain("not running")
})

test("one pod that is not ready beside others is a note (some-pods-not-ready)", () => {
  const pods = [web(), pod("web-2", "10.244.2.11", "web", { ready: false })]
  expect(codes({ pods, services: [WEB] })).toEqual(["note some-pods-not-ready"])
  expect(codes({ pods: [web(), pod("web-2", "10.244.2.11", "web", { terminating: true })], services: [WEB] })).toEqual(
    [],
  )
})

test("[R21] pods that are all being deleted still serve, but not for long (only-terminating-endpoints)", () => {
  expect(codes({ pods: [web({ terminating: true })], services: [WEB] })).toEqual(["warning only-terminating-endpoints"])
  expect(codes({ pods: [web({ terminating: true, ready: false })], services: [WEB] })).toEqual([
    "error no-endpoints-not-ready",
  ])
})

test("a Service without selector needs an EndpointSlice (no-endpoints-no-selector)", () => {
  const bare = { ...WEB, spec: { clusterIP: "10.96.0.20", ports: [{ name: "http", port: 80 }] } }
  expect(codes({ services: [bare] })).toEqual(["error no-endpoints-no-selector"])
  expect(codes({ services: [bare] }, { slicesKnown: false })).toEqual([])
})

test("ready pods that no slice lists are told (no-endpoints-not-yet)", () => {
  const pods = [web(), pod("web-2", "10.244.2.11", "web")]
  expect(codes({ pods, services: [WEB], slices: [] })).toEqual(["error no-endpoints-not-yet"])
  const behind = slicesFor([WEB], pods.slice(0, 1))
  expect(codes({ pods, services: [WEB], slices: behind })).toEqual(["warning no-endpoints-not-yet"])
})

describe("a selector so wide that it matches several programs (selector-mixes-programs)", () => {
  const stable = (name: string, ip: string, app: string) => pod(name, ip, "web", { labels: { app, release: "stable" } })
  const wide = service("web", "10.96.0.20", { selector: { release: "stable" } })

  test("names them, and the label that tells them apart", () => {
    const pods = [stable("web-1", "10.244.1.11", "web"), stable("importer-1", "10.244.2.11", "importer")]
    const found = finding({ pods, services: [wide] }, "selector-mixes-programs")
    expect(found.severity).toBe("warning")
    expect(found.message).toContain("app=importer (1) and app=web (1)")
    expect(found.fix).toContain("app=web")
  })

  test("says nothing of one program in two versions", () => {
    const pods = [stable("web-1", "10.244.1.11", "web"), stable("web-2", "10.244.2.11", "web")]
    expect(codes({ pods, services: [wide] })).toEqual([])
  })
})

test("publishNotReadyAddresses brings requests to pods that are not ready (unready-pods-published)", () => {
  const open = service("web", "10.96.0.20", { publishNotReadyAddresses: true })
  const pods = [web({ ready: false })]
  const [slice] = slicesFor([open], pods)
  const published = slice && {
    ...slice,
    endpoints: (slice.endpoints ?? []).map((each) => ({ ...each, conditions: { ready: true, serving: false } })),
  }
  expect(codes({ pods, services: [open], slices: published ? [published] : [] })).toEqual([
    "warning unready-pods-published",
  ])
})
