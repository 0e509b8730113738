import { isJson } from "../json-object.ts"
import type { FieldSchema } from "./field-schema.ts"
import { pathText } from "./field-set.ts"
import { itemElement, memberSchema } from "./path-element.ts"

/** A value as Go's %v prints it. */
const plain = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(plain).join(" ")}]`
  if (!isJson(value)) return value === null || value === undefined ? "<nil>" : String(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, each]) => `${key}:${plain(each)}`).join(" ")}]`
}

/** A value as Go's %#v prints it. */
const syntax = (value: unknown): string => {
  if (Array.isArray(value)) return `[]interface {}{${value.map(syntax).join(", ")}}`
  if (typeof value === "string") return JSON.stringify(value)
  if (!isJson(value)) return plain(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[string]interface {}{${entries.map(([key, each]) => `${JSON.stringify(key)}:${syntax(each)}`).join(", ")}}`
}

const goType = (value: unknown): string => {
  if (Array.isArray(value)) return "[]interface {}"
  if (isJson(value)) return "map[string]interface {}"
  return typeof value === "boolean" ? "bool" : typeof value
}

const scalarProblem = (value: unknown, scalar: string): string | undefined => {
  if (scalar === "numeric" && typeof value !== "number") return `expected numeric (int or float), got ${goType(value)}`
  if (scalar === "string" && typeof value !== "string")
    return `expected string, got &value.valueUnstructured{Value:${syntax(value)}}`
  if (scalar === "boolean" && typeof value !== "boolean") return `expected boolean, got &{${plain(value)}}`
  return undefined
}

const keyNames = (schema: Extract<FieldSchema, { readonly kind: "keyed-list" }>, item: unknown): string | undefined =>
  schema.keys.find(({ name, fallback }) => fallback === undefined && (!isJson(item) || (item[name] ?? null) === null))
    ?.name

const listProblems = (
  list: readonly unknown[],
  schema: Extract<FieldSchema, { readonly kind: "set" | "keyed-list" }>,
  path: readonly string[],
): readonly string[] => {
  const seen = new Set<string>()
  return list.flatMap((item, index) => {
    const element = itemElement(schema, item)
    if (element === undefined) {
      const missing = schema.kind === "keyed-list" ? keyNames(schema, item) : ""
      return [
        `${pathText(path)}: element ${index}: associative list with keys has an element that omits key field ${JSON.stringify(missing)} (and doesn't have default value)`,
      ]
    }
    if (seen.has(element)) return [`${pathText(path)}: duplicate entries for key ${pathText([element])}`]
    seen.add(element)
    return typedErrors(item, schema.item(), [...path, element])
  })
}

/** Why a configuration is none of its kind, in the words of upstream's typed values; paths as in conflicts. */
export const typedErrors = (value: unknown, schema: FieldSchema, path: readonly string[] = []): readonly string[] => {
  if (value === null || value === undefined) return []
  const at = pathText(path)
  switch (schema.kind) {
    case "scalar": {
      const problem = scalarProblem(value, schema.scalar)
      return problem === undefined ? [] : [`${at}: ${problem}`]
    }
    case "struct":
    case "map":
      if (!isJson(value)) return [`${at}: expected map, got &{${plain(value)}}`]
      return Object.keys(value)
        .sort()
        .flatMap((key) => {
          const inner = memberSchema(schema, key)
          const below = [...path, `f:${key}`]
          return inner ? typedErrors(value[key], inner, below) : [`${pathText(below)}: field not declared in schema`]
        })
    case "atomic-list":
      if (!Array.isArray(value)) return [`${at}: expected list, got &{${plain(value)}}`]
      return value.flatMap((item, index) => typedErrors(item, schema.item(), [...path, `i:${index}`]))
    default:
      return Array.isArray(value) ? listProblems(value, schema, path) : [`${at}: expected list, got &{${plain(value)}}`]
  }
}
