import { offsetOf } from "@pilotage/lab-kit"
import { type Document, LineCounter, parseAllDocuments, type ScalarTag } from "yaml"
import type { SourceError } from "./source-error.ts"

/** One document of a file. `lineOf`: where the value at a path, or the nearest thing above it that is there, stands. */
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined
}

export interface ReadDocuments {
  readonly documents: readonly SourceDocument[]
  readonly errors: readonly SourceError[]
}

/** kubectl reads YAML 1.1's words for true and false, but leaves its times and base-60 numbers alone. */
const yesAndNo: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:[yY]|yes|Yes|YES|on|On|ON|[nN]|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|on)/i.test(text),
}

/** All documents of a YAML text; empty ones are left out. Either every mistake, one per document, or none. */
export const yamlDocuments = (file: string, text: string): ReadDocuments => {
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    version: "1.2",
    merge: true,
    logLevel: "silent",
    customTags: [yesAndNo],
  })
  const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : []
  const fix = text.includes("{{")
    ? "A template must be filled in first: helm template CHART | pilotage trace -f - …"
    : "Repair the YAML at this place."
  const errors = documents.flatMap((document) =>
    // What follows the first mistake in a document is mostly its consequence.
    document.errors.slice(0, 1).map((error): SourceError => {
      const { line, col } = lines.linePos(error.pos[0])
      const [message = error.message] = error.message.split(/ at line \d+/)
      return { file, line, column: col, message, fix }
    }),
  )
  if (errors.length > 0) return { documents: [], errors }
  return {
    errors,
    documents: documents.flatMap((document) => {
      const value: unknown = document.toJS()
      if (value === null || value === undefined) return []
      return [{ file, value, lineOf: (path) => lines.linePos(offsetOf(document, path)).line }]
    }),
  }
}
