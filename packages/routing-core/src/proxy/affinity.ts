import type { NodeFacts } from "../state.ts"
import type { Match } from "./match.ts"
import { isLoopback } from "./node-addresses.ts"

/** Where a node's kube-proxy remembers a client of a Service port, and for how long after each new connection. */
export interface AffinitySlot {
  /** Names the node, the Service port and the client's address as it was before any rewriting. */
  readonly key: string
  readonly timeoutSeconds: number
}

/** corev1 DefaultClientIPServiceAffinitySeconds: three hours. */
const DEFAULT_TIMEOUT_SECONDS = 10_800

/**
 * sessionAffinity ClientIP: the memory is one per node and Service port, whichever of the port's addresses was used,
 * and each new connection starts its time anew. Undefined without affinity.
 */
export const affinitySlot = (node: NodeFacts, source: string, match: Match): AffinitySlot | undefined => {
  if (!match.sticky) return undefined
  const { entry, port } = match
  const { spec } = entry.service
  const client = isLoopback(source) ? node.internalIP : source
  return {
    key: `${node.name}\n${entry.key}:${port.port.name ?? port.port.port}\n${client}`,
    timeoutSeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
  }
}
