import type { RuleLine } from "../rule-line.ts"
import { chain, plumbing, rule } from "./containers.ts"
import type { NodeSettings } from "./node-settings.ts"
import { MASQUERADE } from "./service-chains.ts"

const hook = (name: string, declaration: string, jumps: readonly string[]): readonly RuleLine[] =>
  chain(name, [plumbing(`\t\ttype ${declaration}; policy accept;`), ...jumps.map((text) => plumbing(`\t\t${text}`))])

const hooks = (): readonly RuleLine[] => [
  ...hook("filter-prerouting-pre-dnat", "filter hook prerouting priority dstnat - 10", [
    "ct state new jump firewall-check",
  ]),
  ...hook("filter-output-pre-dnat", "filter hook output priority -110", ["ct state new jump firewall-check"]),
  ...hook("filter-input", "filter hook input priority filter", [
    "ct state new jump nodeport-endpoints-check",
    "ct state new jump service-endpoints-check",
  ]),
  ...hook("filter-forward", "filter hook forward priority filter", [
    "ct state new jump service-endpoints-check",
    "ct state new jump cluster-ips-check",
  ]),
  ...hook("filter-output", "filter hook output priority filter", [
    "ct state new jump service-endpoints-check",
    "ct state new jump cluster-ips-check",
  ]),
  ...hook("nat-prerouting", "nat hook prerouting priority dstnat", ["jump services"]),
  ...hook("nat-output", "nat hook output priority -100", ["jump services"]),
  ...hook("nat-postrouting", "nat hook postrouting priority srcnat", ["jump masquerading"]),
]

/** Which packets to cluster IPs are masqueraded, whatever the Service. */
const clusterIPMasquerade = ({ ip, masqueradeAll, podBlock }: NodeSettings): readonly RuleLine[] => {
  const toClusterIP = `${ip} daddr @cluster-ips`
  if (masqueradeAll)
    return [rule("masquerade", `${toClusterIP} ${MASQUERADE} comment "masquerade clusterIP traffic"`, { rule: "R27" })]
  if (podBlock === undefined) return []
  const comment = "masquerade clusterIP traffic from outside cluster"
  return [
    rule("masquerade", `${toClusterIP} ${ip} saddr != ${podBlock} ${MASQUERADE} comment "${comment}"`, { rule: "R27" }),
  ]
}

/** The chains that every node has, whatever Services there are. */
export const baseChains = (settings: NodeSettings): readonly RuleLine[] => {
  const { ip, nodePortIPs, notLoopback, serviceBlock } = settings
  const byAddress = `${ip} daddr . meta l4proto . th dport`
  const byPort = "meta l4proto . th dport"
  const everywhere = nodePortIPs === "all"
  const masquerading = [
    rule(
      "masquerade",
      "meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random",
      { rule: "R27" },
    ),
    rule(
      "masquerade",
      `ct status dnat ${ip} saddr . ${ip} daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random`,
      { rule: "R29" },
    ),
  ]
  const invalid = rule(
    "unclaimed",
    `${ip} daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"`,
    {
      rule: "R37",
    },
  )
  const unallocated = `${ip} daddr ${serviceBlock} drop comment "Drop traffic to unallocated ClusterIPs"`
  return [
    ...hooks(),
    ...chain("nodeport-endpoints-check", [
      rule(
        "frontend",
        `${everywhere ? notLoopback : `${ip} daddr @nodeport-ips`} ${byPort} vmap @no-endpoint-nodeports`,
        { rule: "R23" },
      ),
    ]),
    ...chain("service-endpoints-check", [rule("frontend", `${byAddress} vmap @no-endpoint-services`, { rule: "R23" })]),
    ...chain("firewall-check", [rule("frontend", `${byAddress} vmap @firewall-ips`, { rule: "R45" })]),
    ...chain("services", [
      ...clusterIPMasquerade(settings),
      rule("frontend", `${byAddress} vmap @service-ips`, { rule: "R17" }),
      rule(
        "frontend",
        `${everywhere ? `fib daddr type local ${notLoopback}` : `${ip} daddr @nodeport-ips`} ${byPort} vmap @service-nodeports`,
        { rule: "R18" },
      ),
    ]),
    ...chain("masquerading", masquerading),
    ...chain("cluster-ips-check", [
      invalid,
      ...(serviceBlock === undefined ? [] : [rule("unclaimed", unallocated, { rule: "R37" })]),
    ]),
    ...chain("reject-chain", [
      plumbing(`\t\tcomment "helper for @no-endpoint-services / @no-endpoint-nodeports"`),
      rule("no-endpoints", "reject", { rule: "R23" }),
    ]),
  ]
}
