import { err, ok, type Result } from "@pilotage/kube-model"
import { posixExpression } from "../../posix-regex.ts"

export type SedAddress =
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "last" }
  | { readonly kind: "match"; readonly expression: RegExp }

export interface SedCommand {
  readonly from: SedAddress | undefined
  readonly to: SedAddress | undefined
  readonly negated: boolean
  readonly action:
    | {
        readonly kind: "substitute"
        readonly expression: RegExp
        readonly replacement: string
        readonly prints: boolean
        readonly nth: number
      }
    | { readonly kind: "print" | "delete" | "quit" | "number" }
    | { readonly kind: "append" | "insert" | "change"; readonly text: string }
}

const delimited = (
  script: string,
  start: number,
  delimiter: string,
): { readonly text: string; readonly end: number } | undefined => {
  let text = ""
  for (let index = start; index < script.length; index += 1) {
    const character = script[index] ?? ""
    if (character === delimiter) return { text, end: index + 1 }
    if (character === "\\" && index + 1 < script.length) {
      index += 1
      text += script[index] === delimiter ? delimiter : `\\${script[index]}`
    } else text += character
  }
  return undefined
}

/** sed scripts of `s`, `p`, `d`, `q`, `=`, `a`, `i`, `c` with addresses. The error is what follows `-e expression #1, `. */
export const parseSed = (script: string, extended: boolean): Result<readonly SedCommand[], string> => {
  const commands: SedCommand[] = []
  let at = 0
  const fail = (words: string): Result<never, string> => err(`char ${at + 1}: ${words}`)
  const address = (): SedAddress | undefined => {
    const digits = /^\d+/.exec(script.slice(at))?.[0]
    if (digits !== undefined) {
      at += digits.length
      return { kind: "line", line: Number(digits) }
    }
    if (script[at] === "$") {
      at += 1
      return { kind: "last" }
    }
    if (script[at] !== "/") return undefined
    const pattern = delimited(script, at + 1, "/")
    const expression = pattern && posixExpression(pattern.text, { extended, flags: "" })
    if (!pattern || !expression?.ok) return undefined
    at = pattern.end
    return { kind: "match", expression: expression.value }
  }
  while (at < script.length) {
    if (/[\s;]/.test(script[at] ?? "")) {
      at += 1
      continue
    }
    const from = address()
    let to: SedAddress | undefined
    if (from && script[at] === ",") {
      at += 1
      to = address()
      if (!to) return fail("unexpected `,'")
    }
    while (script[at] === " ") at += 1
    const negated = script[at] === "!"
    if (negated) at += 1
    const letter = script[at] ?? ""
    at += 1
    const base = { from, to, negated }
    const plain = ({ p: "print", d: "delete", q: "quit", "=": "number" } as const)[letter]
    const adds = ({ a: "append", i: "insert", c: "change" } as const)[letter]
    if (plain) commands.push({ ...base, action: { kind: plain } })
    else if (adds) {
      const end = script.indexOf("\n", at)
      const text = script.slice(at, end < 0 ? script.length : end).replace(/^\s*\\?\s*/, "")
      commands.push({ ...base, action: { kind: adds, text } })
      at = end < 0 ? script.length : end
    } else if (letter === "s") {
      const delimiter = script[at] ?? ""
      const pattern = delimited(script, at + 1, delimiter)
      const replacement = pattern && delimited(script, pattern.end, delimiter)
      if (delimiter === "" || !pattern || !replacement) return fail("unterminated `s' command")
      at = replacement.end
      const flags = /^[gpIi0-9]*/.exec(script.slice(at))?.[0] ?? ""
      at += flags.length
      const expression = posixExpression(pattern.text, { extended, flags: `g${/[iI]/.test(flags) ? "i" : ""}` })
      if (!expression.ok) return fail(expression.error)
      const nth = flags.includes("g") ? 0 : Number(/\d+/.exec(flags)?.[0] ?? 1)
      commands.push({
        ...base,
        action: {
          kind: "substitute",
          expression: expression.value,
          replacement: replacement.text,
          prints: flags.includes("p"),
          nth,
        },
      })
      if (script[at] !== undefined && !/[\s;}]/.test(script[at] ?? "")) return fail("unknown option to `s'")
    } else return fail(letter === "" ? "missing command" : `unknown command: \`${letter}'`)
  }
  return ok(commands)
}
