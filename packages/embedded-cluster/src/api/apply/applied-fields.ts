import { isJson } from "../json-object.ts"
import type { FieldSchema } from "./field-schema.ts"
import { addChild, type FieldSet, type OpenSet, openSet } from "./field-set.ts"
import { itemsByElement, memberSchema } from "./path-element.ts"

const isNothing = (value: unknown): boolean => value === null || (isJson(value) && Object.keys(value).length === 0)

const insert = (value: unknown, schema: FieldSchema, set: OpenSet): void => {
  if (schema.kind === "scalar" || schema.kind === "atomic-list") {
    set.member = true
    return
  }
  if (schema.kind === "struct" || schema.kind === "map") {
    if (schema.atomic) set.member = true
    else if (isJson(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const type = memberSchema(schema, key)
        if (type)
          addChild(set, `f:${key}`, (below) => {
            insert(inner, type, below)
            if (schema.kind === "map" || isNothing(inner)) below.member = true
          })
      }
    }
    return
  }
  if (!Array.isArray(value)) return
  for (const [element, items] of itemsByElement(schema, value))
    addChild(set, element, (below) => {
      if (items.length === 1) insert(items[0], schema.item(), below)
      below.member = true
    })
}

/** The fields that a configuration names: leaves, list items and what is atomic (structured-merge-diff `ToFieldSet`). */
export const fieldsOf = (value: unknown, schema: FieldSchema): FieldSet => {
  const set = openSet()
  insert(value, schema, set)
  return set
}
