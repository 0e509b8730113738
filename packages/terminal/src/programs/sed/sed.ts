import { iterateLines } from "../../streams/stream.ts"
import { openInputs, usageError } from "../inputs.ts"
import { parseOptions } from "../options.ts"
import type { Program } from "../program.ts"
import { parseSed, type SedAddress, type SedCommand } from "./parse.ts"

const replacementOf = (template: string, groups: readonly (string | undefined)[]): string =>
  template.replace(/\\(\d)|\\n|\\t|\\(.)|&/gs, (whole, digit?: string, escaped?: string) => {
    if (digit !== undefined) return groups[Number(digit)] ?? ""
    if (whole === "\\n") return "\n"
    if (whole === "\\t") return "\t"
    return escaped ?? groups[0] ?? ""
  })

/** A sed program under way over the lines of its input. */
const createMachine = (commands: readonly SedCommand[], quiet: boolean, emit: (line: string) => void) => {
  const inRange = new Set<SedCommand>()
  let number = 0
  const hits = (address: SedAddress, line: string, isLast: boolean): boolean =>
    address.kind === "line" ? address.line === number : address.kind === "last" ? isLast : address.expression.test(line)
  const applies = (command: SedCommand, line: string, isLast: boolean): boolean => {
    if (!command.from) return true
    if (!command.to) return hits(command.from, line, isLast)
    if (inRange.has(command)) {
      const ends = command.to.kind === "line" ? number >= command.to.line : hits(command.to, line, isLast)
      if (ends) inRange.delete(command)
      return true
    }
    if (!hits(command.from, line, isLast)) return false
    if (command.to.kind !== "line" || command.to.line > number) inRange.add(command)
    return true
  }
  /** False: the program has quit. */
  return (text: string, isLast: boolean): boolean => {
    number += 1
    let line = text
    const after: string[] = []
    for (const command of commands) {
      if (applies(command, line, isLast) === command.negated) continue
      const { action } = command
      if (action.kind === "delete") return true
      if (action.kind === "change") {
        emit(action.text)
        return true
      }
      if (action.kind === "print") emit(line)
      else if (action.kind === "number") emit(String(number))
      else if (action.kind === "insert") emit(action.text)
      else if (action.kind === "append") after.push(action.text)
      else if (action.kind === "quit") {
        if (!quiet) emit(line)
        return false
      } else if (action.kind === "substitute") {
        let count = 0
        let changed = false
        line = line.replace(action.expression, (...found: (string | number | undefined)[]) => {
          count += 1
          const groups = found.map((each) => (typeof each === "string" ? each : undefined))
          if (action.nth !== 0 && count !== action.nth) return groups[0] ?? ""
          changed = true
          return replacementOf(action.replacement, groups)
        })
        if (changed && action.prints) emit(line)
      }
    }
    if (!quiet) emit(line)
    for (const each of after) emit(each)
    return true
  }
}

export const sed: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "nErsuiz",
    values: "e",
    long: { quiet: "n", silent: "n", expression: "e", "regexp-extended": "E", "in-place": "i" },
  })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, values, operands } = options.value
  const scripts = values("e").length > 0 ? values("e") : operands.slice(0, 1)
  const files = values("e").length > 0 ? operands : operands.slice(1)
  if (scripts.length === 0) return usageError(run, "no script given", 1)
  const commands = parseSed(scripts.join("\n"), has("E") || has("r"))
  if (!commands.ok) {
    run.complain(`-e expression #1, ${commands.error}`)
    return 1
  }
  const { inputs, failed } = openInputs(run, files)
  let edited = ""
  const emit = (line: string): void => {
    if (has("i")) edited += `${line}\n`
    else run.print(`${line}\n`)
  }
  let machine = createMachine(commands.value, has("n"), emit)
  let isRunning = true
  for (const { name, input } of inputs) {
    if (has("i")) {
      machine = createMachine(commands.value, has("n"), emit)
      edited = ""
      isRunning = true
    }
    let held: string | undefined
    for await (const line of iterateLines(input, run.cancellation)) {
      if (held !== undefined) isRunning = machine(held, false)
      held = isRunning ? line : undefined
      if (!isRunning) break
    }
    if (held !== undefined) isRunning = machine(held, true)
    if (has("i") && name !== "-") {
      const written = run.files.write(run.path(name), edited, false)
      if (!written.ok) {
        run.complain(`couldn't open file ${name}: ${written.error}`)
        return 4
      }
    } else if (!isRunning) break
  }
  return failed ? 2 : 0
}
