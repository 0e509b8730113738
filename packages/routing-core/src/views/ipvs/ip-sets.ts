import { type IPFamily, parseCIDR } from "@pilotage/kube-model"
import { type ProxiedPort, portLinks } from "../proxied-port.ts"
import type { RuleLine } from "../rule-line.ts"

const HASH = "hash:ip,port"

/** kube-proxy's ipsets: how each is keyed, and the comment of the rules that look into it. */
export const IP_SETS = {
  "KUBE-LOOP-BACK": {
    type: "hash:ip,port,ip",
    comment: "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose",
  },
  "KUBE-CLUSTER-IP": { type: HASH, comment: "Kubernetes service cluster ip + port for masquerade purpose" },
  "KUBE-EXTERNAL-IP": {
    type: HASH,
    comment: "Kubernetes service external ip + port for masquerade and filter purpose",
  },
  "KUBE-EXTERNAL-IP-LOCAL": {
    type: HASH,
    comment: "Kubernetes service external ip + port with externalTrafficPolicy=local",
  },
  "KUBE-LOAD-BALANCER": { type: HASH, comment: "Kubernetes service lb portal" },
  "KUBE-LOAD-BALANCER-FW": {
    type: HASH,
    comment: "Kubernetes service load balancer ip + port for load balancer with sourceRange",
  },
  "KUBE-LOAD-BALANCER-LOCAL": {
    type: HASH,
    comment: "Kubernetes service load balancer ip + port with externalTrafficPolicy=local",
  },
  "KUBE-LOAD-BALANCER-SOURCE-IP": {
    type: "hash:ip,port,ip",
    comment: "Kubernetes service load balancer ip + port + source IP for packet filter purpose",
  },
  "KUBE-LOAD-BALANCER-SOURCE-CIDR": {
    type: "hash:ip,port,net",
    comment: "Kubernetes service load balancer ip + port + source cidr for packet filter purpose",
  },
  "KUBE-NODE-PORT-TCP": { type: "bitmap:port", comment: "Kubernetes nodeport TCP port for masquerade purpose" },
  "KUBE-NODE-PORT-LOCAL-TCP": {
    type: "bitmap:port",
    comment: "Kubernetes nodeport TCP port with externalTrafficPolicy=local",
  },
  "KUBE-NODE-PORT-UDP": { type: "bitmap:port", comment: "Kubernetes nodeport UDP port for masquerade purpose" },
  "KUBE-NODE-PORT-LOCAL-UDP": {
    type: "bitmap:port",
    comment: "Kubernetes nodeport UDP port with externalTrafficPolicy=local",
  },
  "KUBE-NODE-PORT-SCTP-HASH": {
    type: HASH,
    comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
  },
  "KUBE-NODE-PORT-LOCAL-SCTP-HASH": {
    type: HASH,
    comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
  },
  "KUBE-HEALTH-CHECK-NODE-PORT": { type: "bitmap:port", comment: "Kubernetes health check node port" },
  "KUBE-IPVS-IPS": { type: "hash:ip", comment: "Addresses on the ipvs interface" },
} as const

export type IPSetName = keyof typeof IP_SETS

/** Sets of IPv6 have a 6 in their names; no name is longer than 31 characters. */
export const setName = (name: IPSetName, family: IPFamily): string =>
  family === "IPv4" ? name : name.replace("KUBE-", "KUBE-6-").slice(0, 31)

interface Entry extends Omit<RuleLine, "text"> {
  readonly set: IPSetName
  readonly key: string
}

/** What the node adds to a Service port: where node ports answer, its own address, and all others of its interfaces. */
export interface IPSetWorld {
  readonly family: IPFamily
  readonly nodeName: string
  readonly primaryIP: string | undefined
  readonly nodeIPs: readonly string[]
  readonly nodePortIPs: readonly string[]
}

/** A node whose own address is in a range reaches the load balancer, with that address as its source. */
export const isNodeAllowed = ({ sourceRanges }: ProxiedPort, { primaryIP }: IPSetWorld): boolean =>
  sourceRanges.some((text) => {
    const block = parseCIDR(text)
    return block.ok && primaryIP !== undefined && block.value.contains(primaryIP)
  })

const loadBalancerEntries = (port: ProxiedPort, world: IPSetWorld): readonly Entry[] => {
  const links = portLinks(port)
  const masquerade = { role: "masquerade", rule: "R27", ...links } as const
  const firewall = { role: "firewall", rule: "R45", ...links } as const
  return port.loadBalancerIPs.flatMap((ip): readonly Entry[] => {
    const key = `${ip},${port.protocol}:${port.port}`
    return [
      { set: "KUBE-LOAD-BALANCER", key, ...masquerade },
      ...(port.externalLocal ? [{ set: "KUBE-LOAD-BALANCER-LOCAL", key, ...masquerade } as const] : []),
      ...(port.sourceRanges.length ? [{ set: "KUBE-LOAD-BALANCER-FW", key, ...firewall } as const] : []),
      ...port.sourceRanges.map(
        (range): Entry => ({ set: "KUBE-LOAD-BALANCER-SOURCE-CIDR", key: `${key},${range}`, ...firewall }),
      ),
      ...(isNodeAllowed(port, world)
        ? [{ set: "KUBE-LOAD-BALANCER-SOURCE-IP", key: `${key},${ip}`, ...firewall } as const]
        : []),
    ]
  })
}

