import type { Rule } from "../../explain/rules.ts"
import { type ProxiedPort, portLinks } from "../proxied-port.ts"
import type { RuleLine, RuleRole } from "../rule-line.ts"
import { IP_SETS, type IPSetName, type IPSetWorld, isNodeAllowed, setName } from "./ip-sets.ts"

/** Sets that a chain looks into while they have entries, in kube-proxy's order. */
const LOOK_UPS: readonly {
  readonly table: "nat" | "filter"
  readonly chain: string
  readonly set: IPSetName
  readonly by: string
  readonly target: string
  readonly protocol?: string
  readonly role: RuleRole
  readonly rule: Rule
}[] = [
  {
    table: "nat",
    chain: "KUBE-POSTROUTING",
    set: "KUBE-LOOP-BACK",
    by: "dst,dst,src",
    target: "MASQUERADE",
    role: "masquerade",
    rule: "R29",
  },
  {
    table: "nat",
    chain: "KUBE-SERVICES",
    set: "KUBE-LOAD-BALANCER",
    by: "dst,dst",
    target: "KUBE-LOAD-BALANCER",
    role: "frontend",
    rule: "R17",
  },
  {
    table: "nat",
    chain: "KUBE-LOAD-BALANCER",
    set: "KUBE-LOAD-BALANCER-LOCAL",
    by: "dst,dst",
    target: "RETURN",
    role: "policy",
    rule: "R64",
  },
  ...(["TCP", "UDP", "SCTP"] as const).flatMap((protocol) => {
    const suffix = protocol === "SCTP" ? "SCTP-HASH" : protocol
    const common = {
      table: "nat" as const,
      chain: "KUBE-NODE-PORT",
      by: protocol === "SCTP" ? "dst,dst" : "dst",
      protocol: protocol.toLowerCase(),
    }
    const local = `KUBE-NODE-PORT-LOCAL-${suffix}` as IPSetName
    const all = `KUBE-NODE-PORT-${suffix}` as IPSetName
    return [
      { ...common, set: local, target: "RETURN", role: "policy" as const, rule: "R64" as const },
      { ...common, set: all, target: "KUBE-MARK-MASQ", role: "masquerade" as const, rule: "R27" as const },
    ]
  }),
  {
    table: "filter",
    chain: "KUBE-PROXY-FIREWALL",
    set: "KUBE-LOAD-BALANCER-FW",
    by: "dst,dst",
    target: "KUBE-SOURCE-RANGES-FIREWALL",
    role: "firewall",
    rule: "R45",
  },
  ...(["KUBE-LOAD-BALANCER-SOURCE-CIDR", "KUBE-LOAD-BALANCER-SOURCE-IP"] as const).map((set) => ({
    table: "filter" as const,
    chain: "KUBE-SOURCE-RANGES-FIREWALL",
    set,
    by: "dst,dst,src",
    target: "RETURN",
    role: "firewall" as const,
    rule: "R45" as const,
  })),
]

const NAT_CHAINS = ["KUBE-LOAD-BALANCER", "KUBE-MARK-MASQ", "KUBE-NODE-PORT", "KUBE-POSTROUTING", "KUBE-SERVICES"]
const FILTER_CHAINS = [
  "KUBE-FORWARD",
  "KUBE-IPVS-FILTER",
  "KUBE-IPVS-OUT-FILTER",
  "KUBE-NODE-PORT",
  "KUBE-PROXY-FIREWALL",
  "KUBE-SOURCE-RANGES-FIREWALL",
]

const PROTOCOL_NUMBERS = { tcp: 6, udp: 17, sctp: 132 } as const

interface ChainLine extends RuleLine {
  readonly chain: string
}

interface IptablesWorld extends IPSetWorld {
  readonly filled: ReadonlySet<IPSetName>
  readonly podBlock: string | undefined
  readonly masqueradeAll: boolean
}

const line = (chain: string, text: string, more: Omit<RuleLine, "text"> = { role: "plumbing" }): ChainLine => ({
  chain,
  text: `-A ${chain} ${text}`,
  ...more,
})

const comment = (text: string): string => `-m comment --comment "${text}"`

