import { err, ok, type Result } from "@pilotage/kube-model"

/** One term: `status.phase!=Running`. */
export interface FieldTerm {
  readonly field: string
  readonly isEqual: boolean
  readonly value: string
}

/** The parts between commas that no backslash stands before. */
const parts = (text: string): string[] => {
  const found: string[] = []
  let part = ""
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ""
    if (char === "\\" && at + 1 < text.length) {
      at += 1
      part += char + (text[at] ?? "")
    } else if (char === ",") {
      found.push(part)
      part = ""
    } else part += char
  }
  return [...found, part]
}

const TERM_OPERATORS = ["!=", "==", "="]

const splitTerm = (part: string): readonly [string, string, string] | undefined => {
  for (let at = 0; at < part.length; at += 1) {
    if (part[at] === "\\") {
      at += 1
      continue
    }
    const operator = TERM_OPERATORS.find((each) => part.startsWith(each, at))
    if (operator) return [part.slice(0, at), operator, part.slice(at + operator.length)]
  }
  return undefined
}

const unescaped = (value: string): Result<string, string> => {
  let out = ""
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at] ?? ""
    if (char !== "\\") {
      if (char === "," || char === "=")
        return err(`invalid field selector: unescaped character in value: ${char.charCodeAt(0)}`)
      out += char
      continue
    }
    at += 1
    const escaped = value[at] ?? ""
    if (escaped === "" || !"\\,=".includes(escaped))
      return err(`invalid field selector: invalid escape sequence: \\${escaped}`)
    out += escaped
  }
  return ok(out)
}

/** `metadata.name=web,status.phase!=Running` (apimachinery `fields.ParseSelector`); commas, `=` and `\` may be escaped by `\`. */
export const parseFieldSelector = (text: string): Result<readonly FieldTerm[], string> => {
  const terms: FieldTerm[] = []
  for (const part of parts(text)) {
    if (part === "") continue
    const split = splitTerm(part)
    if (!split) return err(`invalid selector: '${text}'; can't understand '${part}'`)
    const [field, operator, raw] = split
    const value = unescaped(raw)
    if (!value.ok) return value
    terms.push({ field, isEqual: operator !== "!=", value: value.value })
  }
  return ok(terms)
}
