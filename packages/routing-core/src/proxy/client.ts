import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { isNodeAddress } from "./node-addresses.ts"

/**
 * Whose packet it is for kube-proxy on the node that handles it: a pod's (by address, where a local detector tells),
 * the node's own, or anybody else's. In this order: an address of the node inside the pod network counts as a pod's.
 */
export type Client = "pod" | "node" | "external"

export const clientAt = (indexes: Indexes, node: NodeFacts, source: string): Client => {
  if (indexes.config.localDetector === "ClusterCIDR" && indexes.clusterCIDR.contains(source)) return "pod"
  return isNodeAddress(indexes, node, source) ? "node" : "external"
}
