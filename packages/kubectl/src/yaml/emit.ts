import { isRecord } from "../json-value.ts"
import { readsAsOther } from "./resolve.ts"

const isLetter = (char: string): boolean => /\p{L}/u.test(char)
const isDigit = (char: string | undefined): boolean => char !== undefined && /[0-9]/.test(char)

/** Order of map keys: letters by code, numbers by value (go-yaml v2 `keyList.Less`). */
const compareKeys = (left: string, right: string): number => {
  const a = [...left]
  const b = [...right]
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const x = a[index] ?? ""
    const y = b[index] ?? ""
    if (x === y) continue
    if (isLetter(x) && isLetter(y)) return x < y ? -1 : 1
    if (isLetter(x) || isLetter(y)) return isLetter(y) ? -1 : 1
    let start = index
    while (start > 0 && isDigit(a[start - 1])) start -= 1
    if (isDigit(x) && isDigit(y)) {
      const numberAt = (text: string[]): number => Number(/^\d+/.exec(text.slice(start).join(""))?.[0] ?? "0")
      if (numberAt(a) !== numberAt(b)) return numberAt(a) - numberAt(b)
    }
    return x < y ? -1 : 1
  }
  return a.length - b.length
}

// biome's control character rule is met by building the class from code points.
const NOT_PRINTABLE = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(8)}${String.fromCharCode(11)}-${String.fromCharCode(31)}${String.fromCharCode(127)}\u0080-\u0084\u0086-\u009f\ufeff]`,
)

const plainAllowed = (text: string): boolean =>
  !readsAsOther(text) &&
  !/^[\s#,[\]{}&*!|>'"%@`]/.test(text) &&
  !/^[-?:](\s|$)/.test(text) &&
  !/^(---|\.\.\.)/.test(text) &&
  !/:(\s|$)/.test(text) &&
  !/\s#/.test(text) &&
  !/\s$/.test(text) &&
  !/[\t\n]/.test(text) &&
  !NOT_PRINTABLE.test(text)

const doubleQuoted = (text: string): string =>
  JSON.stringify(text)
    .replace(/\\u00([0-9a-f]{2})/g, (_, hex: string) =>
      hex === "1b" ? "\\e" : hex === "00" ? "\\0" : `\\x${hex.toUpperCase()}`,
    )
    .replace(/[\u0080-\u0084\u0086-\u009f\ufeff]/g, (char) =>
      char === "\ufeff" ? "\\uFEFF" : `\\x${char.charCodeAt(0).toString(16).toUpperCase()}`,
    )

const literalAllowed = (text: string): boolean => !NOT_PRINTABLE.test(text) && !/ \n/.test(text) && !/ $/.test(text)

const literal = (text: string, indent: string): string => {
  const hint = /^[ \n]/.test(text) ? "2" : ""
  const chomp = text.endsWith("\n\n") || text === "\n" ? "+" : text.endsWith("\n") ? "" : "-"
  const lines = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n")
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : indent + line)).join("\n")}`
}

/** `indent` is that of a literal block's lines. */
const scalar = (value: unknown, indent: string): string => {
  if (value === null || value === undefined) return "null"
  if (typeof value !== "string") return String(value)
  if (value.includes("\n") && literalAllowed(value)) return literal(value, indent)
  if (plainAllowed(value)) return value
  // What YAML would misread gets double quotes; what only looks odd gets single ones.
  if (readsAsOther(value) || NOT_PRINTABLE.test(value) || /[\n\t]/.test(value)) return doubleQuoted(value)
  return `'${value.replaceAll("'", "''")}'`
}

const keyText = (key: string): string => (key.includes("\n") ? doubleQuoted(key) : scalar(key, ""))

const block = (value: unknown, indent: string): string => {
  if (Array.isArray(value)) {
    return value
      .map((item) => {
        if (isComposite(item)) return `${indent}- ${block(item, `${indent}  `).slice(indent.length + 2)}`
        return `${indent}- ${flat(item, `${indent}  `)}\n`
      })
      .join("")
  }
  if (!isRecord(value)) return `${indent}${flat(value, indent)}\n`
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(compareKeys)
    .map((key) => {
      const child = value[key]
      if (Array.isArray(child) && child.length > 0) return `${indent}${keyText(key)}:\n${block(child, indent)}`
      if (isComposite(child)) return `${indent}${keyText(key)}:\n${block(child, `${indent}  `)}`
      return `${indent}${keyText(key)}: ${flat(child, `${indent}  `)}\n`
    })
    .join("")
}

const isComposite = (value: unknown): boolean =>
  (Array.isArray(value) && value.length > 0) ||
  (isRecord(value) && Object.values(value).some((child) => child !== undefined))

const flat = (value: unknown, indent: string): string =>
  Array.isArray(value) ? "[]" : isRecord(value) ? "{}" : scalar(value, indent)

/** YAML as kubectl prints it (sigs.k8s.io/yaml): sorted keys, lists not indented, lines never folded. Ends in a line end. */
export const toYaml = (value: unknown): string => (isComposite(value) ? block(value, "") : `${flat(value, "  ")}\n`)
