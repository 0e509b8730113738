import { expect, test } from "vitest"
import { isAllowed, judgeConnection } from "./judgement.ts"
import { end, forApp, indexesWith, judge, policy, verdict } from "./policy-world.ts"

const DENY_ALL = policy("deny-all", { policyTypes: ["Ingress"] })
const frontends = { podSelector: { matchLabels: { app: "frontend" } } }

test("without a policy everything passes", () => {
  expect(judge(indexesWith([]), "frontend", "web")).toEqual({ allowed: true, certainty: "certain", notes: [] })
})

test("[R80] a policy isolates the pods that it selects, in its own namespace, an empty selector all of them", () => {
  const onWeb = indexesWith([policy("closed", forApp("web", {}))])
  expect(verdict(judge(onWeb, "frontend", "web"))).toBe("denied by ingress of closed")
  expect(verdict(judge(onWeb, "frontend", "db"))).toBe("allowed")
  const everyPod = indexesWith([DENY_ALL])
  expect(verdict(judge(everyPod, "frontend", "db"))).toBe("denied by ingress of deny-all")
  expect(verdict(judge(everyPod, "frontend", "ops/monitor"))).toBe("allowed")
})

test("[R80] without policyTypes a policy is about ingress, and about egress when it has egress rules", () => {
  const plain = indexesWith([policy("plain", forApp("web", { egress: [] }))])
  expect(verdict(judge(plain, "web", "db"))).toBe("allowed")
  expect(verdict(judge(plain, "db", "web"))).toBe("denied by ingress of plain")
  const both = indexesWith([policy("both", forApp("web", { egress: [{ ports: [{ port: 53 }] }] }))])
  expect(verdict(judge(both, "web", "db"))).toBe("denied by egress of both")
  expect(verdict(judge(both, "db", "web"))).toBe("denied by ingress of both")
  const listed = indexesWith([policy("listed", forApp("web", { policyTypes: ["Egress"], ingress: [{}] }))])
  expect(verdict(judge(listed, "db", "web"))).toBe("allowed")
  expect(verdict(judge(listed, "web", "db"))).toBe("denied by egress of listed")
})

test("[R81] what one policy allows no other forbids, and both directions must agree", () => {
  const allow = policy("from-frontend", forApp("web", { ingress: [{ from: [frontends] }] }))
  expect(verdict(judge(indexesWith([DENY_ALL, allow]), "frontend", "web"))).toBe("allowed")
  expect(verdict(judge(indexesWith([DENY_ALL, allow]), "db", "web"))).toBe("denied by ingress of from-frontend")
  const noEgress = policy("quiet", forApp("frontend", { policyTypes: ["Egress"] }))
  expect(verdict(judge(indexesWith([allow, noEgress]), "frontend", "web"))).toBe("denied by egress of quiet")
})

