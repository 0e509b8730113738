import { expect, test } from "vitest"
import { pod, service, slice, tableOf, type World } from "../../testing/world.ts"
import { linesText } from "../rule-line.ts"
import { ipvsTable } from "./ipvs-table.ts"

const web = service(
  "web",
  "10.96.0.20",
  {
    type: "LoadBalancer",
    externalTrafficPolicy: "Local",
    sessionAffinity: "ClientIP",
    loadBalancerSourceRanges: ["203.0.113.0/24"],
    healthCheckNodePort: 32000,
    ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }],
  },
  { ip: "172.18.255.200" },
)

const world: World = {
  config: { proxyMode: "ipvs" },
  pods: [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")],
  services: [web, service("empty", "10.96.0.21", { selector: { app: "nobody" } })],
}

const table = ipvsTable(tableOf(world), "node-1", "IPv4")

test("[R17] [R19] virtual servers are written as ipvsadm -Ln prints them", () => {
  expect(linesText(table.virtualServers)).toBe(
    [
      "IP Virtual Server version 1.2.1 (size=4096)",
      "Prot LocalAddress:Port Scheduler Flags",
      "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn",
      "TCP  10.96.0.21:80 rr",
      "TCP  10.96.0.20:80 rr persistent 10800",
      "  -> 10.244.1.11:8080             Masq    1      0          0         ",
      "  -> 10.244.2.11:8080             Masq    1      0          0         ",
      "TCP  172.18.255.200:80 rr persistent 10800",
      "  -> 10.244.1.11:8080             Masq    1      0          0         ",
      "TCP  172.18.0.2:30080 rr persistent 10800",
      "  -> 10.244.1.11:8080             Masq    1      0          0         ",
      "TCP  10.244.1.1:30080 rr persistent 10800",
      "  -> 10.244.1.11:8080             Masq    1      0          0         ",
      "",
    ].join("\n"),
  )
})

test("[R45] [R49] ipsets say whose source is rewritten, who is let in, and which addresses are the node's own", () => {
  const added = table.ipSets.flatMap(({ text }) => (text.startsWith("add ") ? [text.slice(4)] : []))
  expect(added).toEqual([
    "KUBE-LOOP-BACK 10.244.1.11,tcp:8080,10.244.1.11",
    "KUBE-CLUSTER-IP 10.96.0.21,tcp:80",
    "KUBE-CLUSTER-IP 10.96.0.20,tcp:80",
    "KUBE-LOAD-BALANCER 172.18.255.200,tcp:80",
    "KUBE-LOAD-BALANCER-FW 172.18.255.200,tcp:80",
    "KUBE-LOAD-BALANCER-LOCAL 172.18.255.200,tcp:80",
    "KUBE-LOAD-BALANCER-SOURCE-CIDR 172.18.255.200,tcp:80,203.0.113.0/24",
    "KUBE-NODE-PORT-TCP 30080",
    "KUBE-NODE-PORT-LOCAL-TCP 30080",
    "KUBE-HEALTH-CHECK-NODE-PORT 32000",
    "KUBE-IPVS-IPS 10.96.0.21",
    "KUBE-IPVS-IPS 10.96.0.20",
    "KUBE-IPVS-IPS 172.18.255.200",
  ])
})

test("each line names the Service, port and endpoint that it is about", () => {
  const line = table.virtualServers.find(({ text }) => text.startsWith("  -> 10.244.2.11"))
  expect(line).toMatchObject({
    role: "endpoint",
    service: { kind: "Service", namespace: "shop", name: "web" },
    port: "http",
    endpoint: "10.244.2.11:8080",
    rule: "R19",
  })
})

test("[R45] a node whose address is in no source range is kept out where its own packets pass", () => {
  const rules = table.iptables.map(({ text }) => text)
  expect(rules).toContain(
    "-A KUBE-IPVS-OUT-FILTER -s 172.18.255.200/32 -m ipvs --vproto 6 --vaddr 172.18.255.200 --vport 80 -j DROP",
  )
  expect(rules).toContain(
    '-A KUBE-SERVICES ! -s 10.244.0.0/16 -m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
  )
})

test("the number of iptables rules does not grow with the Services", () => {
  const more = Array.from({ length: 50 }, (_, index) => service(`more-${index}`, `10.96.1.${index + 1}`))
  const bigger = ipvsTable(tableOf({ ...world, services: [...(world.services ?? []), ...more] }), "node-1", "IPv4")
  expect(bigger.iptables.length).toBe(table.iptables.length)
})

test("[R60] IPv6: sets of its own names, addresses in brackets, endpoints of that family", () => {
  const dual = service("dual", "fd00:96::20", { ports: [{ port: 80, nodePort: 30081 }] })
  const six = {
    ...slice(dual, [{ addresses: ["fd00:244:0:1::11"], nodeName: "node-1" }]),
    addressType: "IPv6" as const,
  }
  const found = ipvsTable(
    tableOf({
      config: { proxyMode: "ipvs", clusterCIDR: "fd00:244::/56" },
      nodes: [{ name: "node-1", internalIP: "fd00:172::2", podCIDR: "fd00:244:0:1::/64" }],
      services: [dual],
      slices: [six],
    }),
    "node-1",
    "IPv6",
  )
  expect(found.virtualServers.map(({ text }) => text.trimEnd())).toContain("TCP  [fd00:172::2]:30081 rr")
  expect(found.ipSets.map(({ text }) => text)).toContain("add KUBE-6-CLUSTER-IP fd00:96::20,tcp:80")
  expect(found.iptables.map(({ text }) => text)).toContain(
    "-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-6-IPVS-IPS dst -j REJECT --reject-with icmp6-port-unreachable",
  )
})

test("a node that is not there has no rules", () => {
  expect(ipvsTable(tableOf(world), "node-9", "IPv4")).toEqual({ virtualServers: [], ipSets: [], iptables: [] })
})

test("a port whose protocol nobody knows has no rules, and a time out of range is the default", () => {
  const odd = service("odd", "10.96.0.90", { ports: [{ port: 80, protocol: "ICMP" as "TCP", nodePort: 30090 }] })
  const sticky = service("sticky", "10.96.0.91", {
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: -1 } },
  })
  const found = ipvsTable(tableOf({ config: { proxyMode: "ipvs" }, services: [odd, sticky] }), "node-1", "IPv4")
  expect(found.virtualServers.slice(3).map(({ text }) => text)).toEqual(["TCP  10.96.0.91:80 rr persistent 10800"])
})
