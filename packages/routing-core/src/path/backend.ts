import type { Protocol } from "@pilotage/kube-model"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Backend } from "../trace-types.ts"
import { addressTowards } from "./sender.ts"
import { podSocket } from "./sockets.ts"

/** The pod that holds an endpoint's address, as far as the cluster knows. */
export const podBehind = (indexes: Indexes, endpoint: EndpointFact): PodFacts | undefined => {
  const referenced = endpoint.podKey === undefined ? undefined : indexes.pods.get(endpoint.podKey)
  if (referenced?.hostNetwork) return referenced
  return indexes.podsByIP.get(endpoint.ip)?.[0]
}

/**
 * The client address that an endpoint sees when `node` translates a packet from `source` (rules R27 to R31).
 * Does not say which rule: `translation` does, for the endpoint that was chosen.
 */
export const sourceSeenBy = (
  indexes: Indexes,
  node: NodeFacts,
  source: string,
  masquerade: boolean,
  endpoint: { readonly ip: string },
): string => {
  if (endpoint.ip === node.internalIP) return source
  if (masquerade || endpoint.ip === source) return addressTowards(indexes, node, endpoint.ip)
  return leavesPodNetwork(indexes, source, endpoint.ip) ? node.internalIP : source
}

/** Does the CNI rewrite the source of this packet when it leaves the pod's node? */
export const leavesPodNetwork = (indexes: Indexes, source: string, destination: string): boolean =>
  indexes.config.podMasquerade === "non-pod-destinations" &&
  indexes.clusterCIDR.contains(source) &&
  !indexes.clusterCIDR.contains(destination)

export const backendAt = (
  indexes: Indexes,
  endpoint: EndpointFact,
  protocol: Protocol,
  sourceSeen: string,
): Backend => {
  const pod = podBehind(indexes, endpoint)
  const nodeName = pod?.nodeName ?? endpoint.nodeName ?? indexes.nodesByIP.get(endpoint.ip)?.[0]?.name
  const node = nodeName === undefined ? undefined : indexes.nodes.get(nodeName)
  const refuses = pod !== undefined && podSocket(pod, endpoint.port, protocol, false) !== "open"
  const isGone = !pod && indexes.clusterCIDR.contains(endpoint.ip)
  return {
    ip: endpoint.ip,
    port: endpoint.port,
    ...(pod ? { namespace: pod.namespace, pod: pod.name } : {}),
    ...(nodeName === undefined ? {} : { node: nodeName }),
    sourceSeen,
    ...(isGone || node?.stopped ? { silent: true } : refuses ? { refuses: true } : {}),
  }
}
