import { deepEqual } from "../../store/deep-equal.ts"
import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
} from "../field-error.ts"
import { isJson, type Json } from "../json-object.ts"
import { sortedText } from "../sorted-text.ts"
import { isEmbedded, itemSchema, type Structural, schemaAt, valueSchema } from "./structural.ts"

const typeOf = (value: unknown): string => {
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number"
  return typeof value
}

const wrongType = (path: string, wanted: string, type: string): FieldError =>
  invalid(path, type, `${path} in body must be of type ${wanted}: ${JSON.stringify(type)}`)

const typeErrors = (value: unknown, schema: Structural, path: string): readonly FieldError[] => {
  const type = typeOf(value)
  if (type === "null") return schema.nullable === true ? [] : [wrongType(path, String(schema.type), type)]
  if (schema["x-kubernetes-int-or-string"] === true)
    return type === "integer" || type === "string" ? [] : [wrongType(path, "integer,string", type)]
  if (typeof schema.type !== "string" || schema.type === type || (schema.type === "number" && type === "integer"))
    return []
  const also =
    schema.type === "integer" && type === "number"
      ? [invalid("<nil>", "", `Checked value must be of type integer (default format) in ${path}`)]
      : []
  return [wrongType(path, schema.type, type), ...also]
}

const isNumber = (value: unknown): value is number => typeof value === "number"

const numberErrors = (value: number, schema: Structural, path: string): readonly FieldError[] => {
  const { minimum, maximum, multipleOf } = schema
  const say = (text: string): FieldError => invalid(path, value, `${path} in body should be ${text}`)
  const errors: FieldError[] = []
  if (isNumber(multipleOf) && !Number.isInteger(value / multipleOf)) errors.push(say(`a multiple of ${multipleOf}`))
  if (isNumber(maximum) && schema.exclusiveMaximum === true && value >= maximum)
    errors.push(say(`less than ${maximum}`))
  else if (isNumber(maximum) && value > maximum) errors.push(say(`less than or equal to ${maximum}`))
  if (isNumber(minimum) && schema.exclusiveMinimum === true && value <= minimum)
    errors.push(say(`greater than ${minimum}`))
  else if (isNumber(minimum) && value < minimum) errors.push(say(`greater than or equal to ${minimum}`))
  return errors
}

/** Formats of go-openapi that schemas name most. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  "date-time": /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  duration: /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/,
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  ipv4: /^(\d{1,3}\.){3}\d{1,3}$/,
  email: /^[^@\s]+@[^@\s]+$/,
  uuid: /^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/,
}

/** RE2 and ECMAScript read most patterns alike; one that cannot be read here refuses nothing. */
const patternOf = (text: string): RegExp | undefined => {
  try {
    return new RegExp(text, "u")
  } catch {
    return undefined
  }
}

const textErrors = (value: string, schema: Structural, path: string): readonly FieldError[] => {
  const { minLength, maxLength, pattern, format } = schema
  const errors: FieldError[] = []
  const length = [...value].length
  if (isNumber(maxLength) && length > maxLength) errors.push(tooLong(path, maxLength))
  if (isNumber(minLength) && length < minLength)
    errors.push(invalid(path, value, `${path} in body should be at least ${minLength} chars long`))
  if (typeof pattern === "string" && patternOf(pattern)?.test(value) === false)
    errors.push(invalid(path, value, `${path} in body should match '${pattern}'`))
  if (typeof format === "string" && FORMATS[format]?.test(value) === false)
    errors.push(invalid(path, value, `${path} in body must be of type ${format}: ${JSON.stringify(value)}`))
  return errors
}

/** The keys by which items are told apart, or the whole item of a set. */
const identity = (item: unknown, schema: Structural): unknown => {
  const keys = schema["x-kubernetes-list-map-keys"]
  if (schema["x-kubernetes-list-type"] === "set") return item
  if (schema["x-kubernetes-list-type"] !== "map" || !Array.isArray(keys) || !isJson(item)) return undefined
  return Object.fromEntries(keys.map((key) => [key, item[String(key)]]))
}

