import { err, type JsonValue, ok, type Result } from "@pilotage/kube-model"

/** Kubernetes' own clients write none. */
const MAX_ALIASES = 100
/** Values in one body: more than a MiB of text can name without aliases. */
const MAX_VALUES = 600_000

const plainJson = (value: unknown): value is JsonValue => {
  let left = MAX_VALUES
  const isPlain = (each: unknown): boolean => {
    left -= 1
    if (left < 0) return false
    if (each === null || typeof each === "string" || typeof each === "boolean") return true
    if (typeof each === "number") return Number.isFinite(each)
    return typeof each === "object" && Object.values(each).every(isPlain)
  }
  return isPlain(value)
}

/**
 * The one document of a YAML body as a value, or what is wrong with it. Whatever the text is, it takes time in proportion
 * to its length: js-yaml knows depths, aliases and merges without end. YAML 1.1's words for true and false count.
 */
export const parseYamlBody = async (text: string): Promise<Result<JsonValue, string>> => {
  const { boolYaml11Tag, CORE_SCHEMA, load, mergeTag } = await import("js-yaml")
  try {
    const schema = CORE_SCHEMA.withTags(boolYaml11Tag, mergeTag)
    const value = load(text, { schema, maxAliases: MAX_ALIASES })
    return plainJson(value) ? ok(value) : err("error converting YAML to JSON: a value is no JSON")
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause)
    return err(`error converting YAML to JSON: yaml: ${message}`)
  }
}