const nodePortEntries = (port: ProxiedPort, { nodePortIPs }: IPSetWorld): readonly Entry[] => {
  const { nodePort, protocol, healthCheckNodePort } = port
  const links = portLinks(port)
  if (nodePort && nodePortIPs.length === 0) return []
  const sets = {
    tcp: ["KUBE-NODE-PORT-TCP", "KUBE-NODE-PORT-LOCAL-TCP"],
    udp: ["KUBE-NODE-PORT-UDP", "KUBE-NODE-PORT-LOCAL-UDP"],
    sctp: ["KUBE-NODE-PORT-SCTP-HASH", "KUBE-NODE-PORT-LOCAL-SCTP-HASH"],
  } as const
  const [all, local] = sets[protocol]
  const keys = protocol === "sctp" ? nodePortIPs.map((ip) => `${ip},sctp:${nodePort}`) : [`${nodePort}`]
  const places = nodePort ? [all, ...(port.externalLocal ? [local] : [])] : []
  return [
    ...places.flatMap((set) => keys.map((key): Entry => ({ set, key, role: "masquerade", rule: "R27", ...links }))),
    ...(healthCheckNodePort
      ? [
          {
            set: "KUBE-HEALTH-CHECK-NODE-PORT",
            key: `${healthCheckNodePort}`,
            role: "health-check",
            rule: "R49",
            ...links,
          } as const,
        ]
      : []),
  ]
}

const portEntries = (port: ProxiedPort, world: IPSetWorld): readonly Entry[] => {
  const links = portLinks(port)
  const masquerade = { role: "masquerade", rule: "R27", ...links } as const
  const isOnNode = (ip: string): boolean => world.nodeIPs.includes(ip)
  const bound = [port.clusterIP, ...[...port.externalIPs, ...port.loadBalancerIPs].filter((ip) => !isOnNode(ip))]
  return [
    ...port.known
      .filter((endpoint) => endpoint.nodeName === world.nodeName)
      .map(
        ({ ip, port: number }): Entry => ({
          set: "KUBE-LOOP-BACK",
          key: `${ip},${port.protocol}:${number},${ip}`,
          role: "masquerade",
          rule: "R29",
          ...links,
        }),
      ),
    { set: "KUBE-CLUSTER-IP", key: `${port.clusterIP},${port.protocol}:${port.port}`, ...masquerade },
    ...port.externalIPs.map(
      (ip): Entry => ({
        set: port.externalLocal ? "KUBE-EXTERNAL-IP-LOCAL" : "KUBE-EXTERNAL-IP",
        key: `${ip},${port.protocol}:${port.port}`,
        ...masquerade,
      }),
    ),
    ...loadBalancerEntries(port, world),
    ...nodePortEntries(port, world),
    ...bound.map((key): Entry => ({ set: "KUBE-IPVS-IPS", key, role: "unclaimed", rule: "R62", ...links })),
  ]
}

const created = (name: string, type: string, family: IPFamily): string => {
  if (type === "bitmap:port") return `create ${name} bitmap:port range 0-65535`
  return `create ${name} ${type} family ${family === "IPv4" ? "inet" : "inet6"} hashsize 1024 maxelem 65536`
}

/** The sets as `ipset save` prints them; those without entries too. A key that comes twice counts once. */
export const ipSets = (
  ports: readonly ProxiedPort[],
  world: IPSetWorld,
): { readonly lines: readonly RuleLine[]; readonly filled: ReadonlySet<IPSetName> } => {
  const entries = ports.flatMap((port) => portEntries(port, world))
  const lines = (Object.keys(IP_SETS) as IPSetName[]).flatMap((set): readonly RuleLine[] => {
    const name = setName(set, world.family)
    const unique = new Map(
      entries
        .filter((entry) => entry.set === set)
        .toReversed()
        .map((entry) => [entry.key, entry]),
    )
    return [
      { text: created(name, IP_SETS[set].type, world.family), role: "plumbing" },
      ...[...unique.values()]
        .toReversed()
        .map(({ set: _, key, ...links }): RuleLine => ({ text: `add ${name} ${key}`, ...links })),
    ]
  })
  return { lines, filled: new Set(entries.map(({ set }) => set)) }
}
