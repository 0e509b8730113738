import { isWithinSlips } from "./slips.ts"

/** Names in which the one that looks most like another is found without comparing them all. */
export interface NameIndex {
  /**
   * The name that differs from `wanted` by the fewest slips of the keyboard, one in a short name and two in a long one;
   * else the one with the most pairs of letters in common, if those are more than half. Never `wanted` itself.
   */
  readonly nearest: (wanted: string) => string | undefined
}

interface SameLength {
  readonly names: string[]
  /** For each name the set of its letters, one bit a letter. */
  readonly letters: number[]
}

/** Letters and digits that fall together only make the sieve a little coarser. */
const lettersOf = (name: string): number => {
  let set = 0
  for (let at = 0; at < name.length; at += 1) set |= 1 << (name.charCodeAt(at) & 31)
  return set
}

const bitsIn = (set: number): number => {
  const pairs = set - ((set >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** A shorter name is another name with every slip. */
export const SHORTEST = 3
/** No object has a longer name. */
export const LONGEST = 253
const LONG = 6

const byLengthOf = (names: readonly string[]): ReadonlyMap<number, SameLength> => {
  const found = new Map<number, SameLength>()
  for (const name of names) {
    const same = found.get(name.length) ?? { names: [], letters: [] }
    if (same.names.length === 0) found.set(name.length, same)
    same.names.push(name)
    same.letters.push(lettersOf(name))
  }
  return found
}

/** The first name that is `slips` away and not nearer. */
const within = (lengths: ReadonlyMap<number, SameLength>, wanted: string, slips: number): string | undefined => {
  const letters = lettersOf(wanted)
  for (let step = 0; step <= 2 * slips; step += 1) {
    // The same length first, then one more, one less, two more, two less.
    const length = wanted.length + (step % 2 === 1 ? (step + 1) / 2 : -step / 2)
    const same = lengths.get(length)
    for (let at = 0; at < (same?.names.length ?? 0); at += 1) {
      // Each slip takes at most one letter out of the set and brings one in.
      if (bitsIn((same?.letters[at] ?? 0) ^ letters) > 2 * slips) continue
      const name = same?.names[at] ?? ""
      if (name !== wanted && isWithinSlips(wanted, name, slips)) return name
    }
  }
  return undefined
}

/** 0 to 35 for a digit or a letter of either case, undefined for the rest, which pairs of letters pass over. */
const digitOf = (code: number): number | undefined => {
  if (code >= 97 && code <= 122) return code - 87
  if (code >= 48 && code <= 57) return code - 48
  return code >= 65 && code <= 90 ? code - 55 : undefined
}

const PAIRS = 36 * 36

/** A number for each pair of letters, another one where it comes again: sharing it twice counts twice. */
const pairCodes = (name: string): readonly number[] => {
  const codes: number[] = []
  let before: number | undefined
  for (let at = 0; at < name.length; at += 1) {
    const digit = digitOf(name.charCodeAt(at))
    if (digit === undefined) continue
    if (before !== undefined) {
      let code = before * 36 + digit
      while (codes.includes(code)) code += PAIRS
      codes.push(code)
    }
    before = digit
  }
  return codes
}

interface Pairs {
  /** By the pair's number, places in the list of names. */
  readonly holders: readonly (readonly number[] | undefined)[]
  readonly counts: readonly number[]
}

const pairsIn = (names: readonly string[]): Pairs => {
  const holders: (number[] | undefined)[] = new Array(2 * PAIRS).fill(undefined)
  const counts = names.map((name, at) => {
    const codes = pairCodes(name)
    for (const code of codes) {
      const list = holders[code]
      if (list) list.push(at)
      else holders[code] = [at]
    }
    return codes.length
  })
  return { holders, counts }
}

const sharing = (names: readonly string[], { holders, counts }: Pairs, wanted: string): string | undefined => {
  const own = pairCodes(wanted)
  const shared = new Uint16Array(names.length)
  for (const code of own) for (const at of holders[code] ?? []) shared[at] = (shared[at] ?? 0) + 1
  let best: string | undefined
  let score = 0.5
  for (let at = 0; at < shared.length; at += 1) {
    const both = shared[at] ?? 0
    if (both === 0) continue
    const alike = (2 * both) / (own.length + (counts[at] ?? 0))
    if (alike <= score || names[at] === wanted) continue
    score = alike
    best = names[at]
  }
  return best
}

/** Each part is put together when it is asked for the first time. */
export const nameIndex = (all: readonly string[]): NameIndex => {
  const names = all.filter((name) => name.length <= LONGEST)
  let lengths: ReadonlyMap<number, SameLength> | undefined
  let pairs: Pairs | undefined
  return {
    nearest: (text) => {
      if (text.length > LONGEST) return undefined
      const wanted = text.toLowerCase()
      lengths ??= byLengthOf(names)
      const slipped =
        (wanted.length >= SHORTEST ? within(lengths, wanted, 1) : undefined) ??
        (wanted.length >= LONG ? within(lengths, wanted, 2) : undefined)
      if (slipped !== undefined) return slipped
      pairs ??= pairsIn(names)
      return sharing(names, pairs, wanted)
    },
  }
}