const lookUps = (table: "nat" | "filter", { filled, family }: IptablesWorld): readonly ChainLine[] =>
  LOOK_UPS.filter((each) => each.table === table && filled.has(each.set)).map(
    ({ chain, set, by, target, protocol, role, rule }) =>
      line(
        chain,
        `${protocol ? `-p ${protocol} ` : ""}${comment(IP_SETS[set].comment)} -m set --match-set ${setName(set, family)} ${by} -j ${target}`,
        { role, rule },
      ),
  )

const clusterIPRules = ({ filled, family, podBlock, masqueradeAll }: IptablesWorld): readonly ChainLine[] => {
  if (!filled.has("KUBE-CLUSTER-IP")) return []
  const set = `${comment(IP_SETS["KUBE-CLUSTER-IP"].comment)} -m set --match-set ${setName("KUBE-CLUSTER-IP", family)}`
  const notPods = !masqueradeAll && podBlock ? `! -s ${podBlock} ` : ""
  // Without a local detector only what a node sends is rewritten: its source is then the cluster IP itself.
  const by = masqueradeAll || podBlock ? "dst,dst" : "src,dst"
  return [line("KUBE-SERVICES", `${notPods}${set} ${by} -j KUBE-MARK-MASQ`, { role: "masquerade", rule: "R27" })]
}

const externalIPRules = ({ filled, family }: IptablesWorld): readonly ChainLine[] =>
  (["KUBE-EXTERNAL-IP", "KUBE-EXTERNAL-IP-LOCAL"] as const)
    .filter((set) => filled.has(set))
    .flatMap((set) => {
      const match = `${comment(IP_SETS[set].comment)} -m set --match-set ${setName(set, family)} dst,dst`
      const more = { role: "frontend", rule: "R50" } as const
      return [
        ...(set === "KUBE-EXTERNAL-IP"
          ? [line("KUBE-SERVICES", `${match} -j KUBE-MARK-MASQ`, { role: "masquerade", rule: "R27" })]
          : []),
        line("KUBE-SERVICES", `${match} -m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT`, more),
        line("KUBE-SERVICES", `${match} -m addrtype --dst-type LOCAL -j ACCEPT`, more),
      ]
    })

const natRules = (world: IptablesWorld): readonly ChainLine[] => [
  line("PREROUTING", `${comment("kubernetes service portals")} -j KUBE-SERVICES`),
  line("OUTPUT", `${comment("kubernetes service portals")} -j KUBE-SERVICES`),
  line("POSTROUTING", `${comment("kubernetes postrouting rules")} -j KUBE-POSTROUTING`),
  line("KUBE-SERVICES", `-s ${world.family === "IPv4" ? "127.0.0.0/8" : "::1/128"} -j RETURN`),
  ...lookUps("nat", world),
  ...clusterIPRules(world),
  ...externalIPRules(world),
  line("KUBE-SERVICES", "-m addrtype --dst-type LOCAL -j KUBE-NODE-PORT", { role: "frontend", rule: "R18" }),
  line("KUBE-LOAD-BALANCER", "-j KUBE-MARK-MASQ", { role: "masquerade", rule: "R27" }),
  ...(["KUBE-CLUSTER-IP", "KUBE-LOAD-BALANCER"] as const)
    .filter((set) => world.filled.has(set))
    .map((set) =>
      line("KUBE-SERVICES", `-m set --match-set ${setName(set, world.family)} dst,dst -j ACCEPT`, {
        role: "frontend",
        rule: "R17",
      }),
    ),
  line("KUBE-POSTROUTING", "-m mark ! --mark 0x4000/0x4000 -j RETURN"),
  line("KUBE-POSTROUTING", "-j MARK --set-xmark 0x4000/0x0"),
  line("KUBE-POSTROUTING", `${comment("kubernetes service traffic requiring SNAT")} -j MASQUERADE --random-fully`, {
    role: "masquerade",
    rule: "R27",
  }),
  line("KUBE-MARK-MASQ", "-j MARK --set-xmark 0x4000/0x4000", { role: "masquerade", rule: "R27" }),
]

