import type { AndOr, CommandNode, PipelineNode, Statement } from "unbash"
import { type Completion, done, interrupted, ShellFailure } from "./completion.ts"
import { runCompound } from "./compound.ts"
import { startJob } from "./jobs.ts"
import { runPipeline } from "./pipeline.ts"
import { redirected } from "./redirects.ts"
import type { Scope } from "./shell.ts"
import { runCommand } from "./simple-command.ts"

/** Reports a failure of the shell's own; a script ends with it, a person may go on. */
const reportFailure = (scope: Scope, reason: unknown): Completion => {
  if (!(reason instanceof ShellFailure)) throw reason
  scope.streams.stderr.write(`${scope.shell.name}: ${reason.message}\n`)
  scope.shell.status = reason.status
  return { status: reason.status, flow: { kind: "exit" }, failed: true }
}

const runNode = async (node: CommandNode, scope: Scope): Promise<Completion> => {
  await scope.world.pace(scope.cancellation)
  if (scope.cancellation.cancelled) return interrupted
  switch (node.type) {
    case "Command":
      return runCommand(scope, node)
    case "Function":
      scope.shell.functions.set(node.name.value, node)
      return done(0)
    case "Redirected": {
      try {
        return await runCompound({ ...scope, streams: await redirected(scope, node.redirects) }, node.command)
      } catch (reason) {
        if (!(reason instanceof ShellFailure)) throw reason
        scope.streams.stderr.write(`${scope.shell.name}: ${reason.message}\n`)
        return done(reason.status)
      }
    }
    case "Coproc":
      throw new ShellFailure("coproc: not supported in this shell")
    default:
      return runCompound(scope, node)
  }
}

const runPipelineNode = async (node: PipelineNode, scope: Scope): Promise<Completion> => {
  const completion = node.type === "Pipeline" ? await runPipeline(scope, node, runNode) : await runNode(node, scope)
  scope.shell.status = completion.status
  return completion
}

const leavesOnError = (scope: Scope, node: PipelineNode, completion: Completion): boolean =>
  scope.shell.options.errexit &&
  !scope.guarded &&
  completion.status !== 0 &&
  !completion.flow &&
  !(node.type === "Pipeline" && node.prefixes.some((prefix) => prefix.type === "Negation"))

const runAndOr = async (node: AndOr, scope: Scope): Promise<Completion> => {
  let completion = done(0)
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index - 1]
    if (operator === "&&" && completion.status !== 0) continue
    if (operator === "||" && completion.status === 0) continue
    const isLast = index === node.commands.length - 1
    completion = await runPipelineNode(command, { ...scope, guarded: scope.guarded || !isLast })
    if (completion.flow) return completion
    if (isLast && leavesOnError(scope, command, completion)) return { ...completion, flow: { kind: "exit" } }
  }
  return completion
}

const runStatement = async (statement: Statement, scope: Scope): Promise<Completion> => {
  const { command } = statement
  if (statement.background)
    return startJob(scope, statement, (inner) => runStatement({ ...statement, background: undefined }, inner))
  if (command.type === "AndOr") return runAndOr(command, scope)
  const completion = await runPipelineNode(command, scope)
  return leavesOnError(scope, command, completion) ? { ...completion, flow: { kind: "exit" } } : completion
}

/** Runs statements one after another until control leaves. Sets `$?`. Failures of the shell are printed and end it. */
export const evaluate = async (statements: readonly Statement[], scope: Scope): Promise<Completion> => {
  let completion = done(0)
  for (const statement of statements) {
    if (scope.cancellation.cancelled) return interrupted
    try {
      completion = await runStatement(statement, scope)
    } catch (reason) {
      completion = reportFailure(scope, reason)
    }
    if (completion.flow) return completion
  }
  return completion
}
