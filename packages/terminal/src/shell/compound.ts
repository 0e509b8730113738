import type { ArithmeticCommand, ArithmeticFor, Case, CompoundCommand, CompoundList, For, If, While } from "unbash"
import { evaluateArithmetic } from "../expansion/arithmetic.ts"
import { matchesPattern } from "../expansion/pattern.ts"
import { expandToPattern, expandToText, expandWord } from "../expansion/words.ts"
import { type Completion, done, interrupted, ShellFailure } from "./completion.ts"
import { copyShell, type Scope } from "./shell.ts"
import { holds } from "./test-expression.ts"
import { setVariable } from "./variables.ts"

const runList = (list: CompoundList, scope: Scope): Promise<Completion> => scope.evaluate(list.commands, scope)

const runCondition = (list: CompoundList, scope: Scope): Promise<Completion> =>
  scope.evaluate(list.commands, { ...scope, guarded: true })

const runIf = async (node: If, scope: Scope): Promise<Completion> => {
  for (const branch of [node, ...node.elif]) {
    const condition = await runCondition(branch.clause, scope)
    if (condition.flow) return condition
    if (condition.status === 0) return runList(branch.then, scope)
  }
  return node.else ? runList(node.else, scope) : done(0)
}

/** What a loop does after one round: undefined means go on. */
const afterRound = (completion: Completion): Completion | undefined => {
  const { flow, status } = completion
  if (!flow) return undefined
  if (flow.kind !== "break" && flow.kind !== "continue") return completion
  if (flow.levels > 1) return { status, flow: { kind: flow.kind, levels: flow.levels - 1 } }
  return flow.kind === "break" ? done(0) : undefined
}

/** `next` says whether there is one more round, and prepares it. */
const loop = async (
  scope: Scope,
  body: CompoundList,
  next: (inner: Scope) => Promise<boolean | Completion>,
): Promise<Completion> => {
  const inner = { ...scope, loopDepth: scope.loopDepth + 1 }
  let completion = done(0)
  for (;;) {
    await scope.world.pace(scope.cancellation)
    if (scope.cancellation.cancelled) return interrupted
    await scope.streams.stdout.ready(scope.cancellation)
    const more = await next(inner)
    if (more === false) return completion
    if (more !== true) return more
    completion = await runList(body, inner)
    const end = afterRound(completion)
    if (end) return end
    completion = done(completion.status)
  }
}

const runWhile = (node: While, scope: Scope): Promise<Completion> =>
  loop(scope, node.body, async (inner) => {
    const condition = await runCondition(node.clause, inner)
    if (condition.flow) return afterRound(condition) ?? true
    return (condition.status === 0) === (node.kind === "while")
  })

const runFor = async (node: For, scope: Scope): Promise<Completion> => {
  const words: string[] = []
  if (!node.wordlist) words.push(...scope.shell.positional)
  for (const word of node.wordlist ?? []) words.push(...(await expandWord(scope, word)))
  let index = 0
  return loop(scope, node.body, async () => {
    const word = words[index]
    index += 1
    if (word === undefined) return false
    setVariable(scope.shell, node.name.value, word)
    return true
  })
}

const runArithmeticFor = async (node: ArithmeticFor, scope: Scope): Promise<Completion> => {
  if (node.initialize) await evaluateArithmetic(scope, node.initialize)
  let first = true
  return loop(scope, node.body, async () => {
    if (!first && node.update) await evaluateArithmetic(scope, node.update)
    first = false
    return !node.test || (await evaluateArithmetic(scope, node.test)) !== 0n
  })
}

const runCase = async (node: Case, scope: Scope): Promise<Completion> => {
  const text = await expandToText(scope, node.word)
  let completion = done(0)
  let fallsThrough = false
  for (const item of node.items) {
    let matches = fallsThrough
    for (const pattern of item.pattern) matches ||= matchesPattern(text, await expandToPattern(scope, pattern))
    if (!matches) continue
    completion = await runList(item.body, scope)
    if (completion.flow || item.terminator === ";;" || item.terminator === undefined) return completion
    fallsThrough = item.terminator === ";&"
  }
  return completion
}

const runArithmetic = async (node: ArithmeticCommand, scope: Scope): Promise<Completion> =>
  done(node.expression && (await evaluateArithmetic(scope, node.expression)) !== 0n ? 0 : 1)

const runSubshell = async (list: CompoundList, scope: Scope): Promise<Completion> => {
  const completion = await runList(list, { ...scope, shell: copyShell(scope.shell), loopDepth: 0 })
  return completion.flow?.kind === "interrupt" ? completion : done(completion.status)
}

/** Everything that is made of other commands. */
export const runCompound = async (scope: Scope, node: CompoundCommand): Promise<Completion> => {
  switch (node.type) {
    case "If":
      return runIf(node, scope)
    case "While":
      return runWhile(node, scope)
    case "For":
      return runFor(node, scope)
    case "ArithmeticFor":
      return runArithmeticFor(node, scope)
    case "Case":
      return runCase(node, scope)
    case "BraceGroup":
      return runList(node.body, scope)
    case "Subshell":
      return runSubshell(node.body, scope)
    case "TestCommand":
      return done((await holds(scope, node.expression)) ? 0 : 1)
    case "ArithmeticCommand":
      return runArithmetic(node, scope)
    case "Select":
      throw new ShellFailure("select: not supported in this shell")
  }
}
