import { parse, type Word, type WordPart } from "unbash"
import type { Scope } from "../shell/shell.ts"
import { variableText } from "../shell/variables.ts"
import { evaluateArithmetic } from "./arithmetic.ts"
import { expandBraces } from "./braces.ts"
import { createFieldBuilder, type FieldBuilder } from "./fields.ts"
import { expandParameter, expandSimple } from "./parameters.ts"
import { expandPaths } from "./paths.ts"
import { hasPatternCharacters } from "./pattern.ts"
import { substituteCommand } from "./substitution.ts"

const ifsOf = (scope: Scope): string => variableText(scope.shell, "IFS", 0) ?? " \t\n"

/** `~` and `~/x` at the start of an unquoted word. */
const tilde = (scope: Scope, text: string): string => {
  const home = variableText(scope.shell, "HOME", 0) ?? scope.shell.station.home
  return text === "~" || text.startsWith("~/") ? home + text.slice(1) : text
}

const addPart = async (
  scope: Scope,
  part: WordPart,
  fields: FieldBuilder,
  quoted: boolean,
  nested: boolean,
): Promise<void> => {
  switch (part.type) {
    case "Literal":
      if (nested && !quoted) fields.unquoted(part.value)
      else fields.quoted(part.value)
      return
    case "SingleQuoted":
    case "AnsiCQuoted":
      fields.quoted(part.value)
      return
    case "Glob":
      if (quoted) fields.quoted(part.text)
      else if (part.kind !== "bracket") fields.pattern(part.text)
      else {
        fields.pattern("[")
        for (const inner of part.parts) {
          if (inner.type === "Literal") fields.pattern(inner.text)
          else await addPart(scope, inner, fields, quoted, nested)
        }
        fields.pattern("]")
      }
      return
    case "ExtendedGlob":
    case "BraceExpansion":
      fields.quoted(part.text)
      return
    case "DoubleQuoted":
    case "LocaleString":
      // "$@" alone with no parameters makes no field, any other quoted text does.
      if (!(part.parts.length === 1 && isAllParameters(part.parts[0]))) fields.quoted("")
      for (const child of part.parts) await addPart(scope, child, fields, true, nested)
      return
    case "SimpleExpansion":
      expandSimple(scope, part.text.slice(1), fields, quoted)
      return
    case "ParameterExpansion":
      await expandParameter(scope, part, fields, quoted)
      return
    case "CommandExpansion": {
      const text = await substituteCommand(scope, part.script)
      if (quoted) fields.quoted(text)
      else fields.unquoted(text)
      return
    }
    case "ArithmeticExpansion": {
      const text = part.expression ? String(await evaluateArithmetic(scope, part.expression)) : "0"
      if (quoted) fields.quoted(text)
      else fields.unquoted(text)
      return
    }
    case "ProcessSubstitution": {
      const path = `/tmp/.substitution-${part.pos}`
      if (part.operator === "<")
        scope.shell.station.files.write(path, await substituteCommand(scope, part.script, true), false)
      fields.quoted(path)
      return
    }
  }
}

const isAllParameters = (part: WordPart | undefined): boolean =>
  (part?.type === "SimpleExpansion" && part.text === "$@") ||
  (part?.type === "ParameterExpansion" && (part.parameter === "@" || part.index?.text === "@"))

/** Adds a word's parts to fields. `nested`: the word after `:-` and its kin, whose plain text splits too. */
export const addWord = async (
  scope: Scope,
  word: Pick<Word, "text" | "value" | "parts">,
  fields: FieldBuilder,
  quoted = false,
  nested = false,
): Promise<void> => {
  if (!word.parts) {
    const value = word.text.startsWith("~") && !quoted ? tilde(scope, word.value) : word.value
    if (nested && !quoted) fields.unquoted(value)
    else fields.quoted(value)
    return
  }
  for (const [index, part] of word.parts.entries()) {
    if (index === 0 && part.type === "Literal" && part.text.startsWith("~/") && !quoted)
      fields.quoted(tilde(scope, part.value))
    else await addPart(scope, part, fields, quoted, nested)
  }
}

const withoutBraces = (word: Word): readonly Word[] => {
  if (!word.parts?.some((part) => part.type === "BraceExpansion")) return [word]
  return expandBraces(word.text).flatMap((text) => {
    const command = parse(`_ ${text}`).commands[0]?.command
    return command?.type === "Command" ? command.args.flatMap((each) => (each.type === "Word" ? [each] : [])) : []
  })
}

/** A word as the arguments it stands for: braces, expansions, splitting, file names. */
export const expandWord = async (scope: Scope, word: Word): Promise<readonly string[]> => {
  const args: string[] = []
  for (const each of withoutBraces(word)) {
    const fields = createFieldBuilder(ifsOf(scope), true)
    await addWord(scope, each, fields)
    for (const field of fields.fields()) {
      const paths = hasPatternCharacters(field.pattern)
        ? expandPaths(scope.shell.station.files, scope.shell.folder, field.pattern)
        : []
      args.push(...(paths.length > 0 ? paths : [field.text]))
    }
  }
  return args
}

/** A word as one text: assignments, `case`, redirects. Does not split and looks for no files. */
export const expandToText = async (
  scope: Scope,
  word: Pick<Word, "text" | "value" | "parts">,
  quoted = false,
): Promise<string> => {
  const fields = createFieldBuilder("", false)
  await addWord(scope, word, fields, quoted)
  return fields
    .fields()
    .map((field) => field.text)
    .join(" ")
}

/** A word as a pattern: quoted characters stand for themselves. */
export const expandToPattern = async (scope: Scope, word: Pick<Word, "text" | "value" | "parts">): Promise<string> => {
  const fields = createFieldBuilder("", false)
  await addWord(scope, word, fields)
  return fields
    .fields()
    .map((field) => field.pattern)
    .join(" ")
}

/** Parts inside double quotes or a here-document. */
export const textOfParts = async (scope: Scope, parts: readonly WordPart[]): Promise<string> => {
  const fields = createFieldBuilder("", false)
  for (const part of parts) await addPart(scope, part, fields, true, false)
  return fields
    .fields()
    .map((field) => field.text)
    .join(" ")
}
