import { err, ok, type Result } from "@pilotage/kube-model"
import { base64Problem } from "../base64.ts"
import { isOmitted } from "./omitted-values.ts"
import { type FieldType, plainName, type Scalar, structType } from "./type-text.ts"

export interface Conformed {
  /** The value with known fields only; fields that were null or as good as absent are gone. */
  readonly value: Readonly<Record<string, unknown>>
  /** Paths of fields that the type does not have, as `spec.ports[0].prt`. */
  readonly unknown: readonly string[]
}

const jsonKind = (value: unknown): string => {
  if (Array.isArray(value)) return "array"
  if (typeof value === "boolean") return "bool"
  return typeof value
}

/** How Go writes the type in its error texts. */
const goType = (type: FieldType): string => {
  if (type.kind === "scalar") return type.scalar
  if (type.kind === "list") return `[]${goType(type.item)}`
  if (type.kind === "map") return `map[string]${goType(type.value)}`
  return `v1.${plainName(type.name)}`
}

const INT_LIMITS: Readonly<Partial<Record<Scalar, number>>> = { int32: 2 ** 31, int64: 2 ** 63 }

const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** Undefined when the value is of the type, else Go's complaint; `at` gives `ServicePort.spec.ports.port`. */
const scalarProblem = (value: unknown, scalar: Scalar, at: () => string): string | undefined => {
  const mismatch = (): string =>
    `json: cannot unmarshal ${jsonKind(value)} into Go struct field ${at()} of type ${scalar}`
  switch (scalar) {
    case "any":
    case "JSON":
    case "JSONSchemaPropsOrArray":
    case "JSONSchemaPropsOrBool":
    case "JSONSchemaPropsOrStringArray":
      return undefined
    case "bool":
      return typeof value === "boolean" ? undefined : mismatch()
    case "int32":
    case "int64": {
      if (typeof value !== "number") return mismatch()
      const fits = Number.isInteger(value) && Math.abs(value) < (INT_LIMITS[scalar] ?? 0)
      return fits ? undefined : mismatch().replace("unmarshal number", `unmarshal number ${value}`)
    }
    case "float64":
      return typeof value === "number" ? undefined : mismatch()
    case "IntOrString":
      if (typeof value === "string") return undefined
      return scalarProblem(value, "int32", at)
    case "Quantity": {
      const text = typeof value === "number" ? String(value) : value
      return typeof text === "string" && QUANTITY.test(text)
        ? undefined
        : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    }
    case "Time":
    case "MicroTime":
      if (typeof value !== "string") return mismatch().replace(/of type \w+$/, "of type string")
      return TIME.test(value)
        ? undefined
        : `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`
    case "bytes":
      return typeof value === "string" ? base64Problem(value) : mismatch().replace(/bytes$/, "[]uint8")
    default:
      return typeof value === "string" ? undefined : mismatch()
  }
}

/** Where a value is: a field of a struct, an element or a member, and so on upwards. Texts are made only to be told. */
interface Place {
  /** A field's or member's name, or an index. */
  readonly step: string | number
  /** The struct that a field is of; undefined for elements and members. */
  readonly struct: string | undefined
  readonly above: Place | undefined
}

/** With indices, for messages about unknown fields: `spec.ports[0].prt`. */
const pathOf = (place: Place): string => {
  const steps: (string | number)[] = []
  for (let at: Place | undefined = place; at; at = at.above) steps.push(at.step)
  return steps.reduceRight<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`),
    "",
  )
}

/** As Go names a field: the struct, then the names of the fields on the way, `ServicePort.spec.ports.port`. */
const goPath = (place: Place | undefined, root: string): string => {
  const fields: string[] = []
  let struct: string | undefined
  for (let at = place; at; at = at.above) {
    if (at.struct === undefined) continue
    struct ??= plainName(at.struct)
    fields.unshift(String(at.step))
  }
  return `${struct ?? root}.${fields.join(".")}`
}

class Mismatch {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const isText = (value: unknown): boolean => typeof value === "string"

type StructField = Extract<FieldType, { readonly kind: "struct" }>

/** So many unknown fields are told; nobody reads on. */
const MOST_UNKNOWN = 1000

/** Checks a JSON value against a type: what Go's strict decoder would say of it. */
export const conform = (value: unknown, typeName: string): Result<Conformed, string> => {
  const unknown: string[] = []
  const root = plainName(typeName)
  const wrong = (each: unknown, place: Place | undefined, type: FieldType): Mismatch =>
    new Mismatch(mismatch(each, goPath(place, root), type))

  const any = (each: unknown, type: FieldType, place: Place): unknown => {
    if (type.kind === "struct") return struct(each, type, place)
    if (type.kind === "scalar") {
      if (type.scalar === "string" && typeof each === "string") return each
      const problem = scalarProblem(each, type.scalar, () => goPath(place, root))
      if (problem !== undefined) throw new Mismatch(problem)
      return each
    }
    if (type.kind === "list") {
      if (!Array.isArray(each)) throw wrong(each, place, type)
      return each.map((item: unknown, index) =>
        item === null ? zero(type.item) : any(item, type.item, { step: index, struct: undefined, above: place }),
      )
    }
    if (typeof each !== "object" || each === null || Array.isArray(each)) throw wrong(each, place, type)
    // Most maps are labels and data: they need but a copy.
    if (type.value.kind === "scalar" && type.value.scalar === "string" && Object.values(each).every(isText))
      return { ...each }
    const out: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(each))
      out[key] =
        inner === null ? zero(type.value) : any(inner, type.value, { step: key, struct: undefined, above: place })
    return out
  }
  const struct = (each: unknown, type: StructField, above: Place | undefined): unknown => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) throw wrong(each, above, type)
    const fields = structType(type.name)
    const out: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(each)) {
      const place = { step: key, struct: type.name, above }
      const field = fields.get(key)
      if (!field) {
        if (unknown.length < MOST_UNKNOWN) unknown.push(pathOf(place))
      } else if (inner !== null && inner !== undefined) {
        const clean = any(inner, field, place)
        if (!isOmitted(type.name, key, field.kind, clean)) out[key] = clean
      }
    }
    return out
  }

  try {
    const clean = struct(value, { kind: "struct", name: typeName }, undefined)
    return ok({ value: clean as Conformed["value"], unknown })
  } catch (caught) {
    if (caught instanceof Mismatch) return err(caught.message)
    throw caught
  }
}

const mismatch = (value: unknown, at: string, type: FieldType): string =>
  `json: cannot unmarshal ${jsonKind(value)} into Go struct field ${at} of type ${goType(type)}`

/** What null stands for inside a list or map. */
const zero = (type: FieldType): unknown => {
  if (type.kind === "list") return []
  if (type.kind !== "scalar") return {}
  return type.scalar === "bool" ? false : ["int32", "int64", "float64"].includes(type.scalar) ? 0 : ""
}
