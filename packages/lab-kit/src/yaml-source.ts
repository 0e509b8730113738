import { LineCounter, parseAllDocuments } from "yaml"
import type { LabError } from "./lab.ts"
import { offsetOf } from "./yaml-offset.ts"

/** A YAML document that still knows where each value stands in its file. */
export interface YamlSource {
  readonly file: string
  readonly value: unknown
  /** Where the value at a path, or the nearest thing above it that is there, begins. */
  readonly at: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number }
}

export interface YamlFile {
  readonly documents: readonly YamlSource[]
  readonly errors: readonly LabError[]
}

/** All documents of a file; empty ones are left out. Syntax errors come with their place. */
export const readYaml = (file: string, text: string): YamlFile => {
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: lines, version: "1.2", uniqueKeys: true })
  const documents = Array.isArray(parsed) ? parsed : []
  // What follows the first syntax error in a document is mostly its consequence.
  const errors = documents
    .flatMap((document) => document.errors.slice(0, 1))
    .map((error): LabError => {
      const place = lines.linePos(error.pos[0])
      const [message = error.message] = error.message.split(/ at line \d+/)
      return { file, path: "", line: place.line, column: place.col, message, fix: "Repair the YAML at this place." }
    })
  return {
    errors,
    documents: documents
      .filter((document) => document.contents !== null)
      .map((document) => ({
        file,
        value: document.toJS(),
        at: (path) => {
          const place = lines.linePos(offsetOf(document, path))
          return { line: place.line, column: place.col }
        },
      })),
  }
}
