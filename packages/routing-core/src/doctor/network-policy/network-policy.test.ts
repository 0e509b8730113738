import type { NetworkPolicy, NetworkPolicySpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { pod, service } from "../../testing/world.ts"
import { codes, finding, WEB } from "../diagnosed.ts"

const policy = (name: string, spec: NetworkPolicySpec): NetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace: "shop" },
  spec,
})
const webOnly = { podSelector: { matchLabels: { app: "web" } } }
const pods = [pod("web-1", "10.244.1.11", "web"), pod("frontend", "10.244.1.10", "frontend")]
const with_ = (...networkPolicies: readonly NetworkPolicy[]) => ({ pods, services: [WEB], networkPolicies })

describe("[R81] policies in front of a Service (network-policy-nobody-allowed)", () => {
  test("let nobody in", () => {
    expect(
      finding(with_(policy("deny", { ...webOnly, policyTypes: ["Ingress"] })), "network-policy-nobody-allowed"),
    ).toMatchObject({
      severity: "error",
      object: { kind: "NetworkPolicy", name: "deny" },
      service: { kind: "Service", name: "web" },
    })
  })

  test("let nobody in at the port on which the pods listen", () => {
    const wrong = policy("http", { ...webOnly, ingress: [{ ports: [{ port: 80 }] }] })
    expect(codes(with_(wrong))).toEqual(["error network-policy-nobody-allowed"])
  })

  test("let somebody in, or are meant for addresses outside", () => {
    const frontend = policy("frontend", {
      ...webOnly,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "frontend" } } }] }],
    })
    const outside = policy("outside", { ...webOnly, ingress: [{ from: [{ ipBlock: { cidr: "203.0.113.0/24" } }] }] })
    expect(codes(with_(frontend))).toEqual([])
    expect(codes(with_(outside))).toEqual([])
  })
})

test("[R88] pods that may not ask kube-dns (network-policy-dns)", () => {
  const dnsPod = pod("coredns", "10.244.2.2", "web", {
    namespace: "kube-system",
    labels: { "k8s-app": "kube-dns" },
    sockets: [{ address: "0.0.0.0", port: 53, protocol: "UDP" }],
  })
  const dns = {
    ...service("kube-dns", "10.96.0.10", {
      selector: { "k8s-app": "kube-dns" },
      ports: [{ name: "dns", port: 53, protocol: "UDP", targetPort: 53 }],
    }),
    metadata: { name: "kube-dns", namespace: "kube-system" },
  }
  const egress = policy("egress", {
    podSelector: { matchLabels: { app: "frontend" } },
    policyTypes: ["Egress"],
    egress: [{ to: [{ podSelector: { matchLabels: { app: "web" } } }] }],
  })
  const found = finding(
    { pods: [...pods, dnsPod], services: [WEB, dns], networkPolicies: [egress] },
    "network-policy-dns",
  )
  expect(found).toMatchObject({
    severity: "warning",
    object: { kind: "NetworkPolicy", name: "egress" },
    path: "spec.egress",
  })
  expect(found.message).toContain("Pod frontend cannot ask kube-dns")
})

test("policies that the network does not enforce (network-policies-ignored)", () => {
  const deny = policy("deny", { ...webOnly, policyTypes: ["Ingress"] })
  expect(codes({ ...with_(deny), config: { networkPolicies: "ignored" } })).toEqual([
    "warning network-policies-ignored",
  ])
})
