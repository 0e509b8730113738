import { readFileSync } from "node:fs"
import { isNode, LineCounter, parseDocument } from "yaml"
import type { z } from "zod"

/** A file that cannot be judged: it is missing, or not what its name promises. `line` counts from 1. */
export class CaseFileError extends Error {
  readonly path: string
  readonly line: number | undefined

  constructor(path: string, line: number | undefined, message: string) {
    super(`${path}${line === undefined ? "" : `:${line}`}: ${message}`)
    this.name = "CaseFileError"
    this.path = path
    this.line = line
  }
}

type Path = readonly PropertyKey[]

export const readText = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    throw new CaseFileError(path, undefined, error instanceof Error ? error.message : String(error))
  }
}

const lastLine = (text: string): number => text.trimEnd().split("\n").length

const parseJson = (path: string, text: string, firstLine: number): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const line = /\(line (\d+) column \d+\)/.exec(message)?.[1]
    throw new CaseFileError(path, firstLine - 1 + (line === undefined ? lastLine(text) : Number(line)), message)
  }
}

/** The line of the deepest part of a JSON or YAML text that the path reaches. Reads the text anew: for errors only. */
const lineOf = (text: string, path: Path): number => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

const pathText = (path: Path): string =>
  path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("") || "the whole"

/** `problem` is what is wrong at `path` within the JSON value that starts on `firstLine`. */
const shapeError = (file: string, text: string, firstLine: number, path: Path, problem: string): CaseFileError =>
  new CaseFileError(file, firstLine - 1 + lineOf(text, path), `${pathText(path).replace(/^\./, "")}: ${problem}`)

const parseShape = <T>(file: string, text: string, firstLine: number, schema: z.ZodType<T>): T => {
  const parsed = schema.safeParse(parseJson(file, text, firstLine))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw shapeError(file, text, firstLine, issue?.path ?? [], issue?.message ?? "is not as it should be")
}

/** A JSON file of one shape. */
export const readJson = <T>(file: string, schema: z.ZodType<T>): T => parseShape(file, readText(file), 1, schema)

interface Line {
  readonly text: string
  readonly number: number
}

/** Lines that are not empty, with their numbers. */
const linesOf = (text: string): readonly Line[] =>
  text
    .split("\n")
    .map((line, index) => ({ text: line, number: index + 1 }))
    .filter((line) => line.text.trim() !== "")

const parseLines = <T>(file: string, lines: readonly Line[], schema: z.ZodType<T>): readonly T[] =>
  lines.map(({ text, number }) => parseShape(file, text, number, schema))

/** A JSON lines file, all of one shape. Empty lines do not count. */
export const readLines = <T>(file: string, schema: z.ZodType<T>): readonly T[] =>
  parseLines(file, linesOf(readText(file)), schema)

/** A JSON lines file whose first line is of one shape and whose others are of another. */
export const readRecording = <M, R>(
  file: string,
  meta: z.ZodType<M>,
  row: z.ZodType<R>,
): { readonly meta: M; readonly rows: readonly R[] } => {
  const [first, ...others] = linesOf(readText(file))
  if (!first) throw new CaseFileError(file, 1, "the file is empty; its first line should be the meta line")
  return { meta: parseShape(file, first.text, first.number, meta), rows: parseLines(file, others, row) }
}

/** The same error for what only the engine can see: a problem at a path within a file that parsed. */
export const problemIn = (file: string, path: Path, problem: string): CaseFileError =>
  shapeError(file, readText(file), 1, path, problem)
