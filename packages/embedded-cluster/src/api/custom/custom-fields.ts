import type { FieldSchema } from "../apply/field-schema.ts"
import { isJson } from "../json-object.ts"
import { itemSchema, keepsUnknown, type Structural, valueSchema } from "./structural.ts"

const UNTYPED: FieldSchema = { kind: "scalar", scalar: "untyped" }

const SCALARS: Readonly<Record<string, "string" | "numeric" | "boolean">> = {
  string: "string",
  integer: "numeric",
  number: "numeric",
  boolean: "boolean",
}

const listFields = (schema: Structural): FieldSchema => {
  const items = itemSchema(schema)
  const item = (): FieldSchema => (items ? customFields(items) : UNTYPED)
  const keys = schema["x-kubernetes-list-map-keys"]
  if (schema["x-kubernetes-list-type"] === "set") return { kind: "set", item }
  if (schema["x-kubernetes-list-type"] !== "map" || !Array.isArray(keys)) return { kind: "atomic-list", item }
  return { kind: "keyed-list", item, keys: keys.map((key) => ({ name: String(key), fallback: undefined })) }
}

/** How ownership divides an object of a custom resource, by its schema; `more`: fields that every object has. */
export const customFields = (
  schema: Structural,
  more: readonly (readonly [string, FieldSchema])[] = [],
): FieldSchema => {
  if (schema["x-kubernetes-int-or-string"] === true) return UNTYPED
  const scalar = SCALARS[String(schema.type)]
  if (scalar) return { kind: "scalar", scalar }
  if (schema.type === "array") return listFields(schema)
  const values = valueSchema(schema)
  const atomic = schema["x-kubernetes-map-type"] === "atomic"
  if (values) return { kind: "map", atomic, value: () => (values === true ? UNTYPED : customFields(values)) }
  if (!isJson(schema.properties) || (keepsUnknown(schema) && more.length === 0)) return UNTYPED
  const own = Object.entries(schema.properties).flatMap(([key, of]) =>
    isJson(of) ? [[key, { schema: () => customFields(of), written: undefined }] as const] : [],
  )
  const given = more.map(([key, of]) => [key, { schema: () => of, written: undefined }] as const)
  return { kind: "struct", atomic, fields: new Map([...own, ...given]) }
}
