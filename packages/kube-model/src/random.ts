/**
 * A seeded generator (sfc32). Chance is an argument: whoever draws is given one of these.
 * `state` is four 32-bit words; a generator made from a state goes on exactly where that one stood.
 */
export type RandomState = readonly [number, number, number, number]

export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  readonly next: () => number
  /** Uniform integer in [0, bound). */
  readonly below: (bound: number) => number
  readonly pick: <T>(items: readonly [T, ...T[]]) => T
  readonly state: () => RandomState
}

export const createRandom = (seed: number | RandomState): Random => {
  let [a, b, c, d] = typeof seed === "number" ? [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed >>> 0] : seed
  const word = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  if (typeof seed === "number") for (let round = 0; round < 15; round += 1) word()
  const below = (bound: number): number => Math.floor((word() / 4294967296) * bound)
  return {
    next: () => word() / 4294967296,
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    state: () => [a, b, c, d],
  }
}

/** The alphabet of generated names: no vowels, no look-alikes (apimachinery `util/rand`). */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789"

export const randomSuffix = (random: Random, length = 5): string => {
  let suffix = ""
  for (let index = 0; index < length; index += 1) suffix += ALPHABET[random.below(ALPHABET.length)]
  return suffix
}

/** Code units of `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`, of which the letters are drawn. */
const UID_FORM = Array.from("xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx", (char) => char.charCodeAt(0))
const [DRAWN, VARIANT] = [120, 121]
const HEX = Array.from("0123456789abcdef", (char) => char.charCodeAt(0))

/** A version 4 UUID drawn from `random`. Made in one go: a text put together with + would be kept as a tree of its parts. */
export const randomUid = (random: Random): string =>
  String.fromCharCode(
    ...UID_FORM.map((unit) =>
      unit === DRAWN ? (HEX[random.below(16)] ?? 0) : unit === VARIANT ? (HEX[8 + random.below(4)] ?? 0) : unit,
    ),
  )
