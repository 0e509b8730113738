import { isJson } from "../json-object.ts"
import type { FieldSchema } from "./field-schema.ts"
import type { FieldSet } from "./field-set.ts"
import { itemElement, memberSchema } from "./path-element.ts"

/** Without the fields of a set. What is left empty by that goes too: undefined. */
export const withoutFields = (value: unknown, fields: FieldSet, schema: FieldSchema): unknown => {
  if (fields.children.size === 0) return value
  if ((schema.kind === "struct" || schema.kind === "map") && !schema.atomic && isJson(value)) {
    const kept = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
      const below = fields.children.get(`f:${key}`)
      const type = memberSchema(schema, key)
      if (below?.member) return []
      const left = below && type ? withoutFields(inner, below, type) : inner
      return left === undefined ? [] : [[key, left]]
    })
    return kept.length === 0 ? undefined : Object.fromEntries(kept)
  }
  if ((schema.kind === "set" || schema.kind === "keyed-list") && Array.isArray(value)) {
    const kept = value.flatMap((item: unknown) => {
      const below = fields.children.get(itemElement(schema, item) ?? "")
      if (below?.member) return []
      const left = below ? withoutFields(item, below, schema.item()) : item
      return left === undefined ? [] : [left]
    })
    return kept.length === 0 ? undefined : kept
  }
  return value
}

const belowSchema = (schema: FieldSchema | undefined, element: string): FieldSchema | undefined => {
  if (schema?.kind === "struct" || schema?.kind === "map") return memberSchema(schema, element.slice(2))
  return schema?.kind === "set" || schema?.kind === "keyed-list" ? schema.item() : undefined
}

/** The set with every struct field on the way to a member as a member too: whoever owns `.a.b` holds `.a`. */
export const withNamedFields = (set: FieldSet, schema: FieldSchema | undefined): FieldSet => {
  const children = [...set.children].map(([element, below]): [string, FieldSet] => {
    const named = withNamedFields(below, belowSchema(schema, element))
    const isField = schema?.kind === "struct" && schema.fields.has(element.slice(2))
    return [element, isField ? { ...named, member: true } : named]
  })
  return { member: set.member, children: new Map(children) }
}
