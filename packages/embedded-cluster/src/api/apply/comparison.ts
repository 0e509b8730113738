import { deepEqual } from "../../store/deep-equal.ts"
import { isJson, type Json } from "../json-object.ts"
import type { FieldSchema } from "./field-schema.ts"
import { addChild, type FieldSet, type OpenSet, openSet } from "./field-set.ts"
import { itemsByElement } from "./path-element.ts"

/** What differs between two versions of an object. */
export interface Comparison {
  readonly added: FieldSet
  readonly modified: FieldSet
  readonly removed: FieldSet
}

interface Open {
  readonly added: OpenSet
  readonly modified: OpenSet
  readonly removed: OpenSet
}

const below = (open: Open, element: string, compare: (open: Open) => void): void =>
  addChild(open.added, element, (added) =>
    addChild(open.modified, element, (modified) =>
      addChild(open.removed, element, (removed) => compare({ added, modified, removed })),
    ),
  )

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) ? value.length : Object.keys(value).length) === 0

const leaf = (left: unknown, right: unknown, open: Open): void => {
  if (left === undefined) open.added.member = right !== undefined
  else if (right === undefined) open.removed.member = true
  else if (!deepEqual(left, right)) open.modified.member = true
}

/** A member as Go writes it: structs held by value are there although nobody gave them. */
const written = (parent: unknown, key: string, schema: FieldSchema): unknown => {
  const value = isJson(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined
  if (value !== undefined || schema.kind !== "struct" || !isJson(parent)) return value
  return schema.fields.get(key)?.written
}

const members = (left: Json | undefined, right: Json | undefined, schema: FieldSchema): ReadonlySet<string> => {
  const keys = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])
  if (schema.kind === "struct") for (const [key, field] of schema.fields) if (field.written !== undefined) keys.add(key)
  return keys
}

const isDivided = (schema: FieldSchema): boolean =>
  schema.kind === "struct" || schema.kind === "map"
    ? !schema.atomic
    : schema.kind === "set" || schema.kind === "keyed-list"

const walk = (left: unknown, right: unknown, schema: FieldSchema, open: Open): void => {
  const structIsEmpty =
    schema.kind === "struct" && [...schema.fields.values()].every((each) => each.written === undefined)
  const mayBeEmpty = schema.kind !== "struct" || structIsEmpty
  if (!isDivided(schema) || (mayBeEmpty && isEmpty(left) && isEmpty(right))) {
    leaf(left, right, open)
    return
  }
  if (schema.kind === "struct" || schema.kind === "map") {
    const [l, r] = [isJson(left) ? left : undefined, isJson(right) ? right : undefined]
    for (const key of members(l, r, schema)) {
      const type = schema.kind === "map" ? schema.value() : schema.fields.get(key)?.schema()
      if (type) below(open, `f:${key}`, (inner) => walk(written(l, key, schema), written(r, key, schema), type, inner))
    }
  } else if (schema.kind === "set" || schema.kind === "keyed-list") {
    const before = itemsByElement(schema, Array.isArray(left) ? left : [])
    const after = itemsByElement(schema, Array.isArray(right) ? right : [])
    for (const element of new Set([...before.keys(), ...after.keys()])) {
      const [l, r] = [before.get(element), after.get(element)]
      const twice = (l?.length ?? 0) > 1 || (r?.length ?? 0) > 1
      below(open, element, (inner) => (twice ? leaf(l, r, inner) : walk(l?.[0], r?.[0], schema.item(), inner)))
    }
  }
  if (left === undefined && right !== undefined) open.added.member = true
  if (right === undefined && left !== undefined) open.removed.member = true
}

/** Compares two versions of an object field by field (structured-merge-diff `Compare`); `{}` stands for none. */
export const compareObjects = (left: object, right: object, schema: FieldSchema): Comparison => {
  const open: Open = { added: openSet(), modified: openSet(), removed: openSet() }
  walk(left, right, schema, open)
  return open
}
