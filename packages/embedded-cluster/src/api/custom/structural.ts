import { isJson, type Json } from "../json-object.ts"

/** A structural schema (`openAPIV3Schema` of a version): what objects of a custom resource may look like. */
export type Structural = Json

export const schemaAt = (schema: Structural, key: string): Structural | undefined => {
  const properties = schema.properties
  const found = isJson(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
  return isJson(found) ? found : undefined
}

/** The schema of the values of a map; true: any value may stand there. */
export const valueSchema = ({ additionalProperties }: Structural): Structural | true | undefined =>
  additionalProperties === true || isJson(additionalProperties) ? additionalProperties : undefined

export const itemSchema = ({ items }: Structural): Structural | undefined => (isJson(items) ? items : undefined)

/** Fields that the schema does not name stay. */
export const keepsUnknown = (schema: Structural): boolean => schema["x-kubernetes-preserve-unknown-fields"] === true

/** The value is a whole object of some kind, with metadata of its own. */
export const isEmbedded = (schema: Structural): boolean => schema["x-kubernetes-embedded-resource"] === true
