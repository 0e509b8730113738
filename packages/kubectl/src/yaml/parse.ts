import { parseDocument, type YAMLError } from "yaml"
import { isRecord, type JsonRecord } from "../json-value.ts"

export type ParsedYaml =
  | { readonly ok: true; readonly documents: readonly JsonRecord[] }
  | { readonly ok: false; readonly documents: readonly JsonRecord[]; readonly message: string }

/** The library's codes in libyaml's words. */
const wordsOf = (error: YAMLError, source: string): string => {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "found character that cannot start any token"
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return "mapping values are not allowed in this context"
    case "BAD_INDENT":
    case "BAD_COLLECTION_TYPE":
    case "BLOCK_IN_FLOW":
      return "did not find expected key"
    case "MISSING_CHAR": {
      const quote = /[^\\]["']/.test(error.message) || /quote/.test(error.message)
      if (quote) return "found unexpected end of stream"
      if (/implicit map/.test(error.message)) return "could not find expected ':'"
      return source[error.pos[0] - 1] === "[" || /\]/.test(error.message)
        ? "did not find expected ',' or ']'"
        : "did not find expected ',' or '}'"
    }
    case "BAD_ALIAS":
      return "unknown anchor referenced"
    case "BAD_DQ_ESCAPE":
      return "found unknown escape character"
    case "BAD_SCALAR_START":
      return "found character that cannot start any token"
    case "UNEXPECTED_TOKEN":
      return /\t/.test(source.slice(error.pos[0] - 1, error.pos[1]))
        ? "found character that cannot start any token"
        : "did not find expected key"
    default:
      return "did not find expected node content"
  }
}

const lineOf = (source: string, position: number): number => source.slice(0, position).split("\n").length

const plainJson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value === "bigint") return Number(value)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, child]) => [key === null ? "null" : String(key), plainJson(child)]))
  return value
}

const withoutOddTags = ["timestamp", "intTime", "floatTime", "binary", "omap", "pairs", "set"]

/** One document as sigs.k8s.io/yaml reads it: YAML 1.1 booleans, but times and base-60 numbers stay strings. */
const parseOne = (source: string): { readonly value: unknown } | { readonly message: string } => {
  const document = parseDocument(source, {
    version: "1.1",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    merge: true,
    customTags: (tags) =>
      tags.filter((tag) => {
        if (typeof tag === "string") return !withoutOddTags.includes(tag)
        const format = "format" in tag ? tag.format : undefined
        return format !== "TIME" && !/timestamp|binary|omap|pairs|set$/.test(tag.tag)
      }),
  })
  const error = document.errors[0]
  if (error) return { message: `yaml: line ${lineOf(source, error.pos[0])}: ${wordsOf(error, source)}` }
  return { value: plainJson(document.toJS({ mapAsMap: true })) }
}

const documentsIn = (source: string): readonly string[] => source.split(/^---(?=[ \t]|$)[ \t]*/m)

const isBlank = (source: string): boolean => source.split("\n").every((line) => /^\s*(#.*)?$/.test(line))

/**
 * All documents of a manifest, empty ones left out. A mistake ends the reading: the documents before it are given with
 * the message in kubectl's words, its line counted in its own document.
 */
export const parseManifest = (source: string): ParsedYaml => {
  const documents: JsonRecord[] = []
  for (const part of documentsIn(source.replaceAll("\r\n", "\n"))) {
    if (isBlank(part)) continue
    const parsed = parseOne(part.startsWith("\n") ? part.slice(1) : part)
    if ("message" in parsed)
      return { ok: false, documents, message: `error converting YAML to JSON: ${parsed.message}` }
    if (parsed.value === null || parsed.value === undefined) continue
    if (!isRecord(parsed.value))
      return {
        ok: false,
        documents,
        message: `couldn't get version/kind; json parse error: json: cannot unmarshal ${
          Array.isArray(parsed.value) ? "array" : typeof parsed.value
        } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
      }
    documents.push(parsed.value)
  }
  return { ok: true, documents }
}
