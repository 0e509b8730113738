import { evaluateText } from "../expansion/arithmetic.ts"
import { deriveCancellation } from "../shell/cancellations.ts"
import { done } from "../shell/completion.ts"
import type { Scope, ShellOptions } from "../shell/shell.ts"
import { isName, makeLocal, setVariable } from "../shell/variables.ts"
import { readLine } from "../streams/stream.ts"
import { type Builtin, complain } from "./builtin.ts"

const quote = (text: string): string => `"${text.replace(/["\\$`]/g, "\\$&")}"`

const listExports = (scope: Scope): void => {
  for (const [name, variable] of [...scope.shell.variables].sort(([left], [right]) => (left < right ? -1 : 1)))
    if (variable.exported)
      scope.streams.stdout.write(
        `declare -x ${name}=${quote(typeof variable.value === "string" ? variable.value : "")}\n`,
      )
}

const declaring =
  (changes: { readonly exported?: boolean; readonly readonly?: boolean }, isLocal: boolean): Builtin =>
  async (scope, args, name) => {
    const words = args.filter((arg) => !/^-[a-zA-Z]+$/.test(arg))
    const letters = args.filter((arg) => /^-[a-zA-Z]+$/.test(arg)).join("")
    if (words.length === 0 && changes.exported) listExports(scope)
    for (const word of words) {
      const [variable = "", ...rest] = word.split("=")
      if (!isName(variable)) {
        complain(scope, name, `\`${word}': not a valid identifier`)
        return done(1)
      }
      if (isLocal && !makeLocal(scope.shell, variable) && name === "local") {
        complain(scope, name, "can only be used in a function")
        return done(1)
      }
      const wanted = {
        ...changes,
        ...(letters.includes("x") ? { exported: true } : {}),
        ...(letters.includes("n") && name === "export" ? { exported: false } : {}),
        ...(letters.includes("r") ? { readonly: true } : {}),
      }
      const before = isLocal ? undefined : scope.shell.variables.get(variable)?.value
      const text = rest.join("=")
      const value = word.includes("=")
        ? letters.includes("i")
          ? String(await evaluateText(scope, text))
          : text
        : before
      if (value !== undefined || isLocal || name !== "export") setVariable(scope.shell, variable, value ?? "", wanted)
    }
    return done(0)
  }

export const exportBuiltin = declaring({ exported: true }, false)
export const readonlyBuiltin = declaring({ readonly: true }, false)
export const local = declaring({}, true)
export const declare = declaring({}, true)

export const unset: Builtin = async (scope, args, name) => {
  for (const word of args.filter((arg) => !arg.startsWith("-"))) {
    if (scope.shell.variables.get(word)?.readonly) {
      complain(scope, name, `${word}: cannot unset: readonly variable`)
      return done(1)
    }
    if (args.includes("-f") || !scope.shell.variables.delete(word)) scope.shell.functions.delete(word)
  }
  return done(0)
}

const OPTION_LETTERS: Readonly<Record<string, keyof ShellOptions>> = { e: "errexit", u: "nounset", x: "xtrace" }
const OPTION_NAMES: readonly string[] = ["errexit", "nounset", "pipefail", "xtrace"]

/** Options of bash that make no difference here. */
const IGNORED_LETTERS = "abhkmptBCEHPTv"

export const set: Builtin = async (scope, args, name) => {
  const { shell } = scope
  if (args.length === 0) {
    for (const [variable, { value }] of [...shell.variables].sort(([left], [right]) => (left < right ? -1 : 1)))
      scope.streams.stdout.write(`${variable}=${typeof value === "string" ? value : `(${value.join(" ")})`}\n`)
    return done(0)
  }
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ""
    if (arg === "--" || !/^[-+]/.test(arg)) {
      shell.positional = args.slice(arg === "--" ? index + 1 : index)
      return done(0)
    }
    const on = arg.startsWith("-")
    for (const letter of arg.slice(1)) {
      const option = OPTION_LETTERS[letter]
      if (option) shell.options = { ...shell.options, [option]: on }
      else if (letter === "o") {
        index += 1
        const word = args[index] ?? ""
        if (!OPTION_NAMES.includes(word)) {
          complain(scope, name, `${word}: invalid option name`)
          return done(2)
        }
        shell.options = { ...shell.options, [word]: on }
      } else if (!IGNORED_LETTERS.includes(letter)) {
        complain(scope, name, `-${letter}: invalid option`)
        return done(2)
      }
    }
  }
  return done(0)
}

export const shift: Builtin = async (scope, args) => {
  const count = Number(args[0] ?? 1)
  if (count > scope.shell.positional.length) return done(1)
  scope.shell.positional = scope.shell.positional.slice(count)
  return done(0)
}

export const letBuiltin: Builtin = async (scope, args) => {
  let value = 0n
  for (const arg of args) value = await evaluateText(scope, arg)
  return done(value === 0n ? 1 : 0)
}

export const readBuiltin: Builtin = async (scope, args, name) => {
  const names: string[] = []
  let raw = false
  let prompt = ""
  let timeout: number | undefined
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ""
    if (!arg.startsWith("-")) names.push(arg)
    else if (/^-[rs]*[pt]$/.test(arg)) {
      index += 1
      if (arg.endsWith("p")) prompt = args[index] ?? ""
      else timeout = Number(args[index])
      raw ||= arg.includes("r")
    } else if (/^-[rs]+$/.test(arg)) raw ||= arg.includes("r")
    else {
      complain(scope, name, `${arg}: invalid option`)
      return done(2)
    }
  }
  const bad = names.find((each) => !isName(each))
  if (bad !== undefined) {
    complain(scope, name, `\`${bad}': not a valid identifier`)
    return done(1)
  }
  if (prompt !== "" && scope.streams.stdin.isTerminal) scope.streams.stderr.write(prompt)
  const line = await readWithin(scope, timeout)
  const text = (line ?? "").replace(/\n$/, "")
  const words = splitWords(raw ? text : text.replace(/\\(.)/g, "$1"), names.length)
  for (const [index, variable] of (names.length === 0 ? ["REPLY"] : names).entries())
    setVariable(scope.shell, variable, names.length === 0 ? text : (words[index] ?? ""))
  return done(line?.endsWith("\n") ? 0 : 1)
}

const readWithin = async (scope: Scope, seconds: number | undefined): Promise<string | undefined> => {
  if (seconds === undefined) return readLine(scope.streams.stdin, scope.cancellation)
  const source = deriveCancellation(scope.cancellation)
  void scope.world.host.clock.sleep(seconds * 1000, source).then(source.cancel)
  try {
    return await readLine(scope.streams.stdin, source)
  } finally {
    source.release()
    source.cancel()
  }
}

/** The last of `count` names takes the rest of the line. */
const splitWords = (text: string, count: number): readonly string[] => {
  const words: string[] = []
  let rest = text.replace(/^[ \t]+|[ \t]+$/g, "")
  while (words.length < count - 1) {
    const gap = /[ \t]+/.exec(rest)
    if (!gap) break
    words.push(rest.slice(0, gap.index))
    rest = rest.slice(gap.index + gap[0].length)
  }
  return [...words, rest]
}
