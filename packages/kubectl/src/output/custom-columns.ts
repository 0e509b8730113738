import { plainError } from "../failure.ts"
import { isRecord } from "../json-value.ts"
import { compileRelaxedPath } from "./jsonpath.ts"

export interface CustomColumns {
  readonly header: string
  readonly row: (object: unknown) => string
}

/** As Go prints a value with %v: `map[app:web]`, `[80 81]`. */
const show = (value: unknown): string => {
  if (value === null) return "<nil>"
  if (Array.isArray(value)) return `[${value.map(show).join(" ")}]`
  if (!isRecord(value)) return String(value)
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${key}:${show(value[key])}`)
  return `map[${pairs.join(" ")}]`
}

/** `NAME:.metadata.name,IP:.status.podIP`; a line's cells have tabs between them. */
export const parseCustomColumns = (spec: string): CustomColumns => {
  if (spec === "") throw plainError("custom-columns format specified but no custom columns given")
  const columns = spec.split(",").map((part) => {
    const colon = part.indexOf(":")
    if (colon < 0) throw plainError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, colon), path: compileRelaxedPath(part.slice(colon + 1)) }
  })
  return {
    header: columns.map((column) => column.header).join("\t"),
    row: (object) =>
      columns
        .map(({ path }) => {
          const values = path(object)
          return values.length === 0 ? "<none>" : values.map(show).join(",")
        })
        .join("\t"),
  }
}
