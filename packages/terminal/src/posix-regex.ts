import { err, ok, type Result } from "@pilotage/kube-model"
import { NAMED_CLASSES } from "./expansion/pattern.ts"

export interface RegexOptions {
  /** -E; otherwise basic, where `\(`, `\|`, `\+` are the special ones. */
  readonly extended: boolean
  /** JavaScript's flags: `i`, `g`. */
  readonly flags: string
}

const SWAPPED = new Set(["(", ")", "{", "}", "+", "?", "|"])

/** A POSIX regular expression as a JavaScript one; the error is grep's word for a pattern that cannot be read. */
export const posixExpression = (pattern: string, options: RegexOptions): Result<RegExp, string> => {
  let source = ""
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] ?? ""
    const next = pattern[index + 1] ?? ""
    if (character === "\\") {
      if (next === "") return err("Trailing backslash")
      index += 1
      if (next === "<" || next === ">") source += "\\b"
      else if (!options.extended && SWAPPED.has(next)) source += next
      else source += /[\w]/.test(next) && !/[bBwWsSdntr1-9]/.test(next) ? next : `\\${next}`
    } else if (character === "[") {
      let end = index + 1
      if (pattern[end] === "^") end += 1
      if (pattern[end] === "]") end += 1
      while (end < pattern.length && pattern[end] !== "]")
        end += pattern.startsWith("[:", end) ? Math.max(1, pattern.indexOf(":]", end) + 2 - end) : 1
      if (end >= pattern.length) return err("Unmatched [, [^, [:, [., or [=")
      const inside = pattern
        .slice(index + 1, end)
        .replace(/\\/g, "\\\\")
        .replace(/\[:([a-z]+):\]/g, (_, name: string) => NAMED_CLASSES[name] ?? "")
      source += `[${inside.replace(/^(\^?)\]/, "$1\\]").replace(/\[(?!:)/g, "\\[")}]`
      index = end
    } else if (!options.extended && SWAPPED.has(character)) source += `\\${character}`
    else if (character === "*" && (source === "" || source.endsWith("(") || source === "^")) source += "\\*"
    else source += character
  }
  try {
    return ok(new RegExp(source, options.flags))
  } catch {
    return err("Invalid regular expression")
  }
}
