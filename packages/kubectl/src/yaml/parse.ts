import {
  type DocumentOptions,
  type ParseOptions as LibraryOptions,
  parseDocument,
  type ScalarTag,
  type SchemaOptions,
  type YAMLError,
} from "yaml"
import { isRecord, type JsonRecord } from "../json-value.ts"

export type ParsedYaml =
  | { readonly ok: true; readonly documents: readonly JsonRecord[] }
  | { readonly ok: false; readonly documents: readonly JsonRecord[]; readonly message: string }

interface Mistake {
  readonly words: string
  /** libyaml's scanner counts lines from one, its parser from nought. */
  readonly by: "scanner" | "parser"
  readonly position: number
}

const CANNOT_START = "found character that cannot start any token"

/** The library's finding in libyaml's words. */
const mistakeOf = (error: YAMLError, source: string): Mistake => {
  const [start, end] = error.pos
  const scanner = (words: string, position = start): Mistake => ({ words, by: "scanner", position })
  const parser = (words: string): Mistake => ({ words, by: "parser", position: start })
  switch (error.code) {
    case "TAB_AS_INDENT":
    case "BAD_SCALAR_START":
      return scanner(CANNOT_START)
    case "BLOCK_AS_IMPLICIT_KEY":
      return scanner("mapping values are not allowed in this context")
    case "MULTILINE_IMPLICIT_KEY":
      return scanner("mapping values are not allowed in this context", end)
    case "MISSING_CHAR":
      if (/quote/.test(error.message)) return scanner("found unexpected end of stream")
      if (/implicit map/i.test(error.message)) return scanner("could not find expected ':'")
      return parser(`did not find expected ',' or '${error.message.includes("]") ? "]" : "}"}'`)
    case "BAD_INDENT":
      if (/^Flow/.test(error.message))
        return parser(`did not find expected ',' or '${/end with a \]/.test(error.message) ? "]" : "}"}'`)
      return parser("did not find expected key")
    case "BAD_DQ_ESCAPE":
      return scanner("found unknown escape character")
    case "UNEXPECTED_TOKEN":
      return source.slice(Math.max(0, start - 1), end).includes("\t")
        ? scanner(CANNOT_START)
        : parser("did not find expected key")
    default:
      return parser("did not find expected node content")
  }
}

const lineOf = (source: string, { by, position }: Mistake): string => {
  const line = source.slice(0, position).split("\n").length - (by === "parser" ? 1 : 0)
  return line === 0 ? "" : `line ${line}: `
}

const plainJson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value === "bigint") return Number(value)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, child]) => [key === null ? "null" : String(key), plainJson(child)]))
  return value
}

type ParseOptions = LibraryOptions & DocumentOptions & SchemaOptions
type CustomTags = Extract<NonNullable<ParseOptions["customTags"]>, (...args: never) => unknown>
type AnyTag = ReturnType<CustomTags>[number]

/** The base-60 numbers, times and collections of YAML 1.1 that sigs.k8s.io/yaml leaves as they are written. */
const isOddTag = (tag: AnyTag): boolean =>
  typeof tag === "string"
    ? /timestamp|Time$|binary|omap|pairs|set/.test(tag)
    : ("format" in tag && tag.format === "TIME") || /timestamp|binary|omap|pairs|set$/.test(tag.tag)

/** go-yaml's decimals: a lone dot and a lone exponent are texts. */
const DECIMAL = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)$/
const EXPONENT = /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)[eE][-+]?[0-9]+$/

const isScalar = (tag: AnyTag): tag is ScalarTag => typeof tag !== "string" && "test" in tag

const withGoFloats = (tag: AnyTag): AnyTag => {
  if (!isScalar(tag) || !tag.tag.endsWith(":float")) return tag
  if (tag.format === "EXP") return { ...tag, test: EXPONENT }
  return tag.test?.test("1.5") ? { ...tag, test: DECIMAL } : tag
}

/** One document as sigs.k8s.io/yaml reads it: YAML 1.1 booleans, but times and base-60 numbers stay strings. */
const parseOne = (source: string): { readonly value: unknown } | { readonly message: string } => {
  const document = parseDocument(source, {
    version: "1.1",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    merge: true,
    customTags: (tags) => tags.filter((tag) => !isOddTag(tag)).map(withGoFloats),
  })
  const error = document.errors.find(({ code }) => code === "MULTILINE_IMPLICIT_KEY") ?? document.errors[0]
  if (error) {
    const mistake = mistakeOf(error, source)
    return { message: `yaml: ${lineOf(source, mistake)}${mistake.words}` }
  }
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