test("[R82] podSelector, namespaceSelector, both in one item, both as two items, and no peers", () => {
  const verdicts = (from: Parameters<typeof forApp>[1]["ingress"]) => {
    const indexes = indexesWith([policy("p", forApp("web", { ingress: from ?? [] }))])
    return ["frontend", "db", "ops/monitor", "ops/frontend", "203.0.113.7"].map((client) =>
      judge(indexes, client, "web").allowed ? client : "-",
    )
  }
  const red = { namespaceSelector: { matchLabels: { team: "red" } } }
  expect(verdicts([{ from: [frontends] }])).toEqual(["frontend", "-", "-", "-", "-"])
  expect(verdicts([{ from: [red] }])).toEqual(["-", "-", "ops/monitor", "ops/frontend", "-"])
  expect(verdicts([{ from: [{ ...red, ...frontends }] }])).toEqual(["-", "-", "-", "ops/frontend", "-"])
  expect(verdicts([{ from: [red, frontends] }])).toEqual(["frontend", "-", "ops/monitor", "ops/frontend", "-"])
  expect(verdicts([{ from: [{ namespaceSelector: {} }] }])).toEqual([
    "frontend",
    "db",
    "ops/monitor",
    "ops/frontend",
    "-",
  ])
  expect(verdicts([{ from: [] }])).not.toContain("-")
  expect(verdicts([{}])).not.toContain("-")
  expect(
    verdicts([{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ops" } } }] }]),
  ).toEqual(["-", "-", "ops/monitor", "ops/frontend", "-"])
})

test("[R83] an ipBlock holds addresses outside its exceptions, of pods and of others, of both families", () => {
  const block = (cidr: string, except?: readonly string[]) => ({ ipBlock: { cidr, ...(except ? { except } : {}) } })
  const indexes = indexesWith([
    policy(
      "p",
      forApp("web", { ingress: [{ from: [block("203.0.113.0/24", ["203.0.113.128/25"]), block("fd00:9::/64")] }] }),
    ),
    policy("q", forApp("db", { ingress: [{ from: [block("10.244.1.0/24")] }] })),
  ])
  expect(verdict(judge(indexes, "203.0.113.7", "web"))).toBe("allowed")
  expect(verdict(judge(indexes, "203.0.113.129", "web"))).toBe("denied by ingress of p")
  expect(verdict(judge(indexes, "fd00:9::5", "web"))).toBe("allowed")
  expect(verdict(judge(indexes, "fd00:8::5", "web"))).toBe("denied by ingress of p")
  expect(verdict(judge(indexes, "frontend", "db"))).toBe("allowed")
  expect(verdict(judge(indexes, "ops/monitor", "db"))).toBe("denied by ingress of q")
})

test("[R84] ports: a number, a name of the destination's containers, a range, every port, and TCP when nothing is said", () => {
  const passing = (ports: Parameters<typeof forApp>[1]["ingress"]) => {
    const ingress = indexesWith([policy("in", forApp("web", { ingress: ports ?? [] }))])
    const egress = indexesWith([policy("out", forApp("frontend", { policyTypes: ["Egress"], egress: ports ?? [] }))])
    const asked = [
      ["TCP", 8080],
      ["TCP", 8081],
      ["UDP", 8125],
      ["UDP", 8080],
    ] as const
    return asked.map(([protocol, port]) => {
      const allowed = judge(ingress, "frontend", "web", port, protocol).allowed
      expect(judge(egress, "frontend", "web", port, protocol).allowed).toBe(allowed)
      return allowed ? `${port}/${protocol}` : "-"
    })
  }
  expect(passing([{ ports: [{ port: 8080 }] }])).toEqual(["8080/TCP", "-", "-", "-"])
  expect(passing([{ ports: [{ port: "http" }] }])).toEqual(["8080/TCP", "-", "-", "-"])
  expect(passing([{ ports: [{ port: "stats", protocol: "UDP" }] }])).toEqual(["-", "-", "8125/UDP", "-"])
  expect(passing([{ ports: [{ port: "stats" }] }])).toEqual(["-", "-", "-", "-"])
  expect(passing([{ ports: [{ port: 8080, endPort: 8081 }] }])).toEqual(["8080/TCP", "8081/TCP", "-", "-"])
  expect(passing([{ ports: [{ protocol: "UDP" }] }])).toEqual(["-", "-", "8125/UDP", "8080/UDP"])
  expect(passing([{ ports: [] }])).not.toContain("-")
  expect(passing([{}])).not.toContain("-")
})

test("[R84] a named port of an address that is no pod's does not exist", () => {
  const indexes = indexesWith([
    policy("out", forApp("frontend", { policyTypes: ["Egress"], egress: [{ ports: [{ port: "http" }] }] })),
  ])
  expect(judge(indexes, "frontend", "203.0.113.7").allowed).toBe(false)
})

test("[R85] a pod reaches itself and its own node, and its node reaches it, whatever the policies say", () => {
  const closed = indexesWith([policy("closed", { policyTypes: ["Ingress", "Egress"] })])
  const pairs = [
    ["web", "web"],
    ["web", "172.18.0.2"],
    ["172.18.0.2", "web"],
    ["10.244.1.1", "web"],
  ] as const
  for (const [from, to] of pairs) expect(verdict(judge(closed, from, to)), `${from} to ${to}`).toBe("allowed")
  expect(judge(closed, "172.18.0.3", "web").allowed).toBe(false)
  expect(judge(closed, "frontend", "web").allowed).toBe(false)
})

test("[R86] another node is nobody's peer but an ipBlock's, and what that means is the network's decision", () => {
  const closed = indexesWith([DENY_ALL])
  expect(verdict(judge(closed, "172.18.0.3", "web"))).toBe("denied by ingress of deny-all")
  const pods = indexesWith([policy("pods", { ingress: [{ from: [{ namespaceSelector: {} }] }] })])
  expect(verdict(judge(pods, "agent", "web"))).toBe("denied by ingress of pods?")
  const block = indexesWith([policy("nodes", { ingress: [{ from: [{ ipBlock: { cidr: "172.18.0.0/16" } }] }] })])
  expect(verdict(judge(block, "172.18.0.3", "web"))).toBe("allowed?")
  const everybody = indexesWith([policy("open", { ingress: [{}] })])
  expect(verdict(judge(everybody, "172.18.0.3", "web"))).toBe("allowed")
})

test("[R86] a hostNetwork pod is not isolated; a policy that selects it is told of", () => {
  const closed = indexesWith([policy("closed", forApp("web", { policyTypes: ["Ingress", "Egress"] }))])
  const judged = judge(closed, "frontend", "agent")
  expect(verdict(judged)).toBe("allowed?")
  expect(judged.allowed && judged.notes.map((note) => note.code)).toEqual(["network-policy-host-network"])
  expect(verdict(judge(closed, "agent", "db"))).toBe("allowed?")
})

test("[R87] a rewritten source: certain when policies say the same of both addresses", () => {
  const block = indexesWith([
    policy("p", forApp("web", { ingress: [{ from: [{ ipBlock: { cidr: "203.0.113.0/24" } }] }] })),
  ])
  const seen = (from: string, before: string) =>
    verdict(judge(block, from, "web", 8080, "TCP", { before: { source: { ip: before } } }))
  expect(seen("10.244.1.1", "203.0.113.7")).toBe("allowed")
  expect(seen("10.244.1.1", "198.51.100.1")).toBe("allowed?")
  expect(seen("198.51.100.2", "198.51.100.1")).toBe("denied by ingress of p")
  expect(seen("198.51.100.2", "203.0.113.7")).toBe("denied by ingress of p?")
})

test("[R89] established connections are not judged, and a network that ignores policies only gets a note", () => {
  expect(judge(indexesWith([DENY_ALL]), "frontend", "web", 8080, "TCP", { established: true }).allowed).toBe(true)
  const lax = indexesWith([DENY_ALL], { config: { networkPolicies: "ignored" } })
  const judged = judge(lax, "frontend", "web")
  expect(judged.allowed && judged.notes.map((note) => note.code)).toEqual(["network-policy-not-enforced"])
  expect(judged.certainty).toBe("certain")
})

test("a success names the policy that allowed it", () => {
  const indexes = indexesWith([
    policy("in", forApp("web", { ingress: [{ ports: [{ port: 1 }] }, { from: [frontends] }] })),
  ])
  const judged = judge(indexes, "frontend", "web")
  expect(judged.allowed && judged.notes).toEqual([
    { code: "network-policy-allows", message: "NetworkPolicy in allows it (spec.ingress[1])." },
  ])
})

test("an address is as good as the pod that holds it, and an IPv4 address in IPv6 clothes is that address", () => {
  const indexes = indexesWith([policy("in", forApp("web", { ingress: [{ from: [frontends] }] }))])
  for (const from of ["10.244.1.10", "::ffff:10.244.1.10"])
    expect(
      judgeConnection(indexes, { source: { ip: from }, destination: end(indexes, "web"), port: 1, protocol: "TCP" })
        .allowed,
    ).toBe(true)
})

test("odd policies allow nothing where they cannot be read, and never throw", () => {
  const odd: unknown[] = [
    { ingress: [{ from: [null] }] },
    { ingress: [{ from: [{}] }] },
    { ingress: [{ from: "everybody" }] },
    { ingress: [{ from: [{ ipBlock: { cidr: "nonsense" } }] }] },
    { ingress: [{ from: [{ ipBlock: { cidr: 7, except: "x" } }] }] },
    { ingress: [{ from: [{ ipBlock: { cidr: "10.244.0.0/16", except: ["10.244.1.0/24", null] } }] }] },
    { ingress: [{ from: [{ podSelector: { matchExpressions: [null] } }] }] },
    { ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: "app", operator: "Like", values: ["f"] }] } }] }] },
    { ingress: [{ from: [{ podSelector: { matchLabels: "app=frontend" } }] }] },
    { ingress: [{ ports: [{ port: 9000, endPort: 8000 }] }] },
    { ingress: [{ ports: [{ port: 8000, endPort: "many" }] }] },
    { ingress: [{ ports: [{ port: "http", endPort: 9000 }] }] },
    { ingress: [{ ports: [{ endPort: 9000 }] }] },
    { ingress: [{ ports: [{ port: "" }] }] },
    { ingress: [{ ports: [{ port: { number: 8080 } }] }] },
    { ingress: [{ ports: [{ protocol: "QUIC" }] }] },
    { ingress: null, policyTypes: null },
    { podSelector: null, ingress: [] },
  ]
  for (const spec of odd) {
    const indexes = indexesWith([policy("odd", spec as Parameters<typeof policy>[1])])
    expect(judge(indexes, "frontend", "web").allowed, JSON.stringify(spec)).toBe(false)
  }
})

