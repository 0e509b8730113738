import { tableLines } from "./table-lines.ts"
import { TYPES_A_TO_L } from "./types-a-l.ts"
import { TYPES_CLUSTER } from "./types-cluster.ts"
import { TYPES_CORE } from "./types-core.ts"
import { TYPES_DEVICES } from "./types-devices.ts"
import { TYPES_EXTENSION } from "./types-extension.ts"
import { TYPES_M_TO_Z } from "./types-m-z.ts"
import { TYPES_SERVED } from "./types-served.ts"
import { TYPES_WORKLOADS } from "./types-workloads.ts"
import { WIRE_TYPES } from "./wire-types.ts"

export type Scalar =
  | "string"
  | "bytes"
  | "int32"
  | "int64"
  | "float64"
  | "bool"
  | "IntOrString"
  | "Quantity"
  | "Time"
  | "MicroTime"
  | "any"
  /** Any JSON, and what a schema may say in more than one way: each has a name of its own in OpenAPI. */
  | "JSON"
  | "JSONSchemaPropsOrArray"
  | "JSONSchemaPropsOrBool"
  | "JSONSchemaPropsOrStringArray"

export type FieldType =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "struct"; readonly name: string }
  /** `mergeKey`: a strategic merge joins the lists by this key of their elements; "" by the elements themselves. */
  | { readonly kind: "list"; readonly item: FieldType; readonly mergeKey?: string }
  | { readonly kind: "map"; readonly value: FieldType }

export type StructType = ReadonlyMap<string, FieldType>

const SCALARS: ReadonlySet<string> = new Set<Scalar>([
  "string",
  "bytes",
  "int32",
  "int64",
  "float64",
  "bool",
  "IntOrString",
  "Quantity",
  "Time",
  "MicroTime",
  "any",
  "JSON",
  "JSONSchemaPropsOrArray",
  "JSONSchemaPropsOrBool",
  "JSONSchemaPropsOrStringArray",
])

const isScalar = (text: string): text is Scalar => SCALARS.has(text)

/** `[ServicePort]~port` list merged by port, `{string}` map, `Probe` struct, `int32`; a closing `!` (retainKeys) says nothing here. */
const parseType = (given: string): FieldType => {
  const text = given.replace(/!$/, "")
  const list = /^\[(.*)\](?:(~)(.*))?$/.exec(text)
  if (list)
    return {
      kind: "list",
      item: parseType(list[1] ?? "any"),
      ...(list[2] === undefined ? {} : { mergeKey: list[3] ?? "" }),
    }
  const map = /^\{(.*)\}$/.exec(text)
  if (map) return { kind: "map", value: parseType(map[1] ?? "any") }
  return isScalar(text) ? { kind: "scalar", scalar: text } : { kind: "struct", name: text }
}

let texts: ReadonlyMap<string, string> | undefined
const parsed = new Map<string, StructType>()

const allTexts = (): ReadonlyMap<string, string> => {
  texts ??= tableLines(
    `${WIRE_TYPES}${TYPES_A_TO_L}${TYPES_M_TO_Z}${TYPES_CORE}${TYPES_WORKLOADS}${TYPES_CLUSTER}${TYPES_SERVED}${TYPES_EXTENSION}${TYPES_DEVICES}`,
  )
  return texts
}

/** Fields of a type by its name; parsed when first asked for. Unknown names have no fields. */
export const structType = (name: string): StructType => {
  const known = parsed.get(name)
  if (known) return known
  const text = allTexts().get(name) ?? ""
  const fields: [string, FieldType][] = text
    .split(" ")
    .filter((field) => field !== "")
    .map((field) => {
      const at = field.indexOf(":")
      return [field.slice(0, at), parseType(field.slice(at + 1))]
    })
  const struct = new Map(fields)
  parsed.set(name, struct)
  return struct
}

/** A type's name without the group that tells it from another of the same name: `Subject` of `Subject@flowcontrol.v1`. */
export const plainName = (name: string): string => name.replace(/@.*/, "")

const typeIn = (place: string, name: string): string => (allTexts().has(`${name}@${place}`) ? `${name}@${place}` : name)

/** The name in the tables of a type of an OpenAPI package, `io.k8s.api.flowcontrol.v1`. */
export const packageType = (packageName: string, name: string): string =>
  typeIn(packageName.split(".").slice(-2).join("."), name)

/** The name in the tables of a kind. */
export const kindType = ({
  group,
  version,
  kind,
}: {
  readonly group: string
  readonly version: string
  readonly kind: string
}): string => typeIn(`${group.split(".")[0] || "core"}.${version}`, kind)
