/** Shell patterns (`*`, `?`, `[a-z]`, `\x`) as regular expressions. */

const escapeCharacter = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")

/** Text that stands for itself inside a pattern. */
export const quotePattern = (text: string): string => text.replace(/[\\*?[\]]/g, "\\$&")

export const hasPatternCharacters = (pattern: string): boolean => /(^|[^\\])(\\\\)*[*?[]/.test(pattern)

const bracket = (pattern: string, start: number): { readonly source: string; readonly end: number } | undefined => {
  let index = start + 1
  const negated = pattern[index] === "!" || pattern[index] === "^"
  if (negated) index += 1
  let source = ""
  for (let first = true; index < pattern.length; first = false) {
    const character = pattern[index] ?? ""
    if (character === "]" && !first) return { source: `[${negated ? "^" : ""}${source}]`, end: index + 1 }
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(index))
    if (named) {
      source += NAMED_CLASSES[named[1] ?? ""] ?? ""
      index += named[0].length
    } else if (character === "-" && !first && pattern[index + 1] !== "]") {
      source += "-"
      index += 1
    } else {
      const literal = character === "\\" ? (pattern[index + 1] ?? "") : character
      source += literal.replace(/[\\\]^[-]/g, "\\$&")
      index += character === "\\" ? 2 : 1
    }
  }
  return undefined
}

/** POSIX character classes, as the inside of a bracket expression. */
export const NAMED_CLASSES: Readonly<Record<string, string>> = {
  alpha: "a-zA-Z",
  digit: "0-9",
  alnum: "a-zA-Z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
}

/** `lazy` makes `*` take as little as it can. `anyCharacter` is what `*` and `?` stand for. */
const translate = (pattern: string, lazy: boolean, anyCharacter: string): string => {
  let source = ""
  for (let index = 0; index < pattern.length; ) {
    const character = pattern[index] ?? ""
    if (character === "*") {
      while (pattern[index + 1] === "*") index += 1
      source += `${anyCharacter}*${lazy ? "?" : ""}`
    } else if (character === "?") source += anyCharacter
    else if (character === "\\" && index + 1 < pattern.length) {
      index += 1
      source += escapeCharacter(pattern[index] ?? "")
    } else if (character === "[") {
      const set = bracket(pattern, index)
      if (set) {
        source += set.source
        index = set.end
        continue
      }
      source += "\\["
    } else source += escapeCharacter(character)
    index += 1
  }
  return source
}

const compiled = (source: string): RegExp => {
  try {
    return new RegExp(source, "s")
  } catch {
    // A range that runs backwards, `[z-a]`, matches nothing.
    return /[^\s\S]/
  }
}

export const matchesPattern = (text: string, pattern: string): boolean =>
  compiled(`^${translate(pattern, false, ".")}$`).test(text)

/** For one path component: a leading dot must be written out. */
export const componentMatcher = (pattern: string): ((name: string) => boolean) => {
  const expression = compiled(`^${translate(pattern, false, "[^/]")}$`)
  return (name) => (pattern.startsWith(".") || !name.startsWith(".")) && expression.test(name)
}

export type Anchor = "start" | "end" | "anywhere"

/** `${x#pattern}` and its kin: a regular expression that finds what to remove or replace. */
export const patternFinder = (pattern: string, anchor: Anchor, longest: boolean): RegExp => {
  const source = translate(pattern, !longest, ".")
  if (anchor === "start") return compiled(`^(?:${source})`)
  return compiled(anchor === "end" ? `(?:${source})$` : `(?:${source})`)
}
