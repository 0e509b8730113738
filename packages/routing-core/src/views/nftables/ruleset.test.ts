import { expect, test } from "vitest"
import type { NetworkConfig } from "../../state.ts"
import { pod, service, slice, tableOf } from "../../testing/world.ts"
import { nftablesRuleset } from "./ruleset.ts"

const ports = [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }]
const web = service(
  "web",
  "10.96.0.20",
  { type: "LoadBalancer", externalTrafficPolicy: "Local", ports, loadBalancerSourceRanges: ["203.0.113.0/25"] },
  { ip: "172.18.255.200" },
)
const PODS = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")]

const written = (config: Partial<NetworkConfig> = {}, services = [web]): readonly string[] =>
  nftablesRuleset(
    tableOf({ config: { proxyMode: "nftables", ...config }, pods: PODS, services }),
    "node-3",
    "IPv4",
  ).map(({ text }) => text.trim())

test("[R25] [R26] without an endpoint here, externalTrafficPolicy Local leaves the short cuts and drops the rest", () => {
  const lines = written()
  const [, external] = lines.findLast((line) => line.startsWith("chain external-"))?.split(" ") ?? []
  const base = external?.replace("external-", "")
  const at = lines.indexOf(`chain ${external} {`)
  expect(lines.slice(at + 1, lines.indexOf("}", at))).toEqual([
    `ip saddr 10.244.0.0/16 goto service-${base} comment "short-circuit pod traffic"`,
    'fib saddr type local meta mark set meta mark | 0x00004000 comment "masquerade local traffic"',
    `fib saddr type local goto service-${base} comment "short-circuit local traffic"`,
  ])
  expect(lines).toContain('elements = { 172.18.255.200 . tcp . 80 comment "shop/web:http" : drop }')
  expect(lines).toContain('elements = { tcp . 30080 comment "shop/web:http" : drop }')
})

test("[R45] source ranges: one alone stands without braces, several in order, with the load balancer where the node is let in", () => {
  const rule = (...ranges: readonly string[]) =>
    written({}, [
      service("web", "10.96.0.20", { ...web.spec, loadBalancerSourceRanges: ranges }, { ip: "172.18.255.200" }),
    ]).find((line) => line.startsWith("ip saddr !="))
  expect(rule("203.0.113.0/25")).toBe("ip saddr != 203.0.113.0/25 drop")
  expect(rule("203.0.113.0/25", "192.0.2.7/32", " 203.0.113.64/26")).toBe(
    "ip saddr != { 192.0.2.7, 203.0.113.0/25 } drop",
  )
  expect(rule("172.18.0.0/24")).toBe("ip saddr != { 172.18.0.0/24, 172.18.255.200 } drop")
  expect(rule("203.0.113.0/25", "0.0.0.0/0")).toBeUndefined()
  expect(rule("2001:db8::/32")).toBeUndefined()
})

test("[R57] [R58] --masquerade-all and the local detector decide the rule for cluster IPs", () => {
  const rule = (config: Partial<NetworkConfig>) =>
    written(config).find((line) => line.startsWith("ip daddr @cluster-ips"))
  expect(rule({})).toContain("ip saddr != 10.244.0.0/16 meta mark set")
  expect(rule({ masqueradeAll: true })).toMatch(/^ip daddr @cluster-ips meta mark set meta mark \| 0x00004000/)
  expect(rule({ localDetector: "none" })).toMatch(/^ip daddr @cluster-ips reject/)
})

test("[R56] --nodeport-addresses: the addresses that have them, or all but loopback", () => {
  const places = (nodePortAddresses: readonly string[]) =>
    written({ nodePortAddresses }).filter((line) => / \. th dport vmap @.*nodeports$/.test(line))
  const set = "ip daddr @nodeport-ips meta l4proto . th dport vmap"
  expect(places([])).toEqual([`${set} @no-endpoint-nodeports`, `${set} @service-nodeports`])
  expect(written({ nodePortAddresses: ["10.0.0.0/8"] })).toContain("elements = { 10.244.3.1 }")
  expect(places(["0.0.0.0/0"])).toEqual([
    "ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @no-endpoint-nodeports",
    "fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports",
  ])
})

test("[R37] without a block of Services in this family, nothing is dropped for being nobody's", () => {
  expect(written().filter((line) => line.includes(" drop comment"))).toHaveLength(1)
  expect(written({ serviceCIDR: "fd00:96::/112" }).filter((line) => line.includes(" drop comment"))).toEqual([])
})

test("[R60] the table of IPv6 is one of its own", () => {
  const dual = service("web", "fd00:96::20", {
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 90 } },
  })
  const six = {
    ...slice(dual, [{ addresses: ["fd00:244:0:1::11"], nodeName: "node-1" }]),
    addressType: "IPv6" as const,
  }
  const lines = nftablesRuleset(
    tableOf({
      config: { proxyMode: "nftables", clusterCIDR: "10.244.0.0/16,fd00:244::/56", serviceCIDR: "fd00:96::/112" },
      nodes: [{ name: "node-1", internalIP: "172.18.0.2", podCIDR: "10.244.1.0/24", secondIP: "fd00:172::2" }],
      services: [dual],
      slices: [six],
    }),
    "node-1",
    "IPv6",
  ).map(({ text }) => text.trim())
  expect(lines[0]).toBe("table ip6 kube-proxy {")
  for (const line of [
    "elements = { fd00:172::2 }",
    "elements = { fd00:244:0:1::11 . fd00:244:0:1::11 . tcp . 8080 }",
    "timeout 1m30s",
    "meta l4proto tcp dnat to [fd00:244:0:1::11]:8080",
    'ip6 daddr @cluster-ips ip6 saddr != fd00:244::/56 meta mark set meta mark | 0x00004000 comment "masquerade clusterIP traffic from outside cluster"',
  ])
    expect(lines).toContain(line)
  expect(
    lines.some((line) => /^chain endpoint-[A-Z2-7]{8}-shop\/web\/tcp\/http__fd00.244.0.1..11\/8080 \{$/.test(line)),
  ).toBe(true)
})

test("a name that is too long is cut, and its hash keeps it apart", () => {
  const long = {
    ...service("w".repeat(63), "10.96.0.20"),
    metadata: { name: "w".repeat(63), namespace: "n".repeat(63) },
  }
  const sticky = {
    ...long,
    spec: { ...long.spec, sessionAffinity: "ClientIP" as const, ports: [{ name: "p".repeat(63), port: 80 }] },
  }
  const six = {
    ...slice(sticky, [{ addresses: ["2001:db8:1111:2222:3333:4444:5555:6666"] }]),
    addressType: "IPv6" as const,
    ports: [{ name: "p".repeat(63), port: 65535 }],
  }
  const table = tableOf({ services: [{ ...sticky, spec: { ...sticky.spec, clusterIP: "fd00:96::1" } }], slices: [six] })
  const names = nftablesRuleset(table, "node-1", "IPv6").flatMap(
    ({ text }) => /^\tset (affinity-\S+)/.exec(text)?.[1] ?? [],
  )
  expect(names).toHaveLength(1)
  expect(names[0]).toHaveLength("affinity-".length + 240)
  expect(names[0]?.endsWith("...")).toBe(true)
})

test("a node that is not there has no table", () => {
  expect(nftablesRuleset(tableOf({ services: [web] }), "node-9", "IPv4")).toEqual([])
})
