import { done } from "../shell/completion.ts"
import type { Builtin } from "./builtin.ts"

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  v: "\v",
  "\\": "\\",
}

/** `\n`, `\t`, `\033`, `\x1b`…; `\c` ends the output. */
export const unescapeText = (text: string): { readonly text: string; readonly ends: boolean } => {
  const cut = /(^|[^\\])(\\\\)*\\c/.exec(text)
  const body = cut ? text.slice(0, cut.index + cut[0].length - 2) : text
  const unescaped = body.replace(
    /\\(?:0?([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/g,
    (whole, octal: string | undefined, hex: string | undefined, letter: string | undefined) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      return ESCAPES[letter ?? ""] ?? whole
    },
  )
  return { text: unescaped, ends: cut !== null }
}

export const echo: Builtin = async (scope, args) => {
  let index = 0
  let newline = true
  let escapes = false
  for (; /^-[neE]+$/.test(args[index] ?? ""); index += 1)
    for (const letter of (args[index] ?? "").slice(1)) {
      if (letter === "n") newline = false
      else escapes = letter === "e"
    }
  const text = args.slice(index).join(" ")
  const result = escapes ? unescapeText(text) : { text, ends: false }
  scope.streams.stdout.write(`${result.text}${newline && !result.ends ? "\n" : ""}`)
  return done(0)
}
