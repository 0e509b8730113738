import type { ParameterExpansionPart } from "unbash"
import { ShellFailure } from "../shell/completion.ts"
import type { Scope } from "../shell/shell.ts"
import { elementsOf, setVariable } from "../shell/variables.ts"
import { evaluateText, evaluateWord } from "./arithmetic.ts"
import type { FieldBuilder } from "./fields.ts"
import { matchesPattern, patternFinder } from "./pattern.ts"
import { addWord, expandToPattern, expandToText } from "./words.ts"

const now = (scope: Scope): number => scope.world.host.clock.now()

const unbound = (scope: Scope, name: string): void => {
  if (scope.shell.options.nounset && name !== "@" && name !== "*") throw new ShellFailure(`${name}: unbound variable`)
}

const addElements = (
  elements: readonly string[],
  all: boolean,
  joined: boolean,
  fields: FieldBuilder,
  quoted: boolean,
): void => {
  const values = all ? elements : elements.slice(0, 1)
  if (quoted && joined) {
    fields.quoted(values.join(" "))
    return
  }
  for (const [index, value] of values.entries()) {
    if (index > 0) fields.separate()
    if (quoted) fields.quoted(value)
    else fields.unquoted(value)
  }
}

/** `$name` without braces. */
export const expandSimple = (scope: Scope, name: string, fields: FieldBuilder, quoted: boolean): void => {
  const elements = elementsOf(scope.shell, name, now(scope))
  if (!elements) unbound(scope, name)
  addElements(elements ?? [], name === "@" || name === "*", name === "*", fields, quoted)
}

interface Parameter {
  readonly name: string
  readonly elements: readonly string[] | undefined
  /** `[@]`, `[*]`, `$@`: every element on its own. */
  readonly all: boolean
  readonly joined: boolean
}

const lookUp = async (scope: Scope, part: ParameterExpansionPart): Promise<Parameter> => {
  let name = part.parameter
  if (part.prefix === "!" && part.operation?.type !== "Names")
    name = elementsOf(scope.shell, name, now(scope))?.[0] ?? ""
  const elements = elementsOf(scope.shell, name, now(scope))
  const index = part.index?.text
  const all = name === "@" || name === "*" || index === "@" || index === "*"
  const joined = name === "*" || index === "*"
  if (index === undefined || all) return { name, elements, all, joined }
  const position = Number(await evaluateText(scope, await expandToText(scope, part.index ?? { text: "0", value: "0" })))
  const element = elements?.at(position)
  return { name, elements: element === undefined ? undefined : [element], all: false, joined: false }
}

const replaceIn = async (
  scope: Scope,
  part: ParameterExpansionPart,
): Promise<((value: string) => string) | undefined> => {
  const { operation } = part
  if (operation?.type === "Remove") {
    const pattern = await expandToPattern(scope, operation.operand)
    const longest = operation.operator.length === 2
    const atStart = operation.operator.startsWith("#")
    if (atStart || longest) {
      const finder = patternFinder(pattern, atStart ? "start" : "end", longest)
      return (value) => value.replace(finder, "")
    }
    // The shortest match at the end is the one that begins last.
    return (value) => {
      for (let start = value.length; start >= 0; start -= 1)
        if (matchesPattern(value.slice(start), pattern)) return value.slice(0, start)
      return value
    }
  }
  if (operation?.type === "Replace") {
    const pattern = await expandToPattern(scope, operation.pattern)
    const text = await expandToText(scope, operation.replacement)
    if (pattern === "") return (value) => value
    const anchor = operation.operator === "/#" ? "start" : operation.operator === "/%" ? "end" : "anywhere"
    const finder = patternFinder(pattern, anchor, true)
    const expression = operation.operator === "//" ? new RegExp(finder.source, `${finder.flags}g`) : finder
    return (value) => value.replace(expression, () => text)
  }
  if (operation?.type === "CaseModification") {
    const all = operation.operator.length === 2
    const change = (text: string): string =>
      operation.operator.startsWith("^") ? text.toUpperCase() : text.toLowerCase()
    return (value) => (all ? change(value) : change(value.slice(0, 1)) + value.slice(1))
  }
  return undefined
}

const slice = async (scope: Scope, part: ParameterExpansionPart, parameter: Parameter): Promise<readonly string[]> => {
  const { operation } = part
  const elements = parameter.elements ?? []
  if (operation?.type !== "Slice") return elements
  const offset = await evaluateWord(scope, operation.offset)
  const length = operation.length ? await evaluateWord(scope, operation.length) : undefined
  const cut = <T extends string | readonly string[]>(value: T, base: number): T => {
    const start = offset < 0 ? Math.max(0, value.length + offset) : Math.max(0, offset - base)
    const end = length === undefined ? value.length : length < 0 ? value.length + length : start + length
    return value.slice(start, Math.max(start, end)) as T
  }
  const isPositional = parameter.name === "@" || parameter.name === "*"
  return parameter.all ? cut(elements, isPositional ? 1 : 0) : elements.map((value) => cut(value, 0))
}

/** `${…}` in all its forms. */
export const expandParameter = async (
  scope: Scope,
  part: ParameterExpansionPart,
  fields: FieldBuilder,
  quoted: boolean,
): Promise<void> => {
  const { operation } = part
  if (operation?.type === "Unknown" || operation?.type === "Transform")
    throw new ShellFailure(`${part.text}: bad substitution`)
  if (operation?.type === "Names") {
    const names = [...scope.shell.variables.keys()].filter((name) => name.startsWith(part.parameter)).sort()
    addElements(names, true, operation.operator === "*", fields, quoted)
    return
  }
  const parameter = await lookUp(scope, part)
  const { elements, all, joined, name } = parameter
  if (operation?.type === "Default") {
    const isUnset = elements === undefined || (all && elements.length === 0)
    const isMissing = isUnset || (operation.operator.startsWith(":") && elements.every((value) => value === ""))
    const operator = operation.operator.at(-1)
    if (operator === "+" ? !isMissing : isMissing && operator === "-") {
      await addWord(scope, operation.operand, fields, quoted, true)
      return
    }
    if (operator === "+") {
      if (quoted) fields.quoted("")
      return
    }
    if (isMissing) {
      const text = await expandToText(scope, operation.operand)
      if (operator === "?") throw new ShellFailure(`${name}: ${text === "" ? "parameter null or not set" : text}`)
      setVariable(scope.shell, name, text)
      addElements([text], false, false, fields, quoted)
      return
    }
    addElements(elements, all, joined, fields, quoted)
    return
  }
  if (elements === undefined) unbound(scope, name)
  if (part.prefix === "#") {
    const length = all ? (elements?.length ?? 0) : (elements?.[0]?.length ?? 0)
    addElements([String(length)], false, false, fields, quoted)
    return
  }
  const change = await replaceIn(scope, part)
  const values = await slice(scope, part, parameter)
  addElements(change ? values.map(change) : values, all, joined, fields, quoted)
}
