import type { JsonValue, Random } from "@pilotage/kube-model"
import { once, oneOf } from "./chance.ts"
import { ADDRESSES, BLOCKS, ENUMS, NAMES, ODD_ADDRESSES, ODD_NUMBERS, ODD_STRINGS, PORTS } from "./odd-values.ts"

/**
 * Bends a value without changing what Go would decode it into: texts stay texts, lists stay lists, and null, which
 * decodes into everything, may stand anywhere but where `keep` holds.
 */
type Path = readonly (string | number)[]

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)

/** Every place in the value, from the top down. */
const places = (value: JsonValue, path: Path = []): Path[] => {
  if (value === null || typeof value !== "object") return [path]
  const inner = isList(value)
    ? value.flatMap((item, index) => places(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))
  return [path, ...inner]
}

const changeAt = (
  value: JsonValue,
  path: Path,
  change: (old: JsonValue) => JsonValue | undefined,
): JsonValue | undefined => {
  const [first, ...rest] = path
  if (first === undefined) return change(value)
  if (value === null || typeof value !== "object") return value
  if (isList(value))
    return value.flatMap((item, index) => (index === first ? (changeAt(item, rest, change) ?? []) : [item]))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (key !== first) return [[key, item]]
      const changed = changeAt(item, rest, change)
      return changed === undefined ? [] : [[key, changed]]
    }),
  )
}

const TEXTS = [ADDRESSES, ODD_ADDRESSES, NAMES, ODD_STRINGS, ENUMS, BLOCKS]

const bend = (random: Random, old: JsonValue): JsonValue | undefined => {
  if (once(random, 4)) return null
  if (once(random, 4)) return undefined
  if (typeof old === "string") return oneOf(random, oneOf(random, TEXTS) ?? NAMES) ?? ""
  if (typeof old === "number") return oneOf(random, once(random, 2) ? ODD_NUMBERS : PORTS) ?? 0
  if (typeof old === "boolean") return !old
  if (old === null) return null
  if (isList(old)) return once(random, 3) ? [] : once(random, 2) ? [...old, ...old] : [...old, null]
  return {}
}

/** One bend somewhere, but nowhere along `keep` (paths with dots, `metadata.name`). */
export const mutated = (random: Random, value: JsonValue, keep: readonly string[]): JsonValue => {
  const open = places(value).filter((path) => {
    const text = path.join(".")
    return path.length > 0 && !keep.some((kept) => kept === text || kept.startsWith(`${text}.`))
  })
  const path = oneOf(random, open)
  return path ? (changeAt(value, path, (old) => bend(random, old)) ?? value) : value
}
