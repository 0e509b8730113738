import type { NetworkPolicy } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { pod, service, slice } from "../testing/world.ts"
import { mayAskDns } from "./dns-access.ts"
import { forApp, indexesWith, PODS, policy } from "./policy-world.ts"

const dnsPods = [1, 2].map((number) =>
  pod(`coredns-${number}`, `10.244.${number}.53`, "dns", {
    namespace: "kube-system",
    labels: { "k8s-app": "kube-dns" },
  }),
)

const kubeDns = {
  ...service("kube-dns", "10.96.0.10", { ports: [{ name: "dns", port: 53, protocol: "UDP", targetPort: 53 }] }),
  metadata: { name: "kube-dns", namespace: "kube-system" },
}

const dnsSlice = slice(
  kubeDns,
  dnsPods.map((each) => ({ addresses: [each.ip ?? ""], conditions: { ready: true } })),
)

const ask = (policies: readonly NetworkPolicy[], withDns = true) => {
  const indexes = indexesWith(policies, {
    pods: [...PODS, ...dnsPods],
    services: withDns ? [kubeDns] : [],
    slices: withDns ? [dnsSlice] : [],
  })
  const frontend = indexes.pods.get("shop/frontend")
  return frontend && mayAskDns(indexes, frontend)
}

const dnsPeer = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
}

test("[R88] network-policy-dns: an egress policy that forgot port 53", () => {
  const onlyWeb = policy(
    "only-web",
    forApp("frontend", { policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }] }] }),
  )
  const judged = ask([onlyWeb])
  if (judged?.allowed !== false) throw new Error("it is allowed")
  expect(judged.rule).toBe("R88")
  expect(judged.failure).toMatchObject({
    code: "network-policy-dns",
    message:
      "Name lookups of pod frontend in namespace shop time out: NetworkPolicy only-web in namespace shop isolates it for egress, and no rule allows UDP port 53 to kube-dns.",
    command: `kubectl patch networkpolicy only-web -n shop --type=json -p '[{"op":"add","path":"/spec/egress/-","value":{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}},"podSelector":{"matchLabels":{"k8s-app":"kube-dns"}}}],"ports":[{"protocol":"UDP","port":53},{"protocol":"TCP","port":53}]}}]'`,
  })
})

test("[R88] a rule for UDP port 53 to kube-dns is enough, one for TCP is not", () => {
  const to53 = (protocol: "TCP" | "UDP") =>
    policy(
      "p",
      forApp("frontend", { policyTypes: ["Egress"], egress: [{ to: [dnsPeer], ports: [{ protocol, port: 53 }] }] }),
    )
  expect(ask([to53("UDP")])?.allowed).toBe(true)
  expect(ask([to53("TCP")])?.allowed).toBe(false)
})

test("some of the DNS pods allowed: chance decides", () => {
  const one = { ipBlock: { cidr: "10.244.1.53/32" } }
  const some = policy("p", forApp("frontend", { policyTypes: ["Egress"], egress: [{ to: [one] }] }))
  expect(ask([some])).toEqual({ allowed: true, certainty: "environment", notes: [] })
})

test("policies of kube-system can keep clients away too", () => {
  const judged = ask([policy("own-only", { ingress: [{ from: [{ podSelector: {} }] }] }, "kube-system")])
  expect(judged?.allowed ? "" : judged?.failure.message).toMatch(
    /^Name lookups of pod frontend .* time out. NetworkPolicy own-only/,
  )
})

test("nothing is said where there is no kube-dns, and without policies lookups are allowed", () => {
  expect(ask([policy("deny", { policyTypes: ["Egress"] })], false)).toBeUndefined()
  expect(ask([])?.allowed).toBe(true)
})
