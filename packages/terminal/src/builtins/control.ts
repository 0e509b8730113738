import { resolvePath } from "../machines/path.ts"
import { type Completion, done } from "../shell/completion.ts"
import type { Scope } from "../shell/shell.ts"
import { read } from "../shell/syntax.ts"
import { type Builtin, complain } from "./builtin.ts"

const statusFrom = (scope: Scope, name: string, text: string | undefined): number => {
  if (text === undefined) return scope.shell.status
  if (/^-?\d+$/.test(text)) return Number(text) & 255
  complain(scope, name, `${text}: numeric argument required`)
  return 2
}

export const exit: Builtin = async (scope, args, name) => ({
  status: statusFrom(scope, name, args[0]),
  flow: { kind: "exit" },
})

export const returnBuiltin: Builtin = async (scope, args, name) => {
  if (scope.shell.depth > 0) return { status: statusFrom(scope, name, args[0]), flow: { kind: "return" } }
  complain(scope, name, "can only `return' from a function or sourced script")
  return done(2)
}

const leaveLoop =
  (kind: "break" | "continue"): Builtin =>
  async (scope, args, name) => {
    if (scope.loopDepth === 0) {
      complain(scope, name, "only meaningful in a `for', `while', or `until' loop")
      return done(0)
    }
    const levels = Number(args[0] ?? 1)
    if (!Number.isInteger(levels) || levels < 1) {
      complain(scope, name, `${args[0]}: loop count out of range`)
      return done(1)
    }
    return { status: 0, flow: { kind, levels: Math.min(levels, scope.loopDepth) } }
  }

export const breakBuiltin = leaveLoop("break")
export const continueBuiltin = leaveLoop("continue")

/** Runs a text in this very shell. */
const runText = async (scope: Scope, text: string, name: string): Promise<Completion> => {
  const reading = read(text)
  if (reading.kind === "script") return scope.evaluate(reading.script.commands, scope)
  complain(scope, name, reading.message)
  return done(2)
}

/** Texts that run texts may nest so deep. */
const DEEPEST_SOURCE = 100

const nested = async (scope: Scope, name: string, run: () => Promise<Completion>): Promise<Completion> => {
  if (scope.shell.depth >= DEEPEST_SOURCE) {
    complain(scope, name, "maximum nesting level exceeded")
    return done(1)
  }
  scope.shell.depth += 1
  try {
    return await run()
  } finally {
    scope.shell.depth -= 1
  }
}

export const evalBuiltin: Builtin = (scope, args, name) =>
  nested(scope, name, () => runText(scope, args.join(" "), name))

export const source: Builtin = async (scope, args, name) => {
  const [file, ...positional] = args
  if (file === undefined) {
    complain(scope, name, "filename argument required")
    return done(2)
  }
  const text = scope.shell.station.files.read(resolvePath(scope.shell.folder, file))
  if (!text.ok) {
    scope.streams.stderr.write(`${scope.shell.name}: ${file}: ${text.error}\n`)
    return done(1)
  }
  const before = scope.shell.positional
  if (positional.length > 0) scope.shell.positional = positional
  const completion = await nested(scope, name, () => runText(scope, text.value, name))
  scope.shell.positional = before
  return completion.flow?.kind === "return" ? done(completion.status) : completion
}
