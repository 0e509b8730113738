import { usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

/** `ssh node-1 [command]`; 255 is ssh's own failure. */
export const ssh: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "tTqvnx46A", values: "oilpF", leading: true })
  if (!options.ok) return usageError(run, options.error, 255)
  const [destination, ...command] = options.value.operands
  if (destination === undefined) {
    run.streams.stderr.write("usage: ssh [-t] [-o option] [user@]destination [command [argument ...]]\n")
    return 255
  }
  const [user, node] = destination.includes("@") ? destination.split("@") : ["root", destination]
  if (user !== "root") {
    run.streams.stderr.write(`${user}@${node}: Permission denied (publickey).\n`)
    return 255
  }
  const station = run.scope.world.enterNode(node ?? "")
  if ("error" in station) {
    run.streams.stderr.write(`ssh: Could not resolve hostname ${node}: Name or service not known\n`)
    return 255
  }
  const isInteractive = command.length === 0 && run.streams.stdin.isTerminal
  const argv = command.length === 0 ? ["bash"] : ["bash", "-c", command.join(" ")]
  const exitCode = await run.scope.world.runOn(
    station,
    argv,
    run.streams,
    run.cancellation,
    isInteractive ? run.scope.world.tty : undefined,
  )
  if (isInteractive) run.streams.stderr.write(`Connection to ${node} closed.\n`)
  return exitCode ?? 127
}
