import { type IPFamily, ipFamily, parseCIDR, type ServiceSpec } from "@pilotage/kube-model"
import { serviceRef } from "../object-ref.ts"
import { selectEndpoints } from "../proxy/endpoint-selection.ts"
import type { EndpointFact, PortEntry, ServiceEntry } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { ObjectRef } from "../trace-types.ts"
import type { RuleLine } from "./rule-line.ts"

/** One Service port as kube-proxy of one node and family sees it before it writes rules: addresses, policies, endpoints. */
export interface ProxiedPort {
  readonly service: ObjectRef
  /** `namespace/service:port`, without the colon when the port has no name: what comments say. */
  readonly title: string
  /** "" for an unnamed port. */
  readonly portName: string
  readonly port: number
  readonly protocol: "tcp" | "udp" | "sctp"
  readonly clusterIP: string
  readonly externalIPs: readonly string[]
  /** Addresses of the load balancer that kube-proxy answers itself (ipMode VIP). */
  readonly loadBalancerIPs: readonly string[]
  /** Blocks of this family; empty: everybody may use the load balancer. */
  readonly sourceRanges: readonly string[]
  readonly nodePort: number | undefined
  readonly healthCheckNodePort: number | undefined
  readonly internalLocal: boolean
  readonly externalLocal: boolean
  /** Somebody outside may use it: by node port, load balancer or external IP. */
  readonly isExternal: boolean
  /** Undefined without session affinity. */
  readonly affinitySeconds: number | undefined
  /** For policy Cluster; empty also when no traffic of this Service is under that policy. */
  readonly cluster: readonly EndpointFact[]
  /** For policy Local; likewise. */
  readonly local: readonly EndpointFact[]
  /** Those of both, each once. */
  readonly reachable: readonly EndpointFact[]
  readonly hasAny: boolean
  /** Every endpoint that there is, ready or not. */
  readonly known: readonly EndpointFact[]
}

const PROTOCOLS = { TCP: "tcp", UDP: "udp", SCTP: "sctp" } as const

/** A protocol that the API server would refuse has no rules. */
const protocolOf = (text: string): ProxiedPort["protocol"] | undefined =>
  Object.hasOwn(PROTOCOLS, text) ? PROTOCOLS[text as keyof typeof PROTOCOLS] : undefined

const DEFAULT_AFFINITY_SECONDS = 10800

