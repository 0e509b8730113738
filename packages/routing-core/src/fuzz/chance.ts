import type { Random } from "@pilotage/kube-model"

/** True once in `times`. */
export const once = (random: Random, times: number): boolean => random.below(times) === 0

export const oneOf = <T>(random: Random, items: readonly T[]): T | undefined => items[random.below(items.length)]

export const listOf = <T>(random: Random, most: number, make: (index: number) => T, least = 0): T[] =>
  Array.from({ length: least + random.below(most - least + 1) }, (_, index) => make(index))

/** The field, or nothing at all. */
export const maybe = <T extends object>(random: Random, times: number, make: () => T): T | Record<string, never> =>
  once(random, times) ? make() : {}
