import type { Landing } from "../proxy/landing-note.ts"
import { isLoopback, nodeIP } from "../proxy/node-addresses.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Backend } from "../trace-types.ts"
import { isRewrittenOutside, leavingAddress } from "./landing.ts"
import { familyOf, sendingAddress } from "./sender.ts"

/** iptables knows every endpoint that may come back to itself, nftables and ipvs those on the node. */
const seesHairpin = ({ config }: Indexes, node: NodeFacts, endpoint: EndpointFact): boolean =>
  config.proxyMode === "iptables" || endpoint.nodeName === node.name

/** Who sends the packet that a node translates. */
export interface Source {
  readonly ip: string
  /** Does the CNI rewrite it where the packet leaves the pod network? */
  readonly isRewritten: boolean
}

export const sourceOfPacket = (indexes: Indexes, ip: string): Source => ({
  ip,
  isRewritten: isRewrittenOutside(indexes, ip),
})

/**
 * The client address that an endpoint sees when `node` translates a packet from `source` (rules R27 to R31).
 * Does not say which rule: `translation` does, for the endpoint that was chosen.
 */
export const sourceSeenBy = (
  indexes: Indexes,
  node: NodeFacts,
  source: Source,
  masquerade: boolean,
  endpoint: EndpointFact,
  { pod, inPodNetwork }: Landing,
): string => {
  const { ip } = endpoint
  if (ip === nodeIP(node, familyOf(ip))) return isLoopback(source.ip) ? ip : source.ip
  if (masquerade || (ip === source.ip && seesHairpin(indexes, node, endpoint))) return sendingAddress(node, ip, pod)
  const leaves = source.isRewritten && !inPodNetwork
  return leaves ? leavingAddress(node, ip) : source.ip
}

/** The endpoint as a place where the request may end. `isDropped`: NetworkPolicies keep the client out. */
export const backendAt = (
  { ip, port }: EndpointFact,
  sourceSeen: string,
  landing: Landing,
  isDropped: boolean = false,
): Backend => {
  const { namespace, name, nodeName, trouble } = landing
  // Filled field by field: there may be thousands of them, and each copy of an object would be felt.
  const backend: { -readonly [Field in keyof Backend]: Backend[Field] } = { ip, port, sourceSeen }
  if (namespace !== undefined) backend.namespace = namespace
  if (name !== undefined) backend.pod = name
  if (nodeName !== undefined) backend.node = nodeName
  if (trouble) backend[trouble] = true
  if (isDropped) backend.silent = true
  return backend
}
