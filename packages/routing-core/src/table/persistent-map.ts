/**
 * An immutable map from strings: `set` and `delete` give a new map in O(log32 n) and share the rest, so a table of an
 * hour ago still answers. A hash trie; iteration order depends on the keys alone, never on the history.
 */
export interface PersistentMap<V> {
  readonly size: number
  readonly get: (key: string) => V | undefined
  readonly set: (key: string, value: V) => PersistentMap<V>
  readonly delete: (key: string) => PersistentMap<V>
  /** In ascending order of keys. O(n log n). */
  readonly entries: () => readonly (readonly [string, V])[]
}

interface Leaf<V> {
  readonly entries: readonly (readonly [string, V])[]
}
interface Branch<V> {
  readonly children: readonly (Trie<V> | undefined)[]
}
type Trie<V> = Leaf<V> | Branch<V>

const WIDTH = 32
const LEAF_LIMIT = 8
const MAX_DEPTH = 6

/** FNV-1a, 32 bits. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

const slotOf = (hash: number, depth: number): number => (hash >>> (depth * 5)) & (WIDTH - 1)

const split = <V>(entries: Leaf<V>["entries"], depth: number): Trie<V> => {
  if (entries.length <= LEAF_LIMIT || depth >= MAX_DEPTH) return { entries }
  const buckets: (readonly [string, V])[][] = Array.from({ length: WIDTH }, () => [])
  for (const entry of entries) buckets[slotOf(hashOf(entry[0]), depth)]?.push(entry)
  return { children: buckets.map((bucket) => (bucket.length ? split(bucket, depth + 1) : undefined)) }
}

const find = <V>(root: Trie<V> | undefined, key: string): V | undefined => {
  const hash = hashOf(key)
  let trie = root
  for (let depth = 0; trie && "children" in trie; depth += 1) trie = trie.children[slotOf(hash, depth)]
  return trie?.entries.find((entry) => entry[0] === key)?.[1]
}

/** `value` undefined removes. A branch that empties stays as an empty leaf. */
const write = <V>(
  trie: Trie<V> | undefined,
  hash: number,
  key: string,
  value: V | undefined,
  depth: number,
): Trie<V> => {
  if (!trie || "entries" in trie) {
    const others = trie?.entries.filter((entry) => entry[0] !== key) ?? []
    return value === undefined ? { entries: others } : split([...others, [key, value]], depth)
  }
  const slot = slotOf(hash, depth)
  const children = trie.children.slice()
  children[slot] = write(children[slot], hash, key, value, depth + 1)
  return { children }
}

const collect = <V>(root: Trie<V> | undefined): (readonly [string, V])[] => {
  const found: (readonly [string, V])[] = []
  const open: (Trie<V> | undefined)[] = [root]
  while (open.length) {
    const trie = open.pop()
    if (!trie) continue
    if ("children" in trie) open.push(...trie.children)
    else found.push(...trie.entries)
  }
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

const wrap = <V>(trie: Trie<V> | undefined, size: number): PersistentMap<V> => ({
  size,
  get: (key) => find(trie, key),
  set: (key, value) => wrap(write(trie, hashOf(key), key, value, 0), find(trie, key) === undefined ? size + 1 : size),
  delete: (key) =>
    find(trie, key) === undefined ? wrap(trie, size) : wrap(write(trie, hashOf(key), key, undefined, 0), size - 1),
  entries: () => collect(trie),
})

export const emptyMap = <V>(): PersistentMap<V> => wrap<V>(undefined, 0)

/** A map of all entries at once, in O(n); of two with the same key the last one counts. */
export const fromEntries = <V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> => {
  const unique = new Map(entries)
  return wrap(split([...unique], 0), unique.size)
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
