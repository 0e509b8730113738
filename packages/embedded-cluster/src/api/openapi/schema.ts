import { type FieldType, packageType, plainName, type Scalar, structType } from "../schema/type-text.ts"
import { describeField, describeType } from "./descriptions/descriptions.ts"
import { type FieldFacts, factsOf, packageOf } from "./facts.ts"

/** A schema object of OpenAPI, version 2 or 3. */
export interface Schema {
  readonly [key: string]: unknown
}

/** The two versions differ in how one schema names another. */
export interface Dialect {
  readonly prefix: "#/components/schemas/" | "#/definitions/"
  /** Version 3 can say something (a default, a description) beside a reference only by `allOf`. */
  readonly wrapped: boolean
}

const API_EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"

/** Types that are written as one JSON value. */
const SPECIAL: Readonly<Partial<Record<Scalar, string>>> = {
  IntOrString: "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
  Quantity: "io.k8s.apimachinery.pkg.api.resource.Quantity",
  Time: "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
  MicroTime: "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
  any: "io.k8s.apimachinery.pkg.runtime.RawExtension",
  JSON: `${API_EXTENSIONS}.JSON`,
  JSONSchemaPropsOrArray: `${API_EXTENSIONS}.JSONSchemaPropsOrArray`,
  JSONSchemaPropsOrBool: `${API_EXTENSIONS}.JSONSchemaPropsOrBool`,
  JSONSchemaPropsOrStringArray: `${API_EXTENSIONS}.JSONSchemaPropsOrStringArray`,
}

/** The one free-form value that is no object of some other kind: the set of fields of an owner. */
const FIELD_SET = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"
const isFieldSet = (scalar: Scalar, from: string): boolean => scalar === "any" && FIELD_SET.startsWith(`${from}.`)

const SPECIAL_SCHEMAS: Readonly<Record<string, readonly [v3: Schema, v2: Schema]>> = {
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": [
    { format: "int-or-string", oneOf: [{ type: "integer" }, { type: "string" }] },
    { type: "string", format: "int-or-string" },
  ],
  "io.k8s.apimachinery.pkg.api.resource.Quantity": [
    { oneOf: [{ type: "string" }, { type: "number" }] },
    { type: "string" },
  ],
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": [
    { type: "string", format: "date-time" },
    { type: "string", format: "date-time" },
  ],
  "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": [
    { type: "string", format: "date-time" },
    { type: "string", format: "date-time" },
  ],
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": [{ type: "object" }, { type: "object" }],
  "io.k8s.apimachinery.pkg.runtime.RawExtension": [{ type: "object" }, { type: "object" }],
  [`${API_EXTENSIONS}.JSON`]: [{}, {}],
  [`${API_EXTENSIONS}.JSONSchemaPropsOrArray`]: [{}, {}],
  [`${API_EXTENSIONS}.JSONSchemaPropsOrBool`]: [{}, {}],
  [`${API_EXTENSIONS}.JSONSchemaPropsOrStringArray`]: [{}, {}],
}

