import { err, ok, type Result } from "@pilotage/kube-model"
import { posixExpression } from "../posix-regex.ts"
import { iterateLines } from "../streams/stream.ts"
import { openInputs, usageError } from "./inputs.ts"
import { type Options, parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

const SPEC = {
  flags: "EFGPvicqonlLhHwxsr",
  values: "emABC",
  long: {
    "extended-regexp": "E",
    "fixed-strings": "F",
    "invert-match": "v",
    "ignore-case": "i",
    count: "c",
    quiet: "q",
    silent: "q",
    "only-matching": "o",
    "line-number": "n",
    "files-with-matches": "l",
    "no-filename": "h",
    "with-filename": "H",
    "word-regexp": "w",
    "line-regexp": "x",
    "no-messages": "s",
    "line-buffered": "u",
    color: "color",
    regexp: "e",
    "max-count": "m",
    "after-context": "A",
    "before-context": "B",
    context: "C",
  },
}

const expressionOf = (options: Options, patterns: readonly string[]): Result<RegExp, string> => {
  const sources: string[] = []
  for (const pattern of patterns) {
    if (options.has("F")) {
      sources.push(pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
      continue
    }
    const expression = posixExpression(pattern, { extended: options.has("E") || options.has("P"), flags: "" })
    if (!expression.ok) return err(expression.error)
    sources.push(expression.value.source)
  }
  const joined = sources.map((source) => `(?:${source})`).join("|")
  const whole = options.has("x") ? `^(?:${joined})$` : options.has("w") ? `(?<!\\w)(?:${joined})(?!\\w)` : joined
  return ok(new RegExp(whole, options.has("i") ? "gi" : "g"))
}

export const grep: Program = async (run) => {
  const options = parseOptions(run.args, SPEC)
  if (!options.ok) return usageError(run, options.error)
  const { has, value, values, operands } = options.value
  const patterns = values("e").length > 0 ? values("e") : operands.slice(0, 1)
  const files = values("e").length > 0 ? operands : operands.slice(1)
  if (patterns.length === 0) {
    run.streams.stderr.write("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n")
    return 2
  }
  const expression = expressionOf(
    options.value,
    patterns.flatMap((pattern) => pattern.split("\n")),
  )
  if (!expression.ok) return usageError(run, expression.error)
  const { inputs, failed } = openInputs(run, files)
  const showsName = has("H") || (inputs.length > 1 && !has("h"))
  const most = Number(value("m") ?? Number.POSITIVE_INFINITY)
  const before = Number(value("B") ?? value("C") ?? 0)
  const after = Number(value("A") ?? value("C") ?? 0)
  let found = false
  for (const { name, input } of inputs) {
    const title = name === "-" ? "(standard input)" : name
    const show = (text: string, number: number, mark: string): void =>
      run.print(`${showsName ? `${title}${mark}` : ""}${has("n") ? `${number}${mark}` : ""}${text}\n`)
    let count = 0
    let number = 0
    let stillAfter = 0
    const held: string[] = []
    for await (const line of iterateLines(input, run.cancellation)) {
      number += 1
      const matches = line.match(expression.value) ?? []
      if (matches.length > 0 === has("v")) {
        if (stillAfter > 0) show(line, number, "-")
        else if (before > 0) held.push(line)
        if (held.length > before) held.shift()
        stillAfter -= 1
        continue
      }
      count += 1
      found = true
      if (has("q")) return 0
      if (has("l")) break
      if (!has("c")) {
        for (const [index, text] of held.entries()) show(text, number - held.length + index, "-")
        if (has("o") && !has("v")) for (const match of matches.filter((each) => each !== "")) show(match, number, ":")
        else show(line, number, ":")
      }
      held.length = 0
      stillAfter = after
      if (count >= most) break
    }
    if (has("l") && count > 0) run.print(`${title}\n`)
    else if (has("c")) run.print(`${showsName ? `${title}:` : ""}${count}\n`)
  }
  return failed ? 2 : found ? 0 : 1
}