/** A node whose address is in no range must not reach the load balancer: it would come with that address as its source. */
const noNodeAccess = (ports: readonly ProxiedPort[], world: IptablesWorld): readonly ChainLine[] =>
  ports.flatMap((port) => {
    if (port.sourceRanges.length === 0 || isNodeAllowed(port, world)) return []
    const width = world.family === "IPv4" ? 32 : 128
    return port.loadBalancerIPs.map((ip) =>
      line(
        "KUBE-IPVS-OUT-FILTER",
        `-s ${ip}/${width} -m ipvs --vproto ${PROTOCOL_NUMBERS[port.protocol]} --vaddr ${ip} --vport ${port.port} -j DROP`,
        { role: "firewall", rule: "R45", ...portLinks(port) },
      ),
    )
  })

const filterRules = (ports: readonly ProxiedPort[], world: IptablesWorld): readonly ChainLine[] => {
  const { family } = world
  const unreachable = family === "IPv4" ? "icmp-port-unreachable" : "icmp6-port-unreachable"
  const known = ["KUBE-LOAD-BALANCER", "KUBE-CLUSTER-IP", "KUBE-EXTERNAL-IP", "KUBE-EXTERNAL-IP-LOCAL"] as const
  const healthCheck = setName("KUBE-HEALTH-CHECK-NODE-PORT", family)
  const more = { role: "unclaimed", rule: "R62" } as const
  return [
    line("INPUT", `${comment("kubernetes ipvs access filter")} -j KUBE-IPVS-FILTER`),
    line("INPUT", `${comment("kube-proxy firewall rules")} -j KUBE-PROXY-FIREWALL`),
    line("INPUT", `${comment("kubernetes health check rules")} -j KUBE-NODE-PORT`),
    line("FORWARD", `${comment("kube-proxy firewall rules")} -j KUBE-PROXY-FIREWALL`),
    line("FORWARD", `${comment("kubernetes forwarding rules")} -j KUBE-FORWARD`),
    line("OUTPUT", `${comment("kubernetes ipvs access filter")} -j KUBE-IPVS-OUT-FILTER`),
    ...lookUps("filter", world),
    line("KUBE-SOURCE-RANGES-FIREWALL", "-j DROP", { role: "firewall", rule: "R45" }),
    ...noNodeAccess(ports, world),
    line("KUBE-FORWARD", `${comment("kubernetes forwarding rules")} -m mark --mark 0x4000/0x4000 -j ACCEPT`),
    line(
      "KUBE-FORWARD",
      `${comment("kubernetes forwarding conntrack rule")} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
    ),
    line(
      "KUBE-NODE-PORT",
      `${comment(IP_SETS["KUBE-HEALTH-CHECK-NODE-PORT"].comment)} -m set --match-set ${healthCheck} dst -j ACCEPT`,
      { role: "health-check", rule: "R49" },
    ),
    ...known.map((set) =>
      line("KUBE-IPVS-FILTER", `-m set --match-set ${setName(set, family)} dst,dst -j RETURN`, more),
    ),
    line("KUBE-IPVS-FILTER", `-m set --match-set ${healthCheck} dst -j RETURN`, more),
    line(
      "KUBE-IPVS-FILTER",
      `-m conntrack --ctstate NEW -m set --match-set ${setName("KUBE-IPVS-IPS", family)} dst -j REJECT --reject-with ${unreachable}`,
      more,
    ),
  ]
}

const table = (
  name: string,
  builtIn: readonly string[],
  own: readonly string[],
  rules: readonly ChainLine[],
): readonly RuleLine[] => {
  const plain = (text: string): RuleLine => ({ text, role: "plumbing" })
  return [
    plain(`*${name}`),
    ...builtIn.map((chain) => plain(`:${chain} ACCEPT [0:0]`)),
    ...own.map((chain) => plain(`:${chain} - [0:0]`)),
    ...[...builtIn, ...own].flatMap((wanted) =>
      rules.filter(({ chain }) => chain === wanted).map(({ chain: _, ...rule }): RuleLine => rule),
    ),
    plain("COMMIT"),
  ]
}

/** The few iptables rules of ipvs mode, as iptables-save prints them: their number does not grow with the Services. */
export const ipvsIptables = (ports: readonly ProxiedPort[], world: IptablesWorld): readonly RuleLine[] => [
  ...table("filter", ["INPUT", "FORWARD", "OUTPUT"], FILTER_CHAINS, filterRules(ports, world)),
  ...table("nat", ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"], NAT_CHAINS, natRules(world)),
]
