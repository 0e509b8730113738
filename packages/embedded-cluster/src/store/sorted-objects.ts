import type { KubeObject } from "@pilotage/kube-model"

/** Objects of one resource in one namespace (or on one node), by name; `list` is in name order and never changes once handed out. */
export interface SortedObjects {
  readonly get: (key: string) => KubeObject | undefined
  readonly set: (key: string, object: KubeObject) => void
  readonly remove: (key: string) => void
  readonly list: () => readonly KubeObject[]
  readonly size: () => number
  /** An independent copy; objects are shared. */
  readonly fork: () => SortedObjects
}

/** Both sorted, without what `isThere` denies; what is in both comes once. Keys are compared by code unit, as Go compares strings of names. */
const merged = (left: readonly string[], right: readonly string[], isThere: (key: string) => boolean): string[] => {
  const keys: string[] = []
  let [at, last] = [0, undefined as string | undefined]
  const add = (key: string): void => {
    if (key === last || !isThere(key)) return
    last = key
    keys.push(key)
  }
  for (const key of left) {
    for (let other = right[at]; other !== undefined && other < key; other = right[at]) {
      add(other)
      at += 1
    }
    add(key)
  }
  for (; at < right.length; at += 1) add(right[at] ?? "")
  return keys
}

/** Sorts only when it is asked for a list: ten thousand objects come one by one without one. */
export const createSortedObjects = (from?: {
  readonly byKey: ReadonlyMap<string, KubeObject>
  readonly keys: readonly string[]
}): SortedObjects => {
  const byKey = new Map(from?.byKey)
  let keys = from?.keys ?? []
  let added: string[] = []
  let removed = false
  let listed: readonly KubeObject[] | undefined
  const sortedKeys = (): readonly string[] => {
    if (added.length > 0 || removed) keys = merged(keys, added.sort(), (key) => byKey.has(key))
    added = []
    removed = false
    return keys
  }
  return {
    get: (key) => byKey.get(key),
    set(key, object) {
      if (!byKey.has(key)) added.push(key)
      byKey.set(key, object)
      listed = undefined
    },
    remove(key) {
      if (!byKey.delete(key)) return
      removed = true
      listed = undefined
    },
    list() {
      listed ??= sortedKeys().flatMap((key) => byKey.get(key) ?? [])
      return listed
    },
    size: () => byKey.size,
    fork: () => createSortedObjects({ byKey, keys: sortedKeys() }),
  }
}
