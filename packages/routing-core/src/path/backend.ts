import type { Protocol } from "@pilotage/kube-model"
import type { Landing } from "../proxy/landing-note.ts"
import { isLoopback, nodeIP } from "../proxy/node-addresses.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Backend } from "../trace-types.ts"
import { leavesPodNetwork, leavingAddress } from "./landing.ts"
import { familyOf, sendingAddress } from "./sender.ts"
import { isOpen, machineSocket, podSocket } from "./sockets.ts"

/** iptables knows every endpoint that may come back to itself, nftables and ipvs those on the node. */
const seesHairpin = ({ config }: Indexes, node: NodeFacts, endpoint: EndpointFact): boolean =>
  config.proxyMode === "iptables" || endpoint.nodeName === node.name

/**
 * The client address that an endpoint sees when `node` translates a packet from `source` (rules R27 to R31).
 * Does not say which rule: `translation` does, for the endpoint that was chosen.
 */
export const sourceSeenBy = (
  indexes: Indexes,
  node: NodeFacts,
  source: string,
  masquerade: boolean,
  endpoint: EndpointFact,
  { pod }: Landing,
): string => {
  const { ip } = endpoint
  if (ip === nodeIP(node, familyOf(ip))) return isLoopback(source) ? ip : source
  if (masquerade || (ip === source && seesHairpin(indexes, node, endpoint))) return sendingAddress(node, ip, pod)
  return leavesPodNetwork(indexes, source, ip) ? leavingAddress(node, ip) : source
}

/** The endpoint as a place where the request may end. */
export const backendAt = (
  indexes: Indexes,
  endpoint: EndpointFact,
  protocol: Protocol,
  sourceSeen: string,
  landing: Landing,
): Backend => {
  const { pod, node, host, machine } = landing
  const { ip, port } = endpoint
  const nodeName = node?.name ?? pod?.nodeName ?? endpoint.nodeName
  // Filled field by field: there may be thousands of them, and each copy of an object would be felt.
  const backend: { -readonly [Field in keyof Backend]: Backend[Field] } = { ip, port, sourceSeen }
  if (pod) {
    backend.namespace = pod.namespace
    backend.pod = pod.name
  }
  if (nodeName !== undefined) backend.node = nodeName
  const isGone = !pod && !host && indexes.clusterCIDR.contains(ip)
  if (isGone || node?.stopped) backend.silent = true
  else if (
    pod ? !isOpen(podSocket(pod, port, protocol, false)) : machine && !isOpen(machineSocket(machine, port, protocol))
  )
    backend.refuses = true
  return backend
}
