export interface Remembered {
  /** `ip:port` of the endpoint. */
  readonly endpoint: string
  readonly until: number
}

/** What each node's kube-proxy remembers of clients. Keys name node, Service port and client address. */
export type AffinityMemory = Map<string, Remembered>

/** Of a Trace: where the node keeps its memory of the client, and for how long after each connection. */
export interface AffinitySlot {
  readonly key: string
  readonly timeoutSeconds: number
}

export const recall = (memory: AffinityMemory, slot: AffinitySlot, now: number): string | undefined => {
  const remembered = memory.get(slot.key)
  if (!remembered) return undefined
  if (remembered.until > now) return remembered.endpoint
  memory.delete(slot.key)
  return undefined
}

/** Every connection renews the time. */
export const remember = (memory: AffinityMemory, slot: AffinitySlot, endpoint: string, now: number): void => {
  memory.set(slot.key, { endpoint, until: now + slot.timeoutSeconds * 1000 })
}
