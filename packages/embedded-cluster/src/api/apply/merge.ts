import { isJson } from "../json-object.ts"
import type { FieldSchema } from "./field-schema.ts"
import { itemElement, itemsByElement, memberSchema } from "./path-element.ts"

type DividedList = Extract<FieldSchema, { readonly kind: "set" | "keyed-list" }>

/**
 * Items in the order of the configuration; those that only the live list has stay where they are between their neighbours
 * (structured-merge-diff `typed/merge.go`).
 */
const mergeLists = (live: readonly unknown[], config: readonly unknown[], schema: DividedList): readonly unknown[] => {
  const [liveItems, configItems] = [itemsByElement(schema, live), itemsByElement(schema, config)]
  const left = live.map((item) => ({ item, element: itemElement(schema, item) ?? "" }))
  const right = [...configItems.keys()]
  const shared = right.filter((element) => liveItems.has(element))
  const merged = new Set<string>()
  const out: unknown[] = []
  const take = (element: string): void => {
    const mine = liveItems.get(element)
    out.push(mergeValues(mine?.length === 1 ? mine[0] : undefined, configItems.get(element)?.[0], schema.item()))
    merged.add(element)
    if (shared[0] === element) shared.shift()
  }
  let l = 0
  let r = 0
  while (l < left.length || r < right.length) {
    const [mine, theirs] = [left[l], right[r]]
    if (mine && theirs !== undefined) {
      if (mine.element === theirs) {
        take(theirs)
        l += 1
        r += 1
        continue
      }
      if (configItems.has(mine.element) && shared.length > 0 && shared[0] !== mine.element) {
        l += 1
        continue
      }
    }
    if (mine && !configItems.has(mine.element)) {
      out.push(mine.item)
      l += 1
      continue
    }
    if (mine && merged.has(mine.element)) l += 1
    if (theirs !== undefined) {
      take(theirs)
      r += 1
    }
  }
  return out
}

/** A live value with a configuration laid over it; what is atomic is replaced. */
export const mergeValues = (live: unknown, config: unknown, schema: FieldSchema): unknown => {
  if (config === undefined) return live
  if (live === undefined || schema.kind === "scalar" || schema.kind === "atomic-list") return config
  if (schema.kind === "struct" || schema.kind === "map") {
    if (schema.atomic) return config
    if (!isJson(live) || !isJson(config)) return config === null ? live : config
    const out: Record<string, unknown> = { ...live }
    for (const [key, value] of Object.entries(config)) {
      const type = memberSchema(schema, key)
      out[key] = type ? mergeValues(Object.hasOwn(live, key) ? live[key] : undefined, value, type) : value
    }
    return out
  }
  if (!Array.isArray(live) || !Array.isArray(config)) return config === null ? live : config
  return mergeLists(live, config, schema)
}
