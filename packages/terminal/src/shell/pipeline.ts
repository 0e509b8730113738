import type { CommandNode, Pipeline } from "unbash"
import { createPipe, type Pipe } from "../streams/pipe.ts"
import { deriveCancellation } from "./cancellations.ts"
import { BROKEN_PIPE, type Completion, interrupted } from "./completion.ts"
import { copyShell, type Scope } from "./shell.ts"
import { describeTimes } from "./times.ts"

type Run = (node: CommandNode, scope: Scope) => Promise<Completion>

/** How long a writer may still work when nobody reads any more: what was about to end anyway ends by itself. */
const GRACE_MS = 1

/** Each command in a subshell of its own, all at once; a reader that ends takes its writer with it. */
const runStages = async (
  scope: Scope,
  commands: readonly CommandNode[],
  operators: readonly string[],
  run: Run,
): Promise<Completion> => {
  const pipes: readonly Pipe[] = commands.slice(1).map(createPipe)
  const sources = commands.map(() => deriveCancellation(scope.cancellation))
  const broken = new Set<number>()
  const { clock } = scope.world.host

  const endWriter = async (index: number): Promise<void> => {
    const source = sources[index]
    if (!source) return
    await clock.sleep(GRACE_MS, source)
    broken.add(index)
    source.cancel()
  }

  const runStage = async (command: CommandNode, index: number): Promise<number> => {
    const before = pipes[index - 1]
    const after = pipes[index]
    const source = sources[index] ?? scope.cancellation
    const stdout = after?.output ?? scope.streams.stdout
    const stderr = after && operators[index] === "|&" ? after.output : scope.streams.stderr
    const completion = await run(command, {
      ...scope,
      shell: copyShell(scope.shell),
      streams: { stdin: before?.input ?? scope.streams.stdin, stdout, stderr },
      cancellation: source,
      loopDepth: 0,
    })
    after?.closeWriter()
    if (before) {
      before.closeReader()
      void endWriter(index - 1)
    }
    return broken.has(index) ? BROKEN_PIPE : completion.status
  }

  // A stage that ended is not to be ended again: its own source is cancelled once it is done.
  const statuses = await Promise.all(
    commands.map((command, index) => runStage(command, index).finally(() => sources[index]?.cancel())),
  )
  for (const source of sources) source.release()
  if (scope.cancellation.cancelled) return interrupted
  const failures = statuses.filter((status) => status !== 0)
  return { status: scope.shell.options.pipefail ? (failures.at(-1) ?? 0) : (statuses.at(-1) ?? 0) }
}

/** `a | b | c`, `! a`, `time a`. A pipeline of one command runs in the shell itself. */
export const runPipeline = async (scope: Scope, node: Pipeline, run: Run): Promise<Completion> => {
  const negated = node.prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1
  const time = node.prefixes.find((prefix) => prefix.type === "Time")
  const inner = negated ? { ...scope, guarded: true } : scope
  const startedAt = scope.world.host.clock.now()
  const [only, second] = node.commands
  const completion =
    only && !second ? await run(only, inner) : await runStages(inner, node.commands, node.operators, run)
  if (time)
    scope.streams.stderr.write(describeTimes(scope.world.host.clock.now() - startedAt, time.posix !== undefined))
  return negated && !completion.flow ? { status: completion.status === 0 ? 1 : 0 } : completion
}
