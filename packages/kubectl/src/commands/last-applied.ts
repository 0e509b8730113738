import { goJson } from "../go-json.ts"
import { at, isRecord, type JsonRecord, withoutValue, withValue } from "../json-value.ts"

export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"

const ANNOTATION = ["metadata", "annotations", LAST_APPLIED]

/** The object with the annotation that remembers what was applied (kubectl util.CreateApplyAnnotation). */
export const withLastApplied = (object: JsonRecord): JsonRecord => {
  const bare = withoutValue(object, ANNOTATION)
  const annotations = at(bare, "metadata", "annotations")
  const remembered = withValue(bare, ["metadata", "annotations"], isRecord(annotations) ? annotations : {})
  return withValue(remembered, ANNOTATION, `${goJson(remembered)}\n`)
}

/** What was applied last; undefined when the object was made without apply. */
export const lastApplied = (object: JsonRecord): JsonRecord | undefined => {
  const text = at(object, ...ANNOTATION)
  if (typeof text !== "string") return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
