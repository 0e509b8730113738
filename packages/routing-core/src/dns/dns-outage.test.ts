import type { NetworkPolicy } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { compile } from "../table/compile.ts"
import { ask } from "../testing/shop.ts"
import { NODES, origin, pod, service, stateOf, tableOf } from "../testing/world.ts"
import { resolve } from "./resolver.ts"

const kubeDns = (spec: object = {}) => ({
  ...service("kube-dns", "10.96.0.10", {
    selector: { "k8s-app": "kube-dns" },
    ports: [{ name: "dns", port: 53, protocol: "UDP", targetPort: 53 }],
    ...spec,
  }),
  metadata: { name: "kube-dns", namespace: "kube-system" },
})

const coredns = (ready: boolean, node = "node-2") =>
  pod("coredns", "10.244.2.53", "x", {
    namespace: "kube-system",
    labels: { "k8s-app": "kube-dns" },
    nodeName: node,
    ready,
  })

const world = (dns: ReturnType<typeof coredns>[], spec: object = {}) => ({
  pods: [pod("frontend", "10.244.1.10", "x"), pod("web-1", "10.244.1.11", "web"), ...dns],
  services: [service("web", "10.96.0.20"), kubeDns(spec)],
})

test("[R73] with a kube-dns that has ready pods, or none in the state at all, names resolve", () => {
  expect(ask(tableOf(world([coredns(true)])), "frontend", "web:80").verdict).toBe("delivered")
  expect(ask(tableOf({ ...world([]), services: [service("web", "10.96.0.20")] }), "frontend", "web:80").verdict).toBe(
    "delivered",
  )
})

test("[R73] without endpoints of kube-dns the first query gets no answer, and that ends the lookup", () => {
  const table = tableOf(world([coredns(false)]))
  const lookup = resolve(table, origin("frontend"), "web", "A", { search: true })
  expect(lookup).toMatchObject({ server: "10.96.0.10", rcode: "SERVFAIL", records: [], unreachable: true })
  expect(lookup.steps).toMatchObject([
    { query: "web.shop.svc.cluster.local.", noAnswer: true, rule: "R73", answers: [] },
  ])
  const trace = ask(table, "frontend", "web:80")
  expect(trace).toMatchObject({ verdict: "name-not-found", curl: { exitCode: 6 } })
  expect(trace.failure).toMatchObject({
    code: "dns-unreachable",
    cause: { object: { kind: "Pod", namespace: "kube-system", name: "coredns" } },
    command: "kubectl describe pod coredns -n kube-system",
  })
  expect(trace.failure?.message).toBe(
    "No name can be looked up: nobody answers for kube-dns. Service kube-dns in namespace kube-system selects pod coredns, but it is not ready.",
  )
})

test("[R73] what needs no query works without kube-dns, and so do clients that ask another server", () => {
  const table = tableOf(world([coredns(false)]))
  expect(ask(table, "frontend", "10.96.0.20:80").verdict).toBe("delivered")
  expect(ask(table, "frontend", "localhost:80").failure?.code).not.toBe("dns-unreachable")
  expect(ask(table, "node-1", "web:80").failure?.code).toBe("cluster-name-outside")
})

test("[R73] a second server in dnsConfig is asked when kube-dns does not answer", () => {
  const { pods, services } = world([coredns(false)])
  const table = tableOf({
    pods: pods.map((each) =>
      each.name === "frontend" ? { ...each, dnsConfig: { nameservers: ["172.18.0.1"] } } : each,
    ),
    services,
  })
  const lookup = resolve(table, origin("frontend"), "node-2.", "A", { search: true })
  expect(lookup.steps.map((step) => [step.server, step.noAnswer ?? step.rcode])).toEqual([
    ["10.96.0.10", true],
    ["172.18.0.1", "NOERROR"],
  ])
  expect(lookup.records[0]?.data).toBe("172.18.0.3")
})

test("[R73] dns-unreachable: the pods of kube-dns are on a stopped node, or only elsewhere under internalTrafficPolicy Local", () => {
  const nodes = NODES.map((node) => (node.name === "node-2" ? { ...node, stopped: true } : node))
  expect(ask(tableOf({ ...world([coredns(true)]), nodes }), "frontend", "web:80").failure).toMatchObject({
    code: "dns-unreachable",
    fix: "Start node-2 again, or wait until the pods of kube-dns run elsewhere.",
  })
  const local = tableOf(world([coredns(true)], { internalTrafficPolicy: "Local" }))
  expect(ask(local, "frontend", "web:80").failure).toMatchObject({
    code: "dns-unreachable",
    cause: { path: "spec.internalTrafficPolicy" },
  })
})

test("[R73] dns-unreachable: dnsPolicy None without a server", () => {
  const { pods, services } = world([coredns(true)])
  const table = tableOf({
    pods: pods.map((each) => (each.name === "frontend" ? { ...each, dnsPolicy: "None" } : each)),
    services,
  })
  expect(ask(table, "frontend", "web:80").failure).toMatchObject({
    code: "dns-unreachable",
    cause: { object: { kind: "Pod", name: "frontend" }, path: "spec.dnsPolicy", value: '"None"' },
  })
})

test("[R88] a NetworkPolicy that forbids the client to ask ends every lookup too", () => {
  const policy: NetworkPolicy = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "deny-egress", namespace: "shop" },
    spec: { podSelector: {}, policyTypes: ["Egress"] },
  }
  const table = compile({ ...stateOf(world([coredns(true)])), networkPolicies: [policy] })
  if (!table.ok) throw new Error(table.error.message)
  expect(ask(table.value, "frontend", "web:80")).toMatchObject({
    verdict: "name-not-found",
    failure: { code: "network-policy-dns" },
  })
})

test("[R88] a NetworkPolicy that lets through to some pods of kube-dns only leaves the lookup to chance", () => {
  const policy: NetworkPolicy = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "one-server", namespace: "shop" },
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "10.244.2.53/32" } }] }, { to: [{ podSelector: {} }] }],
    },
  }
  const second = { ...coredns(true, "node-3"), name: "coredns-2", ip: "10.244.3.53" }
  const table = compile({ ...stateOf(world([coredns(true), second])), networkPolicies: [policy] })
  if (!table.ok) throw new Error(table.error.message)
  expect(resolve(table.value, origin("frontend"), "web", "A", { search: true })).toMatchObject({
    rcode: "NOERROR",
    certainty: "environment",
  })
})
