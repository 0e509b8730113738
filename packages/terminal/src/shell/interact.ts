import { completeLine } from "../completion/complete.ts"
import { outputTo } from "../streams/stream.ts"
import { type Completion, done, INTERRUPTED } from "./completion.ts"
import { reapJobs } from "./jobs.ts"
import { promptOf } from "./prompt.ts"
import type { Scope } from "./shell.ts"
import { isUnfinished, read } from "./syntax.ts"

/** Characters of a command's output that its record keeps. */
const LONGEST_RECORD = 65_536

/** A fault of ours must not take the terminal away from the learner: they see it, and 70 (EX_SOFTWARE). */
const told = (scope: Scope, reason: unknown): Completion => {
  scope.streams.stderr.write(
    `${scope.shell.name}: internal error: ${reason instanceof Error ? reason.message : String(reason)}\n`,
  )
  return done(70)
}

/** Reads commands from the terminal and runs them until `exit` or Ctrl-D. Resolves to the shell's exit code. */
export const interact = async (scope: Scope): Promise<number> => {
  const { world, shell, streams } = scope
  const { tty } = world
  if (!tty) return 0
  while (!scope.cancellation.cancelled) {
    for (const line of reapJobs(shell.jobs)) streams.stdout.write(line)
    const text = await tty.readCommand(promptOf(shell), {
      isUnfinished,
      complete: (line, cursor) => completeLine(scope, line, cursor),
    })
    if (text === undefined) {
      streams.stdout.write(shell.station.isWorkstation ? "logout\n" : "exit\n")
      return shell.status
    }
    if (text.trim() === "") continue
    let output = ""
    const recorded = (write: (chunk: string) => void, isTerminal: boolean) =>
      outputTo((chunk) => {
        if (output.length < LONGEST_RECORD) output += chunk
        write(chunk)
      }, isTerminal)
    const reading = read(text)
    const leaves = await tty.inForeground(async (cancellation) => {
      const inner = {
        ...scope,
        cancellation,
        streams: {
          stdin: streams.stdin,
          stdout: recorded(streams.stdout.write, true),
          stderr: recorded(streams.stderr.write, true),
        },
      }
      if (reading.kind !== "script") {
        inner.streams.stderr.write(`${shell.name}: ${reading.message}\n`)
        shell.status = 2
        return false
      }
      const completion = await scope
        .evaluate(reading.script.commands, inner)
        .catch((reason: unknown) => told(inner, reason))
      shell.status = completion.flow?.kind === "interrupt" ? INTERRUPTED : completion.status
      return completion.flow?.kind === "exit" && completion.failed !== true
    })
    tty.record({ command: text, exitCode: shell.status, output })
    if (leaves) {
      for (const job of shell.jobs) job.kill()
      return shell.status
    }
  }
  return INTERRUPTED
}
