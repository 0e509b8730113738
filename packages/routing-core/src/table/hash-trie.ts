/** A persistent hash trie, 32 ways to a branch. `undefined` is the empty one. */
export type Trie<V> = Chain<V> | Branch<V>

/** An entry and those that share its slot. The hash is kept: it tells most other keys apart without looking at them. */
interface Chain<V> {
  readonly children: undefined
  readonly hash: number
  readonly key: string
  readonly value: V
  readonly next: Chain<V> | undefined
}
interface Branch<V> {
  readonly children: readonly (Trie<V> | undefined)[]
}

const WIDTH = 32
const BITS = 5
const CHAIN_LIMIT = 6
/** Beyond it no bits of the hash are left. */
const MAX_DEPTH = 6

/** FNV-1a, then the last steps of MurmurHash3, which let every character reach every bit. Signed 32 bits. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

const slotOf = (hash: number, depth: number): number => (hash >>> (depth * BITS)) & (WIDTH - 1)

export const find = <V>(root: Trie<V> | undefined, key: string): V | undefined => {
  if (!root) return undefined
  const hash = hashOf(key)
  let trie: Trie<V> | undefined = root
  for (let depth = 0; trie?.children; depth += 1) trie = trie.children[slotOf(hash, depth)]
  for (let chain = trie; chain; chain = chain.next) if (chain.hash === hash && chain.key === key) return chain.value
  return undefined
}

/** The chain without `key`; itself when it has no such key. */
const unlink = <V>(chain: Chain<V> | undefined, hash: number, key: string): Chain<V> | undefined => {
  if (!chain) return undefined
  if (chain.hash === hash && chain.key === key) return chain.next
  const next = unlink(chain.next, hash, key)
  return next === chain.next ? chain : { ...chain, next }
}

const isTooLong = (chain: Chain<unknown>): boolean => {
  let length = 0
  for (let each: Chain<unknown> | undefined = chain; each; each = each.next) length += 1
  return length > CHAIN_LIMIT
}

/** A chain that has grown too long becomes a branch. */
const split = <V>(chain: Chain<V>, depth: number): Trie<V> => {
  if (depth >= MAX_DEPTH || !isTooLong(chain)) return chain
  const children = new Array<Chain<V> | undefined>(WIDTH).fill(undefined)
  for (let each: Chain<V> | undefined = chain; each; each = each.next) {
    const slot = slotOf(each.hash, depth)
    children[slot] = { ...each, next: children[slot] }
  }
  return { children: children.map((child) => child && split(child, depth + 1)) }
}

const put = <V>(trie: Trie<V> | undefined, hash: number, key: string, value: V, depth: number): Trie<V> => {
  if (!trie?.children) return split({ children: undefined, hash, key, value, next: unlink(trie, hash, key) }, depth)
  const slot = slotOf(hash, depth)
  const children = trie.children.slice()
  children[slot] = put(children[slot], hash, key, value, depth + 1)
  return { children }
}

const take = <V>(trie: Trie<V> | undefined, hash: number, key: string, depth: number): Trie<V> | undefined => {
  if (!trie?.children) return unlink(trie, hash, key)
  const slot = slotOf(hash, depth)
  const child = take(trie.children[slot], hash, key, depth + 1)
  if (child === trie.children[slot]) return trie
  const children = trie.children.slice()
  children[slot] = child
  return children.some((each) => each) ? { children } : undefined
}

export const withEntry = <V>(trie: Trie<V> | undefined, key: string, value: V): Trie<V> =>
  put(trie, hashOf(key), key, value, 0)

/** The trie itself when it has no such key. */
export const withoutEntry = <V>(trie: Trie<V> | undefined, key: string): Trie<V> | undefined =>
  take(trie, hashOf(key), key, 0)

/** In no order that anybody should rely on. */
export const entriesOf = <V>(root: Trie<V> | undefined): readonly (readonly [string, V])[] => {
  const found: (readonly [string, V])[] = []
  const open: (Trie<V> | undefined)[] = [root]
  while (open.length) {
    const trie = open.pop()
    if (trie?.children) for (const child of trie.children) open.push(child)
    else for (let chain = trie; chain; chain = chain.next) found.push([chain.key, chain.value])
  }
  return found
}
