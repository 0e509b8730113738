import { copyShell } from "../shell/shell.ts"
import { outputTo } from "../streams/stream.ts"
import { usageError } from "./inputs.ts"
import { dateLine } from "./machine.ts"
import { parseOptions } from "./options.ts"
import type { Program, Run } from "./program.ts"

const HOME_AND_CLEAR = "\x1b[H\x1b[2J"

const header = (run: Run, seconds: number, command: string): string => {
  const left = `Every ${seconds.toFixed(1)}s: ${command}`
  const right = `${run.scope.shell.station.machine.hostname}: ${dateLine(run.now())}`
  const columns = run.scope.world.tty?.columns() ?? 80
  return `${left}${" ".repeat(Math.max(2, columns - left.length - right.length))}${right}\n\n`
}

/** Runs a command again and again until Ctrl-C; on a terminal each round takes the screen. */
export const watch: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "tdebgx",
    values: "n",
    leading: true,
    long: { interval: "n", "no-title": "t", differences: "d", exec: "x" },
  })
  if (!options.ok) return usageError(run, options.error, 1)
  const { operands, value, has } = options.value
  const seconds = Math.max(0.1, Number(value("n") ?? 2))
  if (Number.isNaN(seconds)) return usageError(run, `failed to parse argument: '${value("n")}'`, 1)
  if (operands.length === 0) return usageError(run, "no command given", 1)
  const argv = has("x") ? operands : ["sh", "-c", operands.join(" ")]
  while (!run.cancellation.cancelled) {
    let text = has("t") ? "" : header(run, seconds, operands.join(" "))
    const stdout = outputTo((chunk) => {
      text += chunk
    })
    const completion = await run.scope.invoke(argv, {
      ...run.scope,
      shell: copyShell(run.scope.shell),
      streams: { ...run.streams, stdout, stderr: stdout },
    })
    if (run.cancellation.cancelled) break
    run.print(`${run.streams.stdout.isTerminal ? HOME_AND_CLEAR : ""}${text}`)
    if (has("e") && completion.status !== 0) return 8
    await run.sleep(seconds * 1000)
  }
  return 130
}