test("null lists and entries mean what Go's decoder makes of them", () => {
  const lax: unknown[] = [
    { ingress: [{ from: null, ports: null }] },
    { ingress: [{ ports: [null] }] },
    { ingress: [{ ports: [{ port: null, protocol: null }] }] },
    { ingress: [{ from: [{ podSelector: {}, namespaceSelector: null }] }] },
    { ingress: [{ from: [{ podSelector: { matchLabels: null, matchExpressions: null } }] }] },
    { policyTypes: ["Sideways"] },
    { podSelector: { matchExpressions: "x" } },
  ]
  for (const spec of lax) {
    const indexes = indexesWith([policy("odd", spec as Parameters<typeof policy>[1])])
    expect(judge(indexes, "frontend", "web").allowed, JSON.stringify(spec)).toBe(true)
  }
})

test("the bare answer is the same", () => {
  const indexes = indexesWith([DENY_ALL])
  const connection = {
    source: end(indexes, "db"),
    destination: end(indexes, "web"),
    port: 80,
    protocol: "TCP",
  } as const
  expect(isAllowed(indexes, connection)).toBe(false)
  expect(isAllowed(indexesWith([]), connection)).toBe(true)
  expect(isAllowed(indexes, { ...connection, destination: end(indexes, "ops/monitor") })).toBe(true)
})
