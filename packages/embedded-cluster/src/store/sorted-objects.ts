import type { KubeObject } from "@pilotage/kube-model"

/** Objects of one resource in one namespace (or on one node), by name; `list` is in name order and never changes once handed out. */
export interface SortedObjects {
  readonly get: (key: string) => KubeObject | undefined
  readonly set: (key: string, object: KubeObject) => void
  readonly remove: (key: string) => void
  readonly list: () => readonly KubeObject[]
  readonly size: () => number
  /** An independent copy; objects and the handed-out list are shared. */
  readonly fork: () => SortedObjects
}

/** Where `key` stands, or would be inserted, in the sorted `keys`. Keys are compared by code unit, as Go compares strings of names. */
const position = (keys: readonly string[], key: string): number => {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? "") < key) low = middle + 1
    else high = middle
  }
  return low
}

export const createSortedObjects = (from?: {
  readonly byKey: ReadonlyMap<string, KubeObject>
  readonly keys: readonly string[]
}): SortedObjects => {
  const byKey = new Map(from?.byKey)
  const keys = [...(from?.keys ?? [])]
  let listed: readonly KubeObject[] | undefined
  return {
    get: (key) => byKey.get(key),
    set(key, object) {
      if (!byKey.has(key)) keys.splice(position(keys, key), 0, key)
      byKey.set(key, object)
      listed = undefined
    },
    remove(key) {
      if (!byKey.delete(key)) return
      keys.splice(position(keys, key), 1)
      listed = undefined
    },
    list() {
      listed ??= keys.flatMap((key) => byKey.get(key) ?? [])
      return listed
    },
    size: () => keys.length,
    fork: () => createSortedObjects({ byKey, keys }),
  }
}
