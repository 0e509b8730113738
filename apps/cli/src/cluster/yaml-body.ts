import { err, type JsonValue, ok, type Result } from "@pilotage/kube-model"
import { parseDocument } from "yaml"
import { yesAndNo } from "../sources/yaml-documents.ts"

/** Aliases may make a value this much larger than the text; kubectl writes none. */
const MAX_ALIASES = 100

const isPlainJson = (value: unknown): value is JsonValue => {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true
  if (typeof value === "number") return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isPlainJson)
  return typeof value === "object" && Object.values(value).every(isPlainJson)
}

/** The one document of a YAML body as a value, or what is wrong with it. */
export const parseYamlBody = (text: string): Result<JsonValue, string> => {
  try {
    const document = parseDocument(text, { version: "1.2", merge: true, logLevel: "silent", customTags: [yesAndNo] })
    const [mistake] = document.errors
    if (mistake) return err(`error converting YAML to JSON: yaml: ${mistake.message.split("\n")[0]?.replace(/:$/, "")}`)
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    return isPlainJson(value) ? ok(value) : err("error converting YAML to JSON: a value is no JSON")
  } catch (cause) {
    // Too many aliases, or nested deeper than the stack.
    return err(`error converting YAML to JSON: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
