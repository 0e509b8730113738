import type { Command } from "./command.ts"
import type { FlagSpec } from "./flags/flag-set.ts"
import { createTabWriter } from "./output/tab-writer.ts"

const flagLine = (flag: FlagSpec): string => {
  const short = flag.short ? `-${flag.short}, ` : "    "
  const value = flag.kind === "bool" ? "" : `=${flag.default ?? ""}`
  return `    ${short}--${flag.name}${value}`
}

const listing = (commands: readonly Command[]): string => {
  const writer = createTabWriter({ minWidth: 0, padding: 2 })
  for (const command of commands) writer.write(`  ${command.name}\t${command.summary}\n`)
  return writer.flush()
}

/** `kubectl --help`, `kubectl get -h`: in our words; the flags are the ones that work here. */
export const helpText = (path: string, command: Command | undefined, all: readonly Command[]): string => {
  if (!command)
    return `kubectl steers a Kubernetes cluster.\n\nCommands:\n${listing(all)}\nUsage:\n  kubectl [flags] [options]\n\nUse "kubectl COMMAND --help" for more about a command.\n`
  const parts = [`${command.summary}.\n`]
  if (command.children) parts.push(`Commands:\n${listing(command.children)}`)
  if (command.flags?.length) parts.push(`Options:\n${command.flags.map((flag) => `${flagLine(flag)}\n`).join("")}`)
  parts.push(`Usage:\n  kubectl ${path} ${command.usage ?? (command.children ? "COMMAND" : "[flags]")}\n`)
  return parts.join("\n")
}
