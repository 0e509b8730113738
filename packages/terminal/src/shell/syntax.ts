import { type ParsedScript, parse, type Statement } from "unbash"
import { print as printScript } from "unbash/printer"

export type { Statement } from "unbash"

/** A statement as source text, without its `&`. */
export const print = (statement: Statement): string =>
  printScript({
    type: "Script",
    pos: 0,
    end: 0,
    shebang: undefined,
    commands: [{ ...statement, background: undefined }],
  }).trim()

export type Reading =
  | { readonly kind: "script"; readonly script: ParsedScript }
  /** More lines may complete it. */
  | { readonly kind: "unfinished"; readonly message: string }
  | { readonly kind: "wrong"; readonly message: string }

const UNFINISHED = /^(unterminated|expected ('.+' to close|command after|')|unclosed)/

const hasOpenHereDocument = (source: string, script: ParsedScript): boolean => {
  let open = false
  const look = (value: unknown): void => {
    if (open || typeof value !== "object" || value === null) return
    if ("type" in value && value.type === "HereDoc" && "closing" in value && value.closing === undefined) open = true
    if ("redirects" in value) look(value.redirects)
    for (const child of Object.values(value)) look(child)
  }
  if (source.includes("<<")) look(script.commands)
  return open
}

const endsWithBackslash = (source: string): boolean => /(^|[^\\])(\\\\)*\\$/.test(source)

/** Bash's words for what the parser found. */
const complaint = (message: string): string => {
  const quote = /^unterminated (single|double) quote/.exec(message)
  if (quote) return `unexpected EOF while looking for matching \`${quote[1] === "single" ? "'" : '"'}'`
  if (message.startsWith("unterminated")) return "unexpected EOF while looking for matching `)'"
  const token = /^unexpected token '(.*)'$/s.exec(message)
  if (token) return `syntax error near unexpected token \`${token[1]}'`
  return UNFINISHED.test(message) ? "syntax error: unexpected end of file" : `syntax error: ${message}`
}

/** Reads a line or a script. Nothing of it has run when it is wrong. */
export const read = (source: string): Reading => {
  const script = parse(source)
  const error = script.errors?.[0]
  if (error) {
    const wrong = script.errors?.find((each) => !UNFINISHED.test(each.message))
    if (wrong) return { kind: "wrong", message: complaint(wrong.message) }
    return { kind: "unfinished", message: complaint(error.message) }
  }
  if (endsWithBackslash(source)) return { kind: "unfinished", message: "syntax error: unexpected end of file" }
  return { kind: "script", script }
}

/** Does the prompt wait for more lines? */
export const isUnfinished = (source: string): boolean => {
  const reading = read(source)
  return reading.kind === "unfinished" || (reading.kind === "script" && hasOpenHereDocument(source, reading.script))
}
