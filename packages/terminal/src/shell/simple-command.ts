import type { Assignment, Command } from "unbash"
import { evaluateText } from "../expansion/arithmetic.ts"
import { expandToText, expandWord } from "../expansion/words.ts"
import { type Completion, done, interrupted, ShellFailure } from "./completion.ts"
import { redirected } from "./redirects.ts"
import type { Scope } from "./shell.ts"
import { elementsOf, setVariable } from "./variables.ts"

/** The value that an assignment gives, `+=` and arrays worked out. */
const assignedValue = async (scope: Scope, node: Assignment): Promise<string | readonly string[]> => {
  const before = elementsOf(scope.shell, node.name, 0) ?? []
  if (node.value.type === "ArrayValue") {
    const elements: string[] = node.append ? [...before] : []
    for (const word of node.value.elements) elements.push(...(await expandWord(scope, word)))
    return elements
  }
  const text = await expandToText(scope, node.value)
  if (node.index) {
    const position = Number(await evaluateText(scope, await expandToText(scope, node.index)))
    if (position < 0 || position > 10_000) throw new ShellFailure(`${node.name}[${position}]: bad array subscript`)
    const elements = Array.from({ length: Math.max(before.length, position + 1) }, (_, index) => before[index] ?? "")
    elements[position] = node.append ? `${elements[position] ?? ""}${text}` : text
    return elements
  }
  return node.append ? (before[0] ?? "") + text : text
}

const assign = async (scope: Scope, node: Assignment): Promise<void> =>
  setVariable(scope.shell, node.name, await assignedValue(scope, node))

const expandArguments = async (scope: Scope, node: Command): Promise<readonly string[]> => {
  const argv = node.name ? [...(await expandWord(scope, node.name))] : []
  for (const argument of node.args) {
    if (argument.type === "Word") argv.push(...(await expandWord(scope, argument)))
    else {
      const value = await assignedValue(scope, argument)
      argv.push(`${argument.name}=${typeof value === "string" ? value : value.join(" ")}`)
    }
  }
  return argv
}

const quoteForTrace = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** Assignments before a command hold while it runs. */
const withAssignments = async (
  scope: Scope,
  assignments: readonly Assignment[],
  run: () => Promise<Completion>,
): Promise<Completion> => {
  const { variables } = scope.shell
  const before = assignments.map((each) => [each.name, variables.get(each.name)] as const)
  for (const each of assignments)
    setVariable(scope.shell, each.name, await assignedValue(scope, each), { exported: true })
  try {
    return await run()
  } finally {
    for (const [name, variable] of before)
      if (variable) variables.set(name, variable)
      else variables.delete(name)
  }
}

/** `name=value… command words… redirects…`: expanded from left to right, then run. */
export const runCommand = async (scope: Scope, node: Command): Promise<Completion> => {
  const { shell } = scope
  const assignments = node.prefix.flatMap((each) => (each.type === "Assignment" ? [each] : []))
  const statusBefore = shell.status
  const argv = await expandArguments(scope, node)
  let streams = scope.streams
  try {
    if (node.redirects.length > 0) streams = await redirected(scope, node.redirects)
  } catch (reason) {
    if (!(reason instanceof ShellFailure)) throw reason
    scope.streams.stderr.write(`${shell.name}: ${reason.message}\n`)
    return done(reason.status)
  }
  if (shell.options.xtrace && argv.length > 0) scope.streams.stderr.write(`+ ${argv.map(quoteForTrace).join(" ")}\n`)
  if (argv.length === 0) {
    shell.status = 0
    for (const assignment of assignments) await assign(scope, assignment)
    const { status } = shell
    shell.status = assignments.length > 0 ? status : statusBefore
    return done(assignments.length > 0 ? status : 0)
  }
  const inner = { ...scope, streams }
  const completion =
    assignments.length > 0
      ? await withAssignments(scope, assignments, () => scope.invoke(argv, inner))
      : await scope.invoke(argv, inner)
  return scope.cancellation.cancelled ? interrupted : completion
}
