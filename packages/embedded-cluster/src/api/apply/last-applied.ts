import { child, isJson, type Json, text, without } from "../json-object.ts"
import { parseJsonText } from "../json-text.ts"
import { fieldsOf } from "./applied-fields.ts"
import { compareObjects } from "./comparison.ts"
import type { FieldSchema } from "./field-schema.ts"
import { difference, EMPTY_SET, type FieldSet } from "./field-set.ts"

const ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"

const annotation = (object: unknown): string =>
  isJson(object) ? text(child(child(object, "metadata"), "annotations"), ANNOTATION) : ""

const withAnnotations = (object: Json, annotations: Json): Json => ({
  ...object,
  metadata: { ...child(object, "metadata"), annotations },
})

const sortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isJson(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sortedKeys(each)]))
}

/**
 * What `kubectl apply` noted on the live object, as far as the object still is so: these fields a server-side apply by
 * kubectl takes over without a conflict (apimachinery `managedfields/internal/lastappliedmanager.go`).
 */
export const takenOverFields = (live: object, schema: FieldSchema): FieldSet => {
  const noted = parseJsonText(annotation(live))
  const config = noted.ok ? noted.value.value : undefined
  if (!isJson(config)) return EMPTY_SET
  const { added, modified, removed } = compareObjects(config, live, schema)
  return [added, modified, removed].reduce((left, gone) => difference(left, gone), fieldsOf(config, schema))
}

/** Keeps kubectl's note up to date on an object that has one, so that client-side apply can go on from there. */
export const withNotedConfig = (object: object, config: Json): object => {
  if (!isJson(object) || annotation(object) === "") return object
  const given = child(child(config, "metadata"), "annotations")
  const bare = annotation(config) === "" ? config : withAnnotations(config, without(given, ANNOTATION))
  const note = `${JSON.stringify(sortedKeys(bare))}\n`
  return withAnnotations(object, { ...child(child(object, "metadata"), "annotations"), [ANNOTATION]: note })
}
