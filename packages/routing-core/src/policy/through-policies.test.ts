import type { NetworkPolicy } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { compile } from "../table/compile.ts"
import { ask, shop } from "../testing/shop.ts"
import { stateOf, summary } from "../testing/world.ts"
import { forApp, policy } from "./policy-world.ts"

const shopWith = (...policies: readonly NetworkPolicy[]) => {
  const table = compile({ ...stateOf(shop), networkPolicies: policies })
  if (!table.ok) throw new Error(table.error.path)
  return table.value
}

const from = (cidr: string) => [{ from: [{ ipBlock: { cidr } }] }]
const frontends = [{ podSelector: { matchLabels: { app: "frontend" } } }]

test("[R81] the node behind which the server is drops the packet, after the Service was translated", () => {
  const table = shopWith(policy("closed", forApp("web", {})))
  const trace = ask(table, "frontend", "web:80")
  expect(summary(trace)).toBe("timeout: network-policy-ingress")
  expect(trace.curl.exitCode).toBe(28)
  expect(trace.hops.map((hop) => hop.action)).toEqual(["send", "dnat", "drop"])
  expect(trace.hops.at(-1)).toMatchObject({
    entry: { destination: { ip: "10.244.1.11", port: 8080 } },
    cause: { object: { kind: "NetworkPolicy", namespace: "shop", name: "closed" }, path: "spec.ingress" },
  })
})

test("[R81] the client's egress is judged on its own node", () => {
  const table = shopWith(policy("quiet", forApp("frontend", { policyTypes: ["Egress"] })))
  const trace = ask(table, "frontend", "10.96.0.20:80", { picks: [0.9] })
  expect(summary(trace)).toBe("timeout: network-policy-egress")
  expect(trace.hops.at(-1)).toMatchObject({ at: { name: "node-1" }, action: "drop" })
})

test("[R84] the Service's port in a policy is no port of the pod", () => {
  const table = shopWith(policy("in", forApp("web", { ingress: [{ from: frontends, ports: [{ port: 80 }] }] })))
  expect(ask(table, "frontend", "web:80").failure?.message).toContain(
    "It allows 80, which is the Service's port; policies see the pod's own port, and that is 8080.",
  )
})

test("[R83] a cluster IP in an ipBlock means nobody", () => {
  const egress = [{ to: [{ ipBlock: { cidr: "10.96.0.20/32" } }] }]
  const table = shopWith(policy("out", forApp("frontend", { policyTypes: ["Egress"], egress })))
  expect(ask(table, "frontend", "10.96.0.20:80").failure?.message).toContain(
    "Its ipBlock holds the address 10.96.0.20 that the client asked for; policies see the endpoint behind it, 10.244.1.11.",
  )
})

test("[R85] a node reaches its own pods through any policy", () => {
  const table = shopWith(policy("closed", forApp("web", {})))
  expect(summary(ask(table, "node-1", "10.244.1.11:8080"))).toBe("delivered: web-1 sees 10.244.1.1")
  expect(summary(ask(table, "node-2", "10.244.1.11:8080"))).toBe("timeout: network-policy-ingress")
})

test("[R87] a masqueraded client: the policy sees the node, and another network might see the client", () => {
  const office = shopWith(policy("office", forApp("web", { ingress: from("203.0.113.0/24") })))
  const trace = ask(office, "outside", "172.18.0.4:30036", { picks: [0] })
  expect(summary(trace)).toBe("timeout (environment): network-policy-ingress")
  expect(trace.failure?.message).toContain("Its ipBlock holds the client's own address 203.0.113.7")
  const nodes = shopWith(policy("nodes", forApp("web", { ingress: from("172.18.0.0/16") })))
  expect(ask(nodes, "outside", "172.18.0.4:30036", { picks: [0] })).toMatchObject({
    verdict: "delivered",
    certainty: "environment",
  })
})

test("[R89] an established connection goes on under a new policy", () => {
  const table = shopWith(policy("closed", forApp("web", {})))
  expect(ask(table, "frontend", "web:80", { established: "10.244.1.11:8080" }).verdict).toBe("delivered")
})

test("a delivery names the policy that allowed it", () => {
  const table = shopWith(policy("in", forApp("web", { ingress: [{ from: frontends }] })))
  expect(ask(table, "frontend", "web:80").notes).toContainEqual({
    code: "network-policy-allows",
    message: "NetworkPolicy in allows it (spec.ingress[0]).",
  })
})

test("[R81] backends that policies keep from the client are silent ones", () => {
  const table = shopWith(policy("closed", forApp("web", {})))
  const trace = ask(table, "node-1", "10.96.0.20:80")
  expect(summary(trace)).toContain("delivered: web-1")
  expect(trace.backends.map((each) => each.silent ?? false)).toEqual([false, true])
  expect(trace.notes.map((note) => note.code)).toContain("some-backends-fail")
})
