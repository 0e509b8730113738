import { nodeIP } from "../proxy/node-addresses.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts, OutsideMachine, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { familyOf } from "./sender.ts"

/** Who holds the address of an endpoint, as far as the cluster knows. */
export interface Landing {
  readonly pod: PodFacts | undefined
  /** The node that the pod, or the endpoint, is on. */
  readonly node: NodeFacts | undefined
  /** The node whose own address it is. */
  readonly host: NodeFacts | undefined
  readonly machine: OutsideMachine | undefined
}

/** `sends back`: the pod that an endpoint names, or the one that holds its address. */
export const landingOf = (indexes: Indexes, endpoint: EndpointFact): Landing => {
  const { ip, podKey, nodeName } = endpoint
  const holder = indexes.podsByIP.get(ip)?.[0]
  const referenced = holder || podKey === undefined ? undefined : indexes.pods.get(podKey)
  const pod = holder ?? (referenced?.hostNetwork ? referenced : undefined)
  const host = holder ? undefined : indexes.nodesByIP.get(ip)?.[0]
  const where = pod?.nodeName ?? nodeName
  return {
    pod,
    host,
    node: (where === undefined ? undefined : indexes.nodes.get(where)) ?? host,
    machine: holder || host ? undefined : indexes.machines.get(ip),
  }
}

/** Does the CNI rewrite the source of this packet when it leaves the pod's node? */
export const leavesPodNetwork = (indexes: Indexes, source: string, destination: string): boolean =>
  indexes.config.podMasquerade === "non-pod-destinations" &&
  indexes.clusterCIDR.contains(source) &&
  !indexes.clusterCIDR.contains(destination)

/** The node's address for what leaves it. */
export const leavingAddress = (node: NodeFacts, destination: string): string =>
  nodeIP(node, familyOf(destination)) ?? node.internalIP
