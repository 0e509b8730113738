import { parseCIDR } from "@pilotage/kube-model"
import { findSender, type Sender, type SenderProblem } from "../path/sender.ts"
import type { NetworkConfig, PodFacts } from "../state.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Origin } from "../trace-types.ts"
import { withDot } from "./record.ts"

/** A client's /etc/resolv.conf, as the kubelet writes it for pods (kubernetes 1.36 `pkg/kubelet/network/dns/dns.go`). */
export interface ResolvConf {
  readonly nameservers: readonly string[]
  /** Each with trailing dot. */
  readonly searches: readonly string[]
  /** A name with fewer dots is tried with the search list first. */
  readonly ndots: number
}

/** glibc's own, when no option says otherwise (resolv.conf(5)). */
const DEFAULT_NDOTS = 1
const CLUSTER_FIRST_NDOTS = 5
const MOST_NDOTS = 15
/** The kubelet leaves out what is beyond (kubernetes 1.36 `pkg/apis/core/validation`). */
const MOST_NAMESERVERS = 3
const MOST_SEARCHES = 32
const LONGEST_SEARCH_LIST = 2048

type Client = Sender | SenderProblem

const NO_SEARCHES: readonly string[] = []

const podOf = (client: Client): PodFacts | undefined => ("pod" in client ? client.pod : undefined)

/** Of a pod that is not there. */
const namespaceOf = (client: Client): string =>
  client.kind === "problem" && client.place.kind === "pod" ? client.place.namespace : "default"

/** On the node network it is the network's gateway; elsewhere the first address of the client's own /24. */
const surroundingResolver = (indexes: Indexes, client: Client): string => {
  const gateway = (indexes.nodeCIDR.IPv4 ?? indexes.nodeCIDR.IPv6)?.at(1) ?? ""
  if (client.kind !== "external") return gateway
  const around = parseCIDR(`${client.ip}/24`)
  return around.ok && around.value.family === "IPv4" ? around.value.at(1) : gateway
}

/** How a node's own resolv.conf looks; recorded in kind, whose nodes have `ndots:0`. */
const hostConf = (indexes: Indexes, client: Client): ResolvConf => ({
  nameservers: [surroundingResolver(indexes, client)],
  searches: client.kind === "external" ? NO_SEARCHES : (indexes.config.hostSearches ?? NO_SEARCHES).map(withDot),
  ndots: 0,
})

/** hostNetwork turns ClusterFirst, which is what an absent policy means, into Default. */
const policyOf = (client: Client, pod: PodFacts | undefined): "cluster" | "host" | "none" => {
  if (client.kind === "external") return "host"
  const isHostNetwork = client.kind === "node"
  switch (pod?.dnsPolicy) {
    case "Default":
      return "host"
    case "None":
      return "none"
    case "ClusterFirstWithHostNet":
      return "cluster"
    default:
      return isHostNetwork ? "host" : "cluster"
  }
}

const clusterConf = (indexes: Indexes, namespace: string): ResolvConf => {
  const { clusterDomain, dnsServiceIP, hostSearches = [] } = indexes.config
  return {
    nameservers: [dnsServiceIP],
    searches: [
      `${namespace}.svc.${clusterDomain}.`,
      `svc.${clusterDomain}.`,
      `${clusterDomain}.`,
      ...hostSearches.map(withDot),
    ],
    ndots: CLUSTER_FIRST_NDOTS,
  }
}

const inLimits = (searches: readonly string[]): readonly string[] => {
  const kept: string[] = []
  let length = -1
  for (const search of new Set(searches)) {
    length += search.length
    if (kept.length === MOST_SEARCHES || length > LONGEST_SEARCH_LIST) break
    kept.push(search)
  }
  return kept
}

const ndotsOf = (options: NonNullable<PodFacts["dnsConfig"]>["options"], otherwise: number): number => {
  const value = options?.findLast(({ name }) => name === "ndots")?.value
  const ndots = value === undefined || value === "" ? Number.NaN : Number(value)
  return Number.isInteger(ndots) && ndots >= 0 ? Math.min(ndots, MOST_NDOTS) : otherwise
}

const withDnsConfig = (conf: ResolvConf, pod: PodFacts): ResolvConf => {
  const own = pod.dnsConfig
  if (!own) return conf
  return {
    nameservers: [...new Set([...conf.nameservers, ...(own.nameservers ?? [])])].slice(0, MOST_NAMESERVERS),
    searches: inLimits([...conf.searches, ...(own.searches ?? []).map(withDot)]),
    ndots: ndotsOf(own.options, conf.ndots),
  }
}

const EMPTY: ResolvConf = { nameservers: [], searches: [], ndots: DEFAULT_NDOTS }

const read = (indexes: Indexes, client: Client): ResolvConf => {
  const pod = podOf(client)
  const policy = policyOf(client, pod)
  const namespace = pod?.namespace ?? namespaceOf(client)
  const base =
    policy === "cluster" ? clusterConf(indexes, namespace) : policy === "host" ? hostConf(indexes, client) : EMPTY
  return pod ? withDnsConfig(base, pod) : base
}

const known = new WeakMap<PodFacts, { readonly config: NetworkConfig; readonly conf: ResolvConf }>()

export const resolvConf = (indexes: Indexes, client: Client): ResolvConf => {
  const pod = podOf(client)
  if (!pod) return read(indexes, client)
  const found = known.get(pod)
  if (found?.config === indexes.config) return found.conf
  const conf = read(indexes, client)
  known.set(pod, { config: indexes.config, conf })
  return conf
}

/** Is this the address of kube-dns? */
export const isClusterDns = (indexes: Indexes, server: string): boolean =>
  server === indexes.config.dnsServiceIP ||
  (indexes.services.get("kube-system/kube-dns")?.service.spec.clusterIPs ?? []).includes(server)

/** Is kube-dns among those that this client asks? */
export const asksClusterDns = (indexes: Indexes, client: Client): boolean =>
  resolvConf(indexes, client).nameservers.some((server) => isClusterDns(indexes, server))

const text = ({ nameservers, searches, ndots }: ResolvConf): string =>
  [
    ...(searches.length > 0 ? [`search ${searches.map((search) => search.slice(0, -1)).join(" ")}`] : []),
    ...nameservers.map((server) => `nameserver ${server}`),
    ...(ndots === DEFAULT_NDOTS ? [] : [`options ndots:${ndots}`]),
    "",
  ].join("\n")

/** The file's text, as `cat /etc/resolv.conf` shows it there. */
export const resolvConfText = (table: RoutingTable, from: Origin): string => {
  const indexes = indexesOf(table)
  return text(resolvConf(indexes, findSender(indexes, from)))
}
