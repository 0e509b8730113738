import { isRecord } from "./json-value.ts"

/** Go's %q for the texts that occur in messages. */
export const goQuote = (text: string): string => JSON.stringify(text)

const ESCAPES: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
}

const byCodePoint = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort(byCodePoint)
      .filter((key) => value[key] !== undefined)
      .map((key) => [key, sorted(value[key])]),
  )
}

/**
 * JSON as Go's encoder writes a map: keys sorted, `<`, `>` and `&` escaped. `indent` is the width of a level; 0 writes
 * one line.
 */
export const goJson = (value: unknown, indent = 0): string =>
  JSON.stringify(sorted(value), null, indent).replace(/[<>&\u2028\u2029]/g, (char) => ESCAPES[char] ?? char)
