import { sha256 } from "../sha256.ts"

const precedes = (left: Uint32Array, right: Uint32Array): boolean => {
  for (const [index, word] of left.entries()) {
    const other = right[index] ?? 0
    if (word !== other) return word < other
  }
  return false
}

/**
 * Of these nodes, the one that announces a load balancer address in layer 2: the first in the order of the SHA-256 of
 * `NODE#ADDRESS` (MetalLB 0.15 speaker/layer2_controller.go ShouldAnnounce). Undefined when there is none.
 */
export const announcingNode = (nodes: readonly string[], ip: string): string | undefined => {
  let first: string | undefined
  let least: Uint32Array | undefined
  for (const node of nodes) {
    const hash = sha256(`${node}#${ip}`)
    if (least && !precedes(hash, least)) continue
    least = hash
    first = node
  }
  return first
}
