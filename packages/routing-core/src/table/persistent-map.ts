import { entriesOf, find, type Trie, withEntry, withoutEntry } from "./hash-trie.ts"

/**
 * An immutable map from strings: `set` and `delete` give a new map in O(log32 n) and share the rest, so a table of an
 * hour ago still answers. Order depends on the keys alone, never on the history.
 */
export interface PersistentMap<V> {
  readonly size: number
  readonly get: (key: string) => V | undefined
  readonly set: (key: string, value: V) => PersistentMap<V>
  readonly delete: (key: string) => PersistentMap<V>
  /** In no order that means anything. O(n). */
  readonly values: () => readonly V[]
  /** In ascending order of keys. O(n log n). */
  readonly entries: () => readonly (readonly [string, V])[]
}

/** Stands for a key of the base that was deleted. */
const GONE: unique symbol = Symbol("gone")

/**
 * What was there at first in a Map of the language, which is the fastest to ask and never written again; what changed
 * since then in a trie above it. All maps that come from one another share the Map.
 */
class LayeredMap<V> implements PersistentMap<V> {
  readonly size: number
  readonly #base: ReadonlyMap<string, V>
  readonly #changes: Trie<V | typeof GONE> | undefined

  constructor(base: ReadonlyMap<string, V>, changes: Trie<V | typeof GONE> | undefined, size: number) {
    this.size = size
    this.#base = base
    this.#changes = changes
  }

  get(key: string): V | undefined {
    if (this.#changes === undefined) return this.#base.get(key)
    const changed = find(this.#changes, key)
    if (changed === undefined) return this.#base.get(key)
    return changed === GONE ? undefined : changed
  }

  set(key: string, value: V): PersistentMap<V> {
    const size = this.get(key) === undefined ? this.size + 1 : this.size
    return new LayeredMap(this.#base, withEntry(this.#changes, key, value), size)
  }

  delete(key: string): PersistentMap<V> {
    if (this.get(key) === undefined) return this
    const changes = this.#base.has(key) ? withEntry(this.#changes, key, GONE) : withoutEntry(this.#changes, key)
    return new LayeredMap(this.#base, changes, this.size - 1)
  }

  values(): readonly V[] {
    return [...this.#all().values()]
  }

  entries(): readonly (readonly [string, V])[] {
    return [...this.#all()].sort((a, b) => (a[0] < b[0] ? -1 : 1))
  }

  #all(): ReadonlyMap<string, V> {
    if (this.#changes === undefined) return this.#base
    const all = new Map(this.#base)
    for (const [key, value] of entriesOf(this.#changes)) {
      if (value === GONE) all.delete(key)
      else all.set(key, value)
    }
    return all
  }
}

export const emptyMap = <V>(): PersistentMap<V> => new LayeredMap<V>(new Map(), undefined, 0)

/** A map of many entries at once, in O(n). Of the same key twice the later one counts. */
export const fromEntries = <V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> => {
  const base = new Map(entries)
  return new LayeredMap(base, undefined, base.size)
}

/** Changes the list under `key`; an empty list is no entry. */
export const updateList = <V>(
  map: PersistentMap<readonly V[]>,
  key: string,
  change: (list: readonly V[]) => readonly V[],
): PersistentMap<readonly V[]> => {
  const list = change(map.get(key) ?? [])
  return list.length ? map.set(key, list) : map.delete(key)
}
