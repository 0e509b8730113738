import { isJson } from "../json-object.ts"
import type { FieldSchema } from "./field-schema.ts"

type DividedList = Extract<FieldSchema, { readonly kind: "set" | "keyed-list" }>

/** How an item of a list is named in a set of fields; undefined when it lacks a key that has no default. */
export const itemElement = (schema: DividedList, item: unknown): string | undefined => {
  if (schema.kind === "set") return `v:${JSON.stringify(item)}`
  const keys: [string, unknown][] = []
  for (const { name, fallback } of schema.keys) {
    const value = (isJson(item) ? item[name] : undefined) ?? fallback
    if (value === undefined) return undefined
    keys.push([name, value])
  }
  keys.sort(([a], [b]) => (a < b ? -1 : 1))
  return `k:${JSON.stringify(Object.fromEntries(keys))}`
}

/** Items by their names, in the order of the list; more than one where names are given twice. Nameless ones are left out. */
export const itemsByElement = (
  schema: DividedList,
  list: readonly unknown[],
): ReadonlyMap<string, readonly unknown[]> => {
  const items = new Map<string, unknown[]>()
  for (const item of list) {
    const element = itemElement(schema, item)
    if (element === undefined) continue
    const same = items.get(element)
    if (same) same.push(item)
    else items.set(element, [item])
  }
  return items
}

/** The schema of a member of a struct or map; undefined when the struct has no such field. */
export const memberSchema = (
  schema: Extract<FieldSchema, { readonly kind: "struct" | "map" }>,
  key: string,
): FieldSchema | undefined => (schema.kind === "map" ? schema.value() : schema.fields.get(key)?.schema())
