import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"

/** A document of OpenAPI version 3, as far as `explain` reads it. */
export interface SchemaDocument {
  /** The schema that is named by a reference; undefined when there is none of that name. */
  readonly named: (reference: string) => JsonRecord | undefined
  /** The schema of a kind. */
  readonly ofKind: (group: string, version: string, kind: string) => JsonRecord | undefined
}

export const schemaDocument = (document: unknown): SchemaDocument => {
  const schemas = at(document, "components", "schemas")
  const all = isRecord(schemas) ? schemas : {}
  const named = (reference: string): JsonRecord | undefined => {
    const schema = at(all, reference.replace("#/components/schemas/", ""))
    return isRecord(schema) ? schema : undefined
  }
  return {
    named,
    ofKind: (group, version, kind) =>
      Object.values(all)
        .filter(isRecord)
        .find((schema) =>
          records(schema["x-kubernetes-group-version-kind"]).some(
            (each) => each.group === group && each.version === version && each.kind === kind,
          ),
        ),
  }
}

/** The reference in a schema, bare or beside other things. */
const referenceOf = (schema: JsonRecord): string => text(schema.$ref) || text(records(schema.allOf)[0]?.$ref)

/** Schemas that say more of one: that which it names, its items, its values. */
const innerOf = (document: SchemaDocument, schema: JsonRecord): readonly JsonRecord[] =>
  [document.named(referenceOf(schema)), schema.items, schema.additionalProperties].filter(isRecord)

/** The fields of a schema, of the items of a list, of the values of a map. */
export const fieldsOf = (document: SchemaDocument, schema: JsonRecord): JsonRecord => {
  if (isRecord(schema.properties)) return schema.properties
  for (const inner of innerOf(document, schema)) {
    const fields = fieldsOf(document, inner)
    if (Object.keys(fields).length > 0) return fields
  }
  return {}
}

/** Names of the fields that have to be there. */
export const requiredOf = (document: SchemaDocument, schema: JsonRecord): readonly string[] => {
  if (Array.isArray(schema.required)) return schema.required.map(String)
  return isRecord(schema.properties) ? [] : innerOf(document, schema).flatMap((inner) => requiredOf(document, inner))
}

/** `string`, `[]ServicePort`, `map[string]string`, `Object`. A type that is one plain value has the name of that. */
export const typeName = (document: SchemaDocument, schema: JsonRecord): string => {
  const reference = referenceOf(schema)
  if (reference !== "") {
    const type = text(document.named(reference)?.type)
    return type === "" || type === "object" ? reference.slice(reference.lastIndexOf(".") + 1) : type
  }
  if (isRecord(schema.items)) return `[]${typeName(document, schema.items)}`
  if (isRecord(schema.additionalProperties)) return `map[string]${typeName(document, schema.additionalProperties)}`
  const type = text(schema.type)
  return type === "object" ? "Object" : type
}

/** All that is said of a schema, a line or more for each that has something to say. */
export const descriptionOf = (document: SchemaDocument, schema: JsonRecord): string => {
  const own = text(schema.description)
  const inner = innerOf(document, schema).map((each) => descriptionOf(document, each))
  return `${own === "" ? "" : `${own}\n`}${inner.join("")}`
}

/** The values of a schema as they are shown. */
export const enumOf = (schema: JsonRecord): readonly string[] =>
  Array.isArray(schema.enum) ? schema.enum.map((value) => (value === "" ? `""` : String(value))) : []