/** Undefined without session affinity; a time that the API server would refuse is the default. */
const affinityOf = ({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): number | undefined => {
  if (sessionAffinity !== "ClientIP") return undefined
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS
  return Number.isInteger(seconds) && seconds > 0 ? seconds : DEFAULT_AFFINITY_SECONDS
}

/** A block of /0 allows everybody, so that nothing is filtered (kubernetes 1.36 pkg/proxy/serviceport.go). */
const sourceRangesOf = (texts: readonly string[], family: IPFamily): readonly string[] => {
  const blocks = texts.flatMap((text) => {
    const parsed = parseCIDR(text.trim())
    return parsed.ok && parsed.value.family === family ? [parsed.value] : []
  })
  return blocks.some((block) => block.prefix === 0) ? [] : blocks.map((block) => `${block.at(0)}/${block.prefix}`)
}

/** `10.244.1.11:8080`, `[fd00::1]:8080`. */
export const endpointText = ({ ip, port }: Pick<EndpointFact, "ip" | "port">): string =>
  ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`

/** kube-proxy keeps endpoints in the order of their texts, so that `10.0.0.10:80` is before `10.0.0.8:80`. */
const inTextOrder = (endpoints: readonly EndpointFact[]): readonly EndpointFact[] =>
  endpoints.toSorted((a, b) => (endpointText(a) < endpointText(b) ? -1 : 1))

const portOf = (
  { service, frontends }: ServiceEntry,
  entry: PortEntry,
  node: NodeFacts,
  family: IPFamily,
): ProxiedPort | undefined => {
  const { spec } = service
  const ref = serviceRef(service)
  const mine = frontends.filter((frontend) => frontend.portIndex === entry.index && frontend.family === family)
  const addresses = (kind: string): readonly string[] => [
    ...new Set(mine.filter((frontend) => frontend.kind === kind).map((frontend) => frontend.ip)),
  ]
  const [clusterIP] = addresses("ClusterIP")
  const protocol = protocolOf(entry.protocol)
  if (clusterIP === undefined || !protocol) return undefined
  const externalIPs = addresses("ExternalIP")
  const loadBalancerIPs = addresses("LoadBalancer")
  const nodePort = entry.port.nodePort || undefined
  const isExternal = nodePort !== undefined || externalIPs.length > 0 || loadBalancerIPs.length > 0
  const internalLocal = spec.internalTrafficPolicy === "Local"
  const externalLocal = spec.externalTrafficPolicy === "Local" && isExternal
  const selection = selectEndpoints(entry, node, family)
  const cluster = internalLocal && !isExternal ? [] : inTextOrder(selection.cluster)
  const local = internalLocal || externalLocal ? inTextOrder(selection.local) : []
  return {
    service: ref,
    title: `${ref.namespace}/${ref.name}${entry.port.name ? `:${entry.port.name}` : ""}`,
    portName: entry.port.name ?? "",
    port: entry.port.port,
    protocol,
    clusterIP,
    externalIPs,
    loadBalancerIPs,
    sourceRanges: sourceRangesOf(spec.loadBalancerSourceRanges ?? [], family),
    nodePort,
    healthCheckNodePort:
      spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local" ? spec.healthCheckNodePort : undefined,
    internalLocal,
    externalLocal,
    isExternal,
    affinitySeconds: affinityOf(spec),
    cluster,
    local,
    reachable: [...new Set([...cluster, ...local])],
    hasAny: selection.hasAny,
    known: entry.endpoints[family],
  }
}

/** What links a line to this port. */
export const portLinks = ({ service, portName, port }: ProxiedPort): Required<Pick<RuleLine, "service" | "port">> => ({
  service,
  port: portName || `${port}`,
})

/** All Service ports that kube-proxy of this node serves in one family, by Service and port. */
export const proxiedPorts = (indexes: Indexes, node: NodeFacts, family: IPFamily): readonly ProxiedPort[] =>
  indexes.services
    .entries()
    .map(([, entry]) => entry)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap((entry) => entry.ports.flatMap((port) => portOf(entry, port, node, family) ?? []))

/** The node's addresses of one family, its primary one first; loopback is not among them. */
export const nodeAddresses = (node: NodeFacts, family: IPFamily): readonly string[] => {
  const podAddresses = [node.podCIDR, node.secondPodCIDR ?? ""].flatMap((text) => {
    const block = parseCIDR(text)
    return block.ok ? [block.value.at(1)] : []
  })
  const all = [node.internalIP, node.secondIP ?? "", ...podAddresses, ...(node.otherIPs ?? [])]
  return [...new Set(all.filter((ip) => ipFamily(ip) === family && !isLoopback(ip)))]
}

const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

/** The address of the Node object in this family; undefined when it has none. */
export const primaryAddress = (node: NodeFacts, family: IPFamily): string | undefined =>
  [node.internalIP, node.secondIP ?? ""].find((ip) => ipFamily(ip) === family)

/**
 * Where node ports answer: at every address, or at these. `primary` stands for the Node object's own address; blocks of
 * the other family do not count, and without any of this family every address answers (kubernetes 1.36
 * pkg/proxy/util/nodeport_addresses.go).
 */
export const nodePortAddresses = (
  settings: readonly string[],
  node: NodeFacts,
  family: IPFamily,
): "all" | readonly string[] => {
  const primary = primaryAddress(node, family)
  const blocks = settings.flatMap((text) => {
    const parsed = parseCIDR(text === "primary" ? `${primary}/${family === "IPv4" ? 32 : 128}` : text.trim())
    return parsed.ok && parsed.value.family === family ? [parsed.value] : []
  })
  if (blocks.length === 0 || blocks.some((block) => block.prefix === 0)) return "all"
  return nodeAddresses(node, family).filter((ip) => blocks.some((block) => block.contains(ip)))
}
