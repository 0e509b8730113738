import { findBuiltin } from "../builtins/table.ts"
import { findProgram } from "../programs/find.ts"
import { createRun } from "../programs/program.ts"
import { type Completion, done, interrupted, ShellFailure } from "./completion.ts"
import type { Scope } from "./shell.ts"
import { leaveFunction } from "./variables.ts"

/** Functions that may run inside each other; one that calls itself for ever is stopped here. */
const DEEPEST_CALL = 100

const callFunction = async (scope: Scope, name: string, args: readonly string[]): Promise<Completion | undefined> => {
  const { shell } = scope
  const node = shell.functions.get(name)
  if (!node) return undefined
  if (shell.depth >= DEEPEST_CALL)
    throw new ShellFailure(`${name}: maximum function nesting level exceeded (${DEEPEST_CALL})`)
  const { positional } = shell
  shell.positional = args
  shell.depth += 1
  shell.locals.push(new Map())
  try {
    const command = { type: "Statement", pos: node.pos, end: node.end, background: undefined } as const
    const completion =
      node.body.type === "CompoundList"
        ? await scope.evaluate(node.body.commands, { ...scope, loopDepth: 0 })
        : await scope.evaluate([{ ...command, command: node.body }], { ...scope, loopDepth: 0 })
    return completion.flow?.kind === "return" ? done(completion.status) : completion
  } finally {
    leaveFunction(shell)
    shell.depth -= 1
    shell.positional = positional
  }
}

/** The words for a command that is not there, as the machine's shell says them; 127. */
const notFound = (scope: Scope, name: string): Completion => {
  const { shell, streams } = scope
  if (name.includes("/")) streams.stderr.write(`${shell.name}: ${name}: No such file or directory\n`)
  else if (shell.name === "bash") streams.stderr.write(`bash: ${name}: command not found\n`)
  else streams.stderr.write(`${shell.name}: ${shell.station.userland === "busybox" ? "" : "1: "}${name}: not found\n`)
  return done(127)
}

/** Runs words as a command: function first, then builtin, then program. */
export const invoke = async (argv: readonly string[], scope: Scope): Promise<Completion> => {
  const [name = "", ...args] = argv
  const called = await callFunction(scope, name, args)
  if (called) return called
  const builtin = findBuiltin(name)
  if (builtin) return builtin(scope, args, name)
  const program = findProgram(scope.shell.station, name)
  if (!program) return notFound(scope, name)
  const status = await program(createRun(scope, name, args))
  return scope.cancellation.cancelled ? interrupted : done(status)
}
