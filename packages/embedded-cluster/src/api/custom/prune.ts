import { isJson, type Json } from "../json-object.ts"
import { isEmbedded, itemSchema, keepsUnknown, type Structural, schemaAt, valueSchema } from "./structural.ts"

export interface Pruned {
  readonly value: Json
  /** `spec.parts[0].zz` */
  readonly unknown: readonly string[]
}

/** What every object says of itself, whatever its schema names. */
const OWN: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"])

/**
 * An object without the fields that its schema does not name, and without nulls where the schema allows none
 * (apiextensions-apiserver `pkg/apiserver/schema/pruning` and `defaulting`).
 */
export const prune = (object: Json, schema: Structural): Pruned => {
  const unknown: string[] = []
  const any = (value: unknown, of: Structural, path: string): unknown => {
    if (Array.isArray(value)) {
      const items = itemSchema(of)
      return items ? value.map((each, index) => any(each, items, `${path}[${index}]`)) : value
    }
    return isJson(value) ? fields(value, of, path, isEmbedded(of)) : value
  }
  const fields = (value: Json, of: Structural, path: string, isWhole: boolean): Json => {
    const values = valueSchema(of)
    const kept: [string, unknown][] = []
    for (const [key, inner] of Object.entries(value)) {
      const at = path === "" ? key : `${path}.${key}`
      const known = schemaAt(of, key)
      const next = known ?? (values === true ? undefined : values)
      if (isWhole && OWN.has(key)) kept.push([key, inner])
      else if (next) {
        if (inner !== null || next.nullable === true) kept.push([key, any(inner, next, at)])
      } else if (values === true || keepsUnknown(of)) kept.push([key, inner])
      else unknown.push(at)
    }
    return Object.fromEntries(kept)
  }
  return { value: fields(object, schema, "", true), unknown }
}
