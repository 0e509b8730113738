import { plainError } from "../failure.ts"

/** A template's nodes (client-go util/jsonpath). */
export type Step =
  | { readonly kind: "field"; readonly name: string }
  | {
      readonly kind: "index"
      readonly from?: number
      readonly to?: number
      readonly step: number
      readonly single: boolean
    }
  | { readonly kind: "wildcard" }
  | { readonly kind: "recursive" }
  | { readonly kind: "union"; readonly paths: readonly (readonly Step[])[] }
  | { readonly kind: "filter"; readonly left: Operand; readonly operator: string; readonly right: Operand | undefined }

export type Operand =
  | { readonly kind: "value"; readonly value: string | number | boolean }
  | { readonly kind: "path"; readonly fromRoot: boolean; readonly steps: readonly Step[] }

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "path"; readonly fromRoot: boolean; readonly steps: readonly Step[] }
  | { readonly kind: "range"; readonly steps: readonly Step[]; readonly body: readonly Node[] }

const unquoted = (quoted: string): string =>
  quoted.replace(/\\(.)/g, (_, char: string) => ({ n: "\n", t: "\t", r: "\r" })[char] ?? char)

const parseOperand = (source: string): Operand => {
  const text = source.trim()
  const quoted = /^"((?:[^"\\]|\\.)*)"$|^'((?:[^'\\]|\\.)*)'$/.exec(text)
  if (quoted) return { kind: "value", value: unquoted(quoted[1] ?? quoted[2] ?? "") }
  if (/^[-+]?\d+(\.\d+)?$/.test(text)) return { kind: "value", value: Number(text) }
  if (text === "true" || text === "false") return { kind: "value", value: text === "true" }
  return { kind: "path", fromRoot: text.startsWith("$"), steps: parseSteps(text.replace(/^[@$]/, "")) }
}

const parseFilter = (source: string): Step => {
  let quote = ""
  for (let index = 0; index < source.length; index += 1) {
    const char = source[index] ?? ""
    if (quote !== "") {
      if (char === "\\") index += 1
      else if (char === quote) quote = ""
      continue
    }
    if (char === '"' || char === "'") quote = char
    const operator = /^(==|!=|<=|>=|<|>)/.exec(source.slice(index))?.[0]
    if (operator)
      return {
        kind: "filter",
        left: parseOperand(source.slice(0, index)),
        operator,
        right: parseOperand(source.slice(index + operator.length)),
      }
  }
  return { kind: "filter", left: parseOperand(source), operator: "exists", right: undefined }
}

/** Where the bracket that opens at `start` closes; quotes and nested brackets are skipped. */
const closing = (source: string, start: number): number => {
  let depth = 0
  let quote = ""
  for (let index = start; index < source.length; index += 1) {
    const char = source[index] ?? ""
    if (quote !== "") {
      if (char === "\\") index += 1
      else if (char === quote) quote = ""
    } else if (char === '"' || char === "'") quote = char
    else if (char === "[" || char === "(") depth += 1
    else if (char === "]" || char === ")") {
      depth -= 1
      if (depth === 0) return index
    }
  }
  throw plainError("unterminated array")
}

const parseBracket = (inside: string): Step => {
  const source = inside.trim()
  if (source === "*") return { kind: "wildcard" }
  if (source.startsWith("?(")) return parseFilter(source.slice(2, -1))
  if (/^'[^']*'$|^"[^"]*"$/.test(source)) return { kind: "field", name: unquoted(source.slice(1, -1)) }
  const parts = source.split(",").map((part) => part.trim())
  if (parts.length > 1) return { kind: "union", paths: parts.map((part) => [parseBracket(part)]) }
  const slice = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/.exec(source)
  if (!slice || source === "") throw plainError(`invalid array index ${source}`)
  return {
    kind: "index",
    single: !source.includes(":"),
    step: slice[3] ? Number(slice[3]) : 1,
    ...(slice[1] ? { from: Number(slice[1]) } : {}),
    ...(slice[2] ? { to: Number(slice[2]) } : {}),
  }
}

/** `.spec.ports[0].name`, `..name`, `.metadata.labels['a/b']`, `.items[?(@.x=="y")]`. */
export const parseSteps = (source: string): readonly Step[] => {
  const steps: Step[] = []
  let index = 0
  while (index < source.length) {
    const char = source[index]
    if (source.startsWith("..", index)) {
      steps.push({ kind: "recursive" })
      index += source[index + 2] === "[" ? 2 : 1
    } else if (char === "[") {
      const end = closing(source, index)
      steps.push(parseBracket(source.slice(index + 1, end)))
      index = end + 1
    } else if (char === ".") {
      const name = /^(?:[^.[\]\\\s]|\\.)*/.exec(source.slice(index + 1))?.[0] ?? ""
      index += 1 + name.length
      if (name === "*") steps.push({ kind: "wildcard" })
      else if (name !== "") steps.push({ kind: "field", name: name.replace(/\\(.)/g, "$1") })
    } else if (char === " ") index += 1
    else
      throw plainError(
        `unrecognized character in action: U+${source.codePointAt(index)?.toString(16).toUpperCase().padStart(4, "0")} '${char}'`,
      )
  }
  return steps
}

const actionEnd = (source: string, start: number): number => {
  let quote = ""
  for (let index = start; index < source.length; index += 1) {
    const char = source[index] ?? ""
    if (quote !== "") {
      if (char === "\\") index += 1
      else if (char === quote) quote = ""
    } else if (char === '"' || char === "'") quote = char
    else if (char === "}") return index
  }
  return -1
}

const splitTemplate = (template: string): readonly { readonly action: boolean; readonly source: string }[] => {
  const parts: { action: boolean; source: string }[] = []
  let index = 0
  while (index < template.length) {
    const open = template.indexOf("{", index)
    if (open < 0) {
      parts.push({ action: false, source: template.slice(index) })
      break
    }
    if (open > index) parts.push({ action: false, source: template.slice(index, open) })
    const close = actionEnd(template, open + 1)
    if (close < 0) throw plainError(`error parsing jsonpath ${template}, unclosed action`)
    parts.push({ action: true, source: template.slice(open + 1, close).trim() })
    index = close + 1
  }
  return parts
}

/** Parses a whole template: text, `{.path}`, `{"text"}`, `{range .items[*]}…{end}`. */
export const parseTemplate = (template: string): readonly Node[] => {
  const root: Node[] = []
  const open: { readonly steps: readonly Step[]; readonly body: Node[] }[] = []
  for (const { action, source } of splitTemplate(template)) {
    const target = open.at(-1)?.body ?? root
    if (!action) target.push({ kind: "text", text: source })
    else if (source === "end") {
      const range = open.pop()
      if (!range) throw plainError(`error parsing jsonpath ${template}, not in range, nothing to end`)
      ;(open.at(-1)?.body ?? root).push({ kind: "range", steps: range.steps, body: range.body })
    } else if (/^range\s/.test(source))
      open.push({ steps: parseSteps(source.slice(5).trim().replace(/^[@$]/, "")), body: [] })
    else if (/^["']/.test(source)) target.push({ kind: "text", text: unquoted(source.slice(1, -1)) })
    else target.push({ kind: "path", fromRoot: source.startsWith("$"), steps: parseSteps(source.replace(/^[@$]/, "")) })
  }
  if (open.length > 0) throw plainError(`error parsing jsonpath ${template}, unclosed range`)
  return root
}
