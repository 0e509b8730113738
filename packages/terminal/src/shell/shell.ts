import type { Cancellation, Random } from "@pilotage/kube-model"
import type { Function as FunctionNode, Statement } from "unbash"
import type { Station } from "../machines/station.ts"
import type { Streams } from "../streams/stream.ts"
import type { World } from "../world.ts"
import type { Completion } from "./completion.ts"

export interface Variable {
  /** An array has its elements in order; `$x` is the first. */
  readonly value: string | readonly string[]
  readonly exported: boolean
  readonly readonly?: boolean
}

export interface ShellOptions {
  readonly errexit: boolean
  readonly nounset: boolean
  readonly pipefail: boolean
  readonly xtrace: boolean
}

export interface Job {
  readonly id: number
  readonly pid: number
  readonly command: string
  readonly finished: Promise<number>
  readonly kill: () => void
  status: number | undefined
}

/** What a shell remembers from one command to the next. A subshell works on a copy. */
export interface Shell {
  /** `bash` or `sh`: what its messages begin with. */
  readonly name: string
  readonly interactive: boolean
  readonly station: Station
  readonly variables: Map<string, Variable>
  readonly functions: Map<string, FunctionNode>
  readonly aliases: Map<string, string>
  /** Values to put back when the running functions return, innermost last. */
  readonly locals: Map<string, Variable | undefined>[]
  readonly jobs: Job[]
  readonly random: Random
  readonly startedAt: number
  options: ShellOptions
  /** `$0`. */
  scriptName: string
  /** `$1`, `$2`… */
  positional: readonly string[]
  folder: string
  status: number
  /** Functions and sourced scripts that are running inside each other. */
  depth: number
  /** `$!` */
  lastJob: number | undefined
}

/** Where a part of a script runs. */
export interface Scope {
  readonly world: World
  readonly shell: Shell
  readonly streams: Streams
  readonly cancellation: Cancellation
  /** Inside a condition `set -e` waits. */
  readonly guarded: boolean
  readonly loopDepth: number
  /** Runs statements in this scope; the way back from expansions and builtins into the evaluator. */
  readonly evaluate: (statements: readonly Statement[], scope: Scope) => Promise<Completion>
  /** Runs words as a command: function, builtin or program. */
  readonly invoke: (argv: readonly string[], scope: Scope) => Promise<Completion>
}

export const copyShell = (shell: Shell): Shell => ({
  ...shell,
  variables: new Map(shell.variables),
  functions: new Map(shell.functions),
  aliases: new Map(shell.aliases),
  locals: shell.locals.map((each) => new Map(each)),
  jobs: [],
})

/** The environment that a program is given. */
export const environmentOf = (shell: Shell): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...shell.variables].flatMap(([name, variable]) =>
      variable.exported
        ? [[name, typeof variable.value === "string" ? variable.value : (variable.value[0] ?? "")]]
        : [],
    ),
  )
