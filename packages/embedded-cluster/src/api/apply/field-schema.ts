import { customFields } from "../custom/custom-fields.ts"
import type { Structural } from "../custom/structural.ts"
import { kept } from "../kept-answer.ts"
import { type FieldFacts, factsOf, packageOf } from "../openapi/facts.ts"
import { packageOfGroup } from "../openapi/operations.ts"
import { type FieldType, packageType, plainName, type Scalar, structType } from "../schema/type-text.ts"

/**
 * How ownership divides a value (structured-merge-diff `schema`): an atomic map or list belongs to one as a whole, a list
 * with keys item by item, a set value by value.
 */
export type FieldSchema =
  | { readonly kind: "scalar"; readonly scalar: "string" | "numeric" | "boolean" | "untyped" }
  | { readonly kind: "struct"; readonly atomic: boolean; readonly fields: ReadonlyMap<string, StructField> }
  | { readonly kind: "map"; readonly atomic: boolean; readonly value: () => FieldSchema }
  | { readonly kind: "atomic-list"; readonly item: () => FieldSchema }
  | { readonly kind: "set"; readonly item: () => FieldSchema }
  | { readonly kind: "keyed-list"; readonly item: () => FieldSchema; readonly keys: readonly ListKey[] }

interface StructField {
  readonly schema: () => FieldSchema
  /** What Go writes when nothing was given: `{}` for a struct held by value, null for a required list; undefined: nothing. */
  readonly written: unknown
}

/** A field that tells list items apart, and what an item has that does not give it. */
interface ListKey {
  readonly name: string
  readonly fallback: string | number | boolean | undefined
}

const SCALARS: Readonly<Record<Scalar, "string" | "numeric" | "boolean" | "untyped">> = {
  string: "string",
  bytes: "string",
  int32: "numeric",
  int64: "numeric",
  float64: "numeric",
  bool: "boolean",
  IntOrString: "untyped",
  Quantity: "untyped",
  Time: "untyped",
  MicroTime: "untyped",
  any: "untyped",
  JSON: "untyped",
  JSONSchemaPropsOrArray: "untyped",
  JSONSchemaPropsOrBool: "untyped",
  JSONSchemaPropsOrStringArray: "untyped",
}

const ZEROS = { string: "", numeric: 0, boolean: false, untyped: undefined } as const

const factsWithZeros = (packageName: string, struct: string) => {
  const types = structType(packageType(packageName, struct))
  return factsOf(packageName, struct, (field) => {
    const type = types.get(field)
    return type?.kind === "scalar" ? ZEROS[SCALARS[type.scalar]] : undefined
  })
}

const listKeys = (names: readonly string[], item: FieldType, from: string): readonly ListKey[] => {
  const facts =
    item.kind === "struct" ? factsWithZeros(packageOf(plainName(item.name), from), plainName(item.name)) : undefined
  return names.map((name) => {
    const fallback = facts?.fields.get(name)?.default
    return { name, fallback: typeof fallback === "object" ? undefined : fallback }
  })
}

const schemaOf = (type: FieldType, from: string, facts?: Partial<FieldFacts>): FieldSchema => {
  if (type.kind === "scalar") return { kind: "scalar", scalar: SCALARS[type.scalar] }
  if (type.kind === "struct") return structSchema(`${packageOf(plainName(type.name), from)}.${plainName(type.name)}`)
  if (type.kind === "map")
    return { kind: "map", atomic: facts?.mapType === "atomic", value: () => schemaOf(type.value, from) }
  const item = (): FieldSchema => schemaOf(type.item, from)
  if (facts?.listType === "set") return { kind: "set", item }
  if (facts?.listType === "map")
    return { kind: "keyed-list", item, keys: listKeys(facts.mapKeys ?? [], type.item, from) }
  return { kind: "atomic-list", item }
}

const structSchema = kept((name: string): FieldSchema => {
  const at = name.lastIndexOf(".")
  const [from, struct] = [name.slice(0, at), name.slice(at + 1)]
  const facts = factsWithZeros(from, struct)
  const fields = [...structType(packageType(from, struct))].map(([field, type]): [string, StructField] => {
    const told = facts.fields.get(field)
    const isMetadata = type.kind === "struct" && type.name === "ObjectMeta"
    const byValue = isMetadata || typeof told?.default === "object" ? {} : undefined
    const written = type.kind === "list" && told?.required === true ? null : byValue
    return [field, { schema: () => schemaOf(type, from, told), written }]
  })
  return { kind: "struct", atomic: facts.atomic, fields: new Map(fields) }
})

const kindSchemas = kept((key: string): FieldSchema => {
  const [group = "", version = "", kind = ""] = key.split("/")
  const own = packageOfGroup(group, version)
  return structSchema(`${packageOf(kind, own)}.${kind}`)
})

const METADATA_FIELDS = (): readonly (readonly [string, FieldSchema])[] => [
  ["apiVersion", { kind: "scalar", scalar: "string" }],
  ["kind", { kind: "scalar", scalar: "string" }],
  ["metadata", structSchema("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")],
]

const customSchema = kept((schema: Structural): FieldSchema => customFields(schema, METADATA_FIELDS()))

/** The schema of a kind's objects. */
export const kindSchema = (info: {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly custom?: { readonly schema: Structural }
}): FieldSchema =>
  info.custom ? customSchema(info.custom.schema) : kindSchemas(`${info.group}/${info.version}/${info.kind}`)
