import { parseDocument } from "yaml"
import type { SourceError } from "./source-error.ts"
import { type ReadDocuments, yamlDocuments } from "./yaml-documents.ts"

/** In the stream of `kubectl cluster-info dump` the logs of containers stand between the objects. */
const LOGS = /^==== START logs for [^\n]*\n[\s\S]*?^==== END logs for [^\n]*$/gm

const blankLines = (text: string): string => text.replace(/[^\n]/g, "")

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

/** JSON is YAML too, and the YAML reader knows where a mistake is. */
const jsonError = (file: string, text: string, start: number, end: number | undefined): SourceError => {
  const part = text.slice(start, end)
  const [mistake] = parseDocument(part, { schema: "json", prettyErrors: false, logLevel: "silent" }).errors
  const line = lineAt(text, start + (mistake?.pos[0] ?? part.trimEnd().length))
  return { file, line, message: `no JSON: ${mistake?.message ?? "it ends too early"}`, fix: "Repair the JSON here." }
}

/** JSON texts one after another, each beginning with a brace in the first column, as kubectl prints them. */
const jsonDocuments = (file: string, text: string): ReadDocuments => {
  const starts = [...text.matchAll(/^\{/gm)].map((match) => match.index)
  const read = starts.map((start, index): ReadDocuments => {
    try {
      const value: unknown = JSON.parse(text.slice(start, starts[index + 1]))
      return { documents: [{ file, value, lineOf: () => lineAt(text, start) }], errors: [] }
    } catch {
      return { documents: [], errors: [jsonError(file, text, start, starts[index + 1])] }
    }
  })
  return { documents: read.flatMap((each) => each.documents), errors: read.flatMap((each) => each.errors) }
}

/** The objects of a YAML, JSON or `cluster-info dump` text. */
export const textDocuments = (file: string, text: string): ReadDocuments => {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n")
  const withoutLogs = plain.includes("==== START logs for ") ? plain.replace(LOGS, blankLines) : plain
  if (!/^\s*\{/.test(withoutLogs) || !/^\{/m.test(withoutLogs)) return yamlDocuments(file, withoutLogs)
  const read = jsonDocuments(file, withoutLogs)
  if (read.errors.length === 0 || file.endsWith(".json")) return read
  // YAML too may begin with a brace.
  const asYaml = yamlDocuments(file, withoutLogs)
  return asYaml.errors.length === 0 ? asYaml : read
}
