import { canonicalIP, type IPFamily, ipFamily, type Protocol } from "@pilotage/kube-model"
import type { NodeFacts } from "../state.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import { clientAt } from "./client.ts"
import { endpointText } from "./endpoint-text.ts"
import { findAddress, findNodePort, proxyDecision } from "./kube-proxy.ts"
import type { Match } from "./match.ts"
import { addressesOf, answersNodePorts, isNodeAddress, isNodePortAddress } from "./node-addresses.ts"

export interface NodePacket {
  readonly source: string
  readonly destination: string
  readonly port: number
  readonly protocol: Protocol
}

/** What kube-proxy of one node does to the first packet of a connection. `none`: it is not kube-proxy's business. */
export interface NodeVerdict {
  readonly kind: "translate" | "reject" | "drop" | "none"
  /** Where the connection may go: `10.244.1.5:8080`, `[fd00::5]:8080`. */
  readonly endpoints: readonly string[]
  /** Is the source rewritten? A connection that lands on its own sender always is, whatever this says. */
  readonly masquerade: boolean
}

const plain = (kind: "reject" | "drop" | "none"): NodeVerdict => ({ kind, endpoints: [], masquerade: false })

/** What a destination is for kube-proxy on a node: the Service port that the packet is for, or a verdict without one. */
export type ProxyMatch =
  | { readonly kind: "service"; readonly match: Match }
  /** iptables: a node port where --nodeport-addresses has none; only its refusal for want of endpoints works there, for every client. */
  | { readonly kind: "refusal"; readonly match: Match }
  /** An address of a Service, or of the range of Services, that nothing answers for. */
  | { readonly kind: "reject" }
  | { readonly kind: "drop" }
  | { readonly kind: "none" }

const NONE: ProxyMatch = { kind: "none" }

/** ipvs: every node holds the addresses of all Services on an interface of its own, kube-ipvs0. */
export const isVirtualServer = ({ config, addresses }: Indexes, ip: string): boolean =>
  config.proxyMode === "ipvs" && (addresses.get(ip)?.some(({ frontend }) => frontend.kind !== "Proxy") ?? false)

/**
 * ipvs lets such ports be, for all protocols, where the Service has the family; on a node without an address for node
 * ports only for a Service port that has none.
 */
const isHealthCheck = (indexes: Indexes, node: NodeFacts, ip: string, port: number | undefined): boolean => {
  const keys = indexes.healthCheckPorts.get(String(port))
  if (!keys) return false
  const { config, services } = indexes
  const family: IPFamily = ip.includes(":") ? "IPv6" : "IPv4"
  const hasAddress = addressesOf(node).some((own) => ipFamily(own) === family && isNodePortAddress(config, node, own))
  return keys.some((key) => {
    const entry = services.get(key)
    const ofFamily = entry?.frontends.some((each) => each.family === family) ?? false
    return ofFamily && entry?.ports.some((each) => hasAddress || !each.port.nodePort)
  })
}

/** A cluster IP, or another Service address, with a port that no rule matches; an address of the range that nobody has. */
const unmatched = (indexes: Indexes, node: NodeFacts, ip: string, port: number | undefined): ProxyMatch => {
  const { proxyMode } = indexes.config
  if (proxyMode === "iptables") return NONE
  if (proxyMode === "ipvs") {
    if (!isVirtualServer(indexes, ip)) return NONE
    return isHealthCheck(indexes, node, ip, port) ? NONE : { kind: "reject" }
  }
  if (indexes.addresses.get(ip)?.some(({ frontend }) => frontend.kind === "ClusterIP")) return { kind: "reject" }
  return indexes.serviceCIDR.contains(ip) ? { kind: "drop" } : NONE
}

/** What kube-proxy on `node` takes a packet for; `ip` is canonical. */
export const proxyMatch = (
  indexes: Indexes,
  node: NodeFacts,
  ip: string,
  port: number | undefined,
  protocol: Protocol,
): ProxyMatch => {
  const address = findAddress(indexes, ip, port, protocol)
  if (address) return { kind: "service", match: address }
  if (!isNodeAddress(indexes, node, ip)) return unmatched(indexes, node, ip, port)
  const family: IPFamily = ip.includes(":") ? "IPv6" : "IPv4"
  const nodePort = findNodePort(indexes, port, protocol, family)
  if (!nodePort) return NONE
  if (answersNodePorts(indexes.config, node, ip)) return { kind: "service", match: nodePort }
  return indexes.config.proxyMode === "iptables" ? { kind: "refusal", match: nodePort } : NONE
}

/** Asks kube-proxy of `nodeName` about one packet that comes in there, or that the node itself sends. */
export const nodeVerdict = (table: RoutingTable, nodeName: string, packet: NodePacket): NodeVerdict => {
  const indexes = indexesOf(table)
  const node = indexes.nodes.get(nodeName)
  const destination = canonicalIP(packet.destination)
  const source = canonicalIP(packet.source)
  if (!node || destination === undefined || source === undefined) return plain("none")
  const found = proxyMatch(indexes, node, destination, packet.port, packet.protocol)
  if (found.kind === "none") return plain("none")
  if (found.kind === "reject" || found.kind === "drop") return plain(found.kind)
  const client = found.kind === "refusal" ? "external" : clientAt(indexes, node, source)
  const arrival = { node, client, source, destination }
  const decision = proxyDecision(indexes, arrival, found.match)
  if (found.kind === "refusal" && decision.kind !== "reject" && decision.kind !== "drop") return plain("none")
  if (decision.kind === "pass") return plain("none")
  if (decision.kind !== "translate") return plain(decision.kind)
  return {
    kind: "translate",
    endpoints: decision.endpoints.map((endpoint) => endpointText(endpoint.ip, endpoint.port)),
    masquerade: decision.masquerade,
  }
}
