import type { Command } from "./command.ts"
import { COMMANDS } from "./commands/index.ts"
import { reportOf } from "./error-messages.ts"
import { Failure, interrupted } from "./failure.ts"
import { GLOBAL_FLAGS } from "./flags/flag-groups.ts"
import { type FlagSpec, parseFlags } from "./flags/flag-set.ts"
import { goQuote } from "./go-json.ts"
import { helpText } from "./help.ts"
import type { KubectlHost, ProgramIO } from "./host.ts"
import { createSession } from "./session.ts"
import { suggestions } from "./suggestions.ts"

const takesValue = (word: string, specs: readonly FlagSpec[]): boolean => {
  if (word.includes("=")) return false
  const spec = word.startsWith("--")
    ? specs.find((each) => each.name === word.slice(2))
    : word.length === 2
      ? specs.find((each) => each.short === word.slice(1))
      : undefined
  return spec !== undefined && spec.kind !== "bool" && spec.implied === undefined
}

interface Found {
  /** `create service clusterip` with its parents' names; "" for kubectl itself. */
  readonly path: string
  readonly command: Command | undefined
  readonly words: readonly string[]
}

/** Walks down the words that name commands; flags between them stay for the command. */
export const findCommand = (argv: readonly string[]): Found => {
  let commands = COMMANDS
  let command: Command | undefined
  let path = ""
  let words = [...argv]
  for (;;) {
    let index = 0
    while (index < words.length && words[index]?.startsWith("-") && words[index] !== "--")
      index += takesValue(words[index] ?? "", [...GLOBAL_FLAGS, ...(command?.flags ?? [])]) ? 2 : 1
    const name = words[index]
    const next = commands.find((each) => each.name === name || each.aliases?.includes(name ?? ""))
    if (!next) return { path, command, words }
    command = next
    path = path === "" ? next.name : `${path} ${next.name}`
    words = words.filter((_, position) => position !== index)
    commands = next.children ?? []
  }
}

const unknownCommand = (name: string, path: string, commands: readonly Command[]): Failure => {
  const near = suggestions(
    name,
    commands.map((command) => command.name),
  )
  const hint = near.length === 0 ? "" : `\n\nDid you mean this?\n${near.map((each) => `\t${each}\n`).join("")}`
  return new Failure(
    `error: unknown command ${goQuote(name)} for ${goQuote(path === "" ? "kubectl" : `kubectl ${path}`)}${hint}`,
  )
}

const execute = async (argv: readonly string[], host: KubectlHost, io: ProgramIO): Promise<number> => {
  const { path, command, words } = findCommand(argv)
  const specs = [...(command?.flags ?? []), ...GLOBAL_FLAGS]
  const parsed = parseFlags(words, specs, path)
  const run = command?.run
  if (parsed.flags.bool("help") || !run) {
    const children = command ? (command.children ?? []) : COMMANDS
    const stray = parsed.args[0]
    if (!parsed.flags.bool("help") && stray !== undefined && stray !== "help")
      throw unknownCommand(stray, path, children)
    io.stdout(helpText(path, command, COMMANDS))
    return 0
  }
  const session = createSession(host, io, path, parsed)
  return (await run(session)) ?? 0
}

/** Runs kubectl with the words after its name. Resolves to the exit code; rejects only on a bug of ours. */
export const kubectl = async (argv: readonly string[], host: KubectlHost, io: ProgramIO): Promise<number> => {
  try {
    if (io.cancellation.cancelled) throw interrupted()
    return await execute(argv, host, io)
  } catch (error) {
    const report = reportOf(error)
    if (!report) throw error
    if (report.text !== "") io.stderr(report.text.endsWith("\n") ? report.text : `${report.text}\n`)
    return report.exitCode
  }
}