const listErrors = (items: readonly unknown[], schema: Structural, path: string): readonly FieldError[] => {
  const { minItems, maxItems } = schema
  const errors: FieldError[] = []
  if (isNumber(maxItems) && items.length > maxItems) errors.push(tooMany(path, items.length, maxItems))
  if (isNumber(minItems) && items.length < minItems)
    errors.push(invalid(path, items.length, `${path} in body should have at least ${minItems} items`))
  const of = itemSchema(schema)
  return of ? [...errors, ...errorsOfEach(items, (item, index) => valueErrors(item, of, `${path}[${index}]`))] : errors
}

/** List items that are there twice; said last, when all else has been said. */
const repeated = (items: readonly unknown[], schema: Structural, path: string): readonly FieldError[] => {
  const seen = new Set<string>()
  return errorsOfEach(items, (item, index) => {
    const each = identity(item, schema)
    if (each === undefined) return []
    const { size } = seen
    return seen.add(sortedText(each)).size > size ? [] : [duplicate(`${path}[${index}]`, each)]
  })
}

const OWN: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"])

const objectErrors = (value: Json, schema: Structural, path: string, isWhole: boolean): readonly FieldError[] => {
  const inside = (key: string): string => (path === "" ? key : `${path}.${key}`)
  const errors: FieldError[] = []
  for (const key of Array.isArray(schema.required) ? schema.required.map(String) : [])
    if (!Object.hasOwn(value, key)) errors.push(required(inside(key)))
  const count = Object.keys(value).length
  const { maxProperties, minProperties } = schema
  if (isNumber(maxProperties) && count > maxProperties) errors.push(tooMany(path, count, maxProperties))
  if (isNumber(minProperties) && count < minProperties)
    errors.push(invalid(path, count, `${path} in body should have at least ${minProperties} properties`))
  const values = valueSchema(schema)
  const inner = errorsOfEach(Object.entries(value), ([key, each]) => {
    if (isWhole && OWN.has(key)) return []
    const of = schemaAt(schema, key) ?? (values === true ? undefined : values)
    return of ? valueErrors(each, of, inside(key)) : []
  })
  return [...errors, ...inner]
}

const branches = (schema: Structural, key: "allOf" | "anyOf" | "oneOf"): readonly Structural[] => {
  const found = schema[key]
  return Array.isArray(found) ? found.filter(isJson) : []
}

const logicErrors = (value: unknown, schema: Structural, path: string): readonly FieldError[] => {
  const fits = (branch: Structural): boolean => valueErrors(value, branch, path).length === 0
  const errors: FieldError[] = branches(schema, "allOf").flatMap((branch) => valueErrors(value, branch, path))
  const any = branches(schema, "anyOf")
  const one = branches(schema, "oneOf")
  const say = (text: string): FieldError => invalid(path, "", `${JSON.stringify(path)} must validate ${text}`)
  if (any.length > 0 && !any.some(fits)) errors.push(say("at least one schema (anyOf)"))
  if (one.length > 0 && one.filter(fits).length !== 1) errors.push(say("one and only one schema (oneOf)"))
  if (isJson(schema.not) && fits(schema.not)) errors.push(say("must not validate the schema (not)"))
  return errors
}

const valueErrors = (value: unknown, schema: Structural, path: string): readonly FieldError[] => {
  const wrong = typeErrors(value, schema, path)
  if (wrong.length > 0 || value === null) return wrong
  const errors: FieldError[] = []
  if (isJson(value)) errors.push(...objectErrors(value, schema, path, isEmbedded(schema)))
  if (Array.isArray(value)) errors.push(...listErrors(value, schema, path))
  if (typeof value === "string") errors.push(...textErrors(value, schema, path))
  if (typeof value === "number") errors.push(...numberErrors(value, schema, path))
  const allowed = schema.enum
  if (Array.isArray(allowed) && !allowed.some((each) => deepEqual(each, value)))
    errors.push(
      notSupported(
        path,
        value,
        allowed.map((each) => (typeof each === "string" ? each : JSON.stringify(each))),
      ),
    )
  return [
    ...errors,
    ...logicErrors(value, schema, path),
    ...(Array.isArray(value) ? repeated(value, schema, path) : []),
  ]
}

/**
 * What a structural schema has against an object, in the words of a real server (kube-openapi `validation/validate`,
 * apiextensions-apiserver `pkg/apiserver/validation`). Rules in CEL are not evaluated.
 */
export const schemaErrors = (object: Json, schema: Structural): readonly FieldError[] => [
  ...objectErrors(object, schema, "", true),
  ...logicErrors(object, schema, ""),
]
