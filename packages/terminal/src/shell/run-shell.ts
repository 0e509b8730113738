import { type Cancellation, createRandom, type Random } from "@pilotage/kube-model"
import { nameOf, resolvePath } from "../machines/path.ts"
import type { Station } from "../machines/station.ts"
import { readAll, type Streams } from "../streams/stream.ts"
import type { World } from "../world.ts"
import { INTERRUPTED } from "./completion.ts"
import { evaluate } from "./evaluate.ts"
import { interact } from "./interact.ts"
import { invoke } from "./invoke.ts"
import type { Scope, Shell, Variable } from "./shell.ts"
import { read } from "./syntax.ts"
import { setVariable } from "./variables.ts"

/** Shells that may run inside each other. */
const DEEPEST_SHELL = 100

export interface ShellStart {
  readonly station: Station
  readonly name: string
  readonly folder: string
  readonly interactive: boolean
  readonly variables: ReadonlyMap<string, Variable>
  readonly now: number
  readonly random?: Random
}

export const createShell = (start: ShellStart): Shell => ({
  name: start.name,
  interactive: start.interactive,
  station: start.station,
  variables: new Map(start.variables),
  functions: new Map(),
  aliases: new Map(),
  locals: [],
  jobs: [],
  random: start.random ?? createRandom(1),
  startedAt: start.now,
  options: { errexit: false, nounset: false, pipefail: false, xtrace: false },
  scriptName: start.name,
  positional: [],
  folder: start.folder,
  status: 0,
  depth: 0,
  lastJob: undefined,
})

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/** The variables of a login on a machine. Nobody logs in to a container: it has what its runtime gave it. */
export const loginVariables = (station: Station): ReadonlyMap<string, Variable> =>
  new Map(
    Object.entries(
      station.machine.origin.kind === "pod"
        ? { PATH, HOSTNAME: station.machine.hostname, ...station.machine.env, HOME: station.home }
        : {
            PATH,
            HOME: station.home,
            USER: station.machine.user,
            HOSTNAME: station.machine.hostname,
            ...station.machine.env,
          },
    ).map(([name, value]) => [name, { value, exported: true }]),
  )

export const createScope = (world: World, shell: Shell, streams: Streams, cancellation: Cancellation): Scope => ({
  world,
  shell,
  streams,
  cancellation,
  guarded: false,
  loopDepth: 0,
  evaluate,
  invoke,
})

/** Runs a text as a script. Syntax errors are found before anything runs; 2. */
export const runText = async (scope: Scope, text: string): Promise<number> => {
  const reading = read(text)
  if (reading.kind !== "script") {
    scope.streams.stderr.write(`${scope.shell.name}: ${reading.message}\n`)
    scope.shell.status = 2
    return 2
  }
  const completion = await scope.evaluate(reading.script.commands, scope)
  const status = completion.flow?.kind === "interrupt" ? INTERRUPTED : completion.status
  scope.shell.status = status
  return status
}

/** `sh`, `sh -c text name args`, `sh file args`: what a shell does that is started with these words. */
export const runShell = async (
  world: World,
  station: Station,
  variables: ReadonlyMap<string, Variable>,
  folder: string,
  argv: readonly string[],
  streams: Streams,
  cancellation: Cancellation,
  depth: number,
): Promise<number> => {
  const [program = "sh", ...words] = argv
  const letters: string[] = []
  while (/^-[a-z]+$/.test(words[0] ?? "")) letters.push((words.shift() ?? "").slice(1))
  const has = (letter: string): boolean => letters.some((each) => each.includes(letter))
  const name = nameOf(program) === "bash" ? "bash" : "sh"
  const isInteractive = words.length === 0 && !has("c") && streams.stdin.isTerminal && world.tty !== undefined
  const shell = createShell({
    station,
    name,
    folder,
    variables,
    interactive: isInteractive,
    now: world.host.clock.now(),
  })
  shell.depth = depth
  shell.options = { ...shell.options, errexit: has("e"), nounset: has("u"), xtrace: has("x") }
  const scope = createScope(world, shell, streams, cancellation)
  if (depth > DEEPEST_SHELL) {
    streams.stderr.write(`${name}: shell level (${depth}) too high\n`)
    return 1
  }
  setVariable(shell, "PWD", folder, { exported: true })
  if (has("c")) {
    const [text, scriptName, ...positional] = words
    if (text === undefined) {
      streams.stderr.write(`${name}: -c: option requires an argument\n`)
      return 2
    }
    shell.scriptName = scriptName ?? program
    shell.positional = positional
    return runText(scope, text)
  }
  const [file, ...positional] = words
  if (file === undefined)
    return isInteractive ? interact(scope) : runText(scope, await readAll(streams.stdin, cancellation))
  const text = station.files.read(resolvePath(folder, file))
  if (!text.ok) {
    streams.stderr.write(`${name}: ${file}: ${text.error}\n`)
    return 127
  }
  shell.scriptName = file
  shell.positional = positional
  return runText(scope, text.value)
}
