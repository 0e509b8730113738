import { isJson, type Json } from "../json-object.ts"
import { itemSchema, type Structural, valueSchema } from "./structural.ts"

const filled = (value: unknown, schema: Structural): unknown => {
  if (Array.isArray(value)) {
    const items = itemSchema(schema)
    return items ? value.map((each) => filled(each, items)) : value
  }
  return isJson(value) ? withSchemaDefaults(value, schema) : value
}

/** Fills in the defaults of a schema where nothing is given; what is filled in is filled in itself. */
export const withSchemaDefaults = (object: Json, schema: Structural): Json => {
  const properties = isJson(schema.properties) ? schema.properties : {}
  const values = valueSchema(schema)
  const missing = Object.entries(properties).flatMap(([key, of]) =>
    isJson(of) && of.default !== undefined && !Object.hasOwn(object, key) ? [[key, of.default] as const] : [],
  )
  const entries = [...Object.entries(object), ...missing].map(([key, value]) => {
    const of = Object.hasOwn(properties, key) ? properties[key] : values
    return [key, isJson(of) ? filled(value, of) : value] as const
  })
  return Object.fromEntries(entries)
}
