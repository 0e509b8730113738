import { ShellFailure } from "./completion.ts"
import type { Shell, Variable } from "./shell.ts"

/** Characters that one variable may hold; a script that doubles a text for ever is stopped here. */
const LONGEST_VALUE = 1_048_576

const special = (shell: Shell, name: string, now: number): string | undefined => {
  switch (name) {
    case "?":
      return String(shell.status)
    case "#":
      return String(shell.positional.length)
    case "0":
      return shell.scriptName
    case "$":
      return "1742"
    case "!":
      return shell.lastJob === undefined ? "" : String(shell.lastJob)
    case "-":
      return `${shell.interactive ? "i" : ""}${shell.options.errexit ? "e" : ""}${shell.options.nounset ? "u" : ""}`
    case "RANDOM":
      return String(shell.random.below(32_768))
    case "SECONDS":
      return String(Math.floor((now - shell.startedAt) / 1000))
    case "EPOCHSECONDS":
      return String(Math.floor(now / 1000))
    default:
      return undefined
  }
}

/** All elements: `@` and `*` are the positional parameters, a plain variable has one. undefined: not set. */
export const elementsOf = (shell: Shell, name: string, now: number): readonly string[] | undefined => {
  if (name === "@" || name === "*") return shell.positional
  if (/^[1-9][0-9]*$/.test(name)) {
    const value = shell.positional[Number(name) - 1]
    return value === undefined ? undefined : [value]
  }
  const variable = shell.variables.get(name)
  if (variable) return typeof variable.value === "string" ? [variable.value] : variable.value
  const value = special(shell, name, now)
  return value === undefined ? undefined : [value]
}

export const variableText = (shell: Shell, name: string, now: number): string | undefined =>
  elementsOf(shell, name, now)?.[0]

export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)

export const setVariable = (
  shell: Shell,
  name: string,
  value: string | readonly string[],
  changes: { readonly exported?: boolean; readonly readonly?: boolean } = {},
): void => {
  const before = shell.variables.get(name)
  if (before?.readonly) throw new ShellFailure(`${name}: readonly variable`)
  const size = typeof value === "string" ? value.length : value.reduce((sum, each) => sum + each.length, 0)
  if (size > LONGEST_VALUE) throw new ShellFailure(`${name}: cannot allocate ${size} bytes`)
  const variable: Variable = {
    value,
    exported: changes.exported ?? before?.exported ?? false,
    ...(changes.readonly === true ? { readonly: true } : {}),
  }
  shell.variables.set(name, variable)
}

/** `local x`: remembers what the caller had under the name. False outside functions. */
export const makeLocal = (shell: Shell, name: string): boolean => {
  const frame = shell.locals.at(-1)
  if (!frame) return false
  if (!frame.has(name)) frame.set(name, shell.variables.get(name))
  return true
}

/** Gives back what the locals of the innermost function covered. */
export const leaveFunction = (shell: Shell): void => {
  for (const [name, before] of shell.locals.pop() ?? [])
    if (before) shell.variables.set(name, before)
    else shell.variables.delete(name)
}