const SCALARS: Readonly<Partial<Record<Scalar, Schema>>> = {
  string: { type: "string" },
  bytes: { type: "string", format: "byte" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  float64: { type: "number", format: "double" },
  bool: { type: "boolean" },
}

const ZEROS: Readonly<Partial<Record<Scalar, string | number | boolean>>> = {
  string: "",
  int32: 0,
  int64: 0,
  float64: 0,
  bool: false,
}

const zeroOf = (type: FieldType | undefined): string | number | boolean | undefined =>
  type?.kind === "scalar" ? ZEROS[type.scalar] : undefined

/** Full name of the schema that a type is written with; undefined for plain scalars, lists and maps. */
const schemaName = (type: FieldType, from: string): string | undefined => {
  if (type.kind === "struct") return `${packageOf(plainName(type.name), from)}.${plainName(type.name)}`
  if (type.kind !== "scalar") return undefined
  return isFieldSet(type.scalar, from) ? FIELD_SET : SPECIAL[type.scalar]
}

const lastDot = (name: string): number => name.lastIndexOf(".")

/** `[package, struct]` of a schema's name. */
export const splitName = (name: string): readonly [string, string] => [
  name.slice(0, lastDot(name)),
  name.slice(lastDot(name) + 1),
]

const MERGE = { "x-kubernetes-patch-strategy": "merge" }

const patchRules = (type: FieldType, retainKeys: boolean): Schema => {
  if (type.kind !== "list") return retainKeys ? { "x-kubernetes-patch-strategy": "retainKeys" } : {}
  if (type.mergeKey === undefined) return {}
  if (type.mergeKey === "") return MERGE
  const strategy = retainKeys ? "merge,retainKeys" : "merge"
  return { "x-kubernetes-patch-merge-key": type.mergeKey, "x-kubernetes-patch-strategy": strategy }
}

export const generateSchema = (name: string, dialect: Dialect): Schema => {
  const [packageName, struct] = splitName(name)
  const special = SPECIAL_SCHEMAS[name]
  if (special) return { ...describe(struct), ...special[dialect.wrapped ? 0 : 1] }
  const reference = (target: string): Schema => ({ $ref: `${dialect.prefix}${target}` })

  /** A schema of list items or map values: they have the zero value as their default. */
  const inner = (type: FieldType, values?: readonly string[]): Schema => {
    const target = schemaName(type, packageName)
    if (target !== undefined) {
      const hasDefault = type.kind === "struct" && dialect.wrapped
      return hasDefault ? { default: {}, allOf: [reference(target)] } : reference(target)
    }
    const zero = dialect.wrapped ? zeroOf(type) : undefined
    return { ...body(type), ...(zero === undefined ? {} : { default: zero }), ...(values ? { enum: values } : {}) }
  }
  const body = (type: FieldType, values?: readonly string[]): Schema => {
    if (type.kind === "list") return { type: "array", items: inner(type.item, values) }
    if (type.kind === "map") return { type: "object", additionalProperties: inner(type.value, values) }
    return type.kind === "scalar" ? (SCALARS[type.scalar] ?? {}) : {}
  }
  const field = (key: string, type: FieldType, facts: FieldFacts | undefined): Schema => {
    const text = describeField(struct, key, isObject)
    const description = text === undefined ? {} : { description: text }
    const target = schemaName(type, packageName)
    const byValue = key === "metadata" && type.kind === "struct" ? {} : facts?.default
    const fallback = byValue === undefined || !dialect.wrapped ? {} : { default: byValue }
    if (target !== undefined) {
      const granular = facts?.mapType === "granular" ? { "x-kubernetes-map-type": "granular" } : {}
      const rules = { ...granular, ...patchRules(type, facts?.retainKeys ?? false) }
      return dialect.wrapped
        ? { ...description, ...fallback, allOf: [reference(target)], ...rules }
        : { ...description, ...reference(target), ...rules }
    }
    return {
      ...description,
      ...body(type, facts?.enum),
      ...fallback,
      ...(type.kind === "scalar" && facts?.enum ? { enum: facts.enum } : {}),
      ...(type.kind === "map" && facts?.mapType ? { "x-kubernetes-map-type": facts.mapType } : {}),
      ...(type.kind === "list" && facts?.mapKeys ? { "x-kubernetes-list-map-keys": facts.mapKeys } : {}),
      ...(type.kind === "list" && facts?.listType ? { "x-kubernetes-list-type": facts.listType } : {}),
      ...patchRules(type, facts?.retainKeys ?? false),
    }
  }

  const types = structType(packageType(packageName, struct))
  const isObject = types.has("kind") && types.has("apiVersion") && types.has("metadata")
  const { atomic, union, fields } = factsOf(packageName, struct, (key) => zeroOf(types.get(key)))
  const required = [...fields].filter(([, facts]) => facts.required).map(([key]) => key)
  const properties = [...types].map(([key, type]) => [key, field(key, type, fields.get(key))])
  return {
    ...describe(struct),
    type: "object",
    ...(required.length > 0 ? { required } : {}),
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(atomic ? { "x-kubernetes-map-type": "atomic" } : {}),
    ...(union ? { "x-kubernetes-unions": [unionRule(union)] } : {}),
  }
}

const describe = (struct: string): Schema => {
  const text = describeType(struct)
  return text === undefined ? {} : { description: text }
}

const unionRule = ({ discriminator, field }: { readonly discriminator: string; readonly field: string }): object => ({
  ...(discriminator === "" ? {} : { discriminator }),
  "fields-to-discriminateBy": { [field]: `${field.slice(0, 1).toUpperCase()}${field.slice(1)}` },
})

/** Full names of the schemas that a schema names in its fields. */
export const namedBy = (name: string): readonly string[] => {
  const [packageName, struct] = splitName(name)
  const target = (type: FieldType): string | undefined => {
    if (type.kind === "list") return target(type.item)
    return type.kind === "map" ? target(type.value) : schemaName(type, packageName)
  }
  return [...structType(packageType(packageName, struct)).values()].map(target).filter((each) => each !== undefined)
}
