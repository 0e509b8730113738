import { type Cancellation, neverCancelled } from "@pilotage/kube-model"
import { findBuiltin } from "./builtins/table.ts"
import { completeLine } from "./completion/complete.ts"
import type { TerminalHost } from "./host.ts"
import { createScratchTrees, createStation, type Station } from "./machines/station.ts"
import { findProgram } from "./programs/find.ts"
import { createRun } from "./programs/program.ts"
import { interact } from "./shell/interact.ts"
import { promptOf } from "./shell/prompt.ts"
import { createScope, createShell, loginVariables, runShell, runText } from "./shell/run-shell.ts"
import { copyShell } from "./shell/shell.ts"
import { emptyInput, inputFromIterable, outputTo, type Streams } from "./streams/stream.ts"
import type { Candidates, Tty, World } from "./world.ts"

/** Where one run of `Terminal.run` reads and writes. */
export interface RunIO {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Absent: at its end. */
  readonly stdin?: AsyncIterable<string>
  readonly isTerminal: boolean
}

/** The learner's shell on the machine outside the cluster. */
export interface Terminal {
  /** Runs a line or a whole script in the login shell, which remembers variables and folder. Resolves to the exit code. */
  readonly run: (text: string, io: RunIO, cancellation: Cancellation) => Promise<number>
  /** Runs a script as `bash FILE` does: in a shell of its own, which `set -e` and `exit` end. */
  readonly runScript: (text: string, io: RunIO, cancellation: Cancellation) => Promise<number>
  /** A person at a terminal: prompts, runs, until they leave. Resolves to the exit code. */
  readonly interact: (tty: Tty, streams: Streams) => Promise<number>
  readonly prompt: () => string
  readonly complete: (line: string, cursor: number) => Promise<Candidates>
  readonly history: { readonly lines: () => readonly string[]; readonly add: (line: string) => void }
}

/** Commands between two turns of the clock; and how long they took together. */
const COMMANDS_A_TURN = 32
const TURN_MS = 1

const LONGEST_HISTORY = 1000

/** All that the shells and programs of one terminal share. */
export const createWorld = (host: TerminalHost, history: readonly string[]): World => {
  const trees = createScratchTrees()
  let commands = 0
  let processes = 0
  let namespace = host.defaultNamespace
  const world: World = {
    host,
    history,
    workstation: createStation(host.network.outsideMachine(), host.files),
    tty: undefined,
    async pace(cancellation) {
      commands += 1
      if (commands % COMMANDS_A_TURN === 0) await host.clock.sleep(TURN_MS, cancellation)
    },
    namespace: {
      get: () => namespace,
      set(chosen) {
        namespace = chosen
      },
    },
    nextProcessId() {
      processes += 1
      return processes
    },
    enterPod(target) {
      const machine = host.network.podMachine(target)
      return "error" in machine ? machine : createStation(machine, trees(machine, target.container ?? ""))
    },
    enterNode(node) {
      const machine = host.network.nodeMachine(node)
      return "error" in machine ? machine : createStation(machine, trees(machine, ""))
    },
    runOn: (station, argv, streams, cancellation, tty) =>
      runOn({ ...world, tty }, station, argv, streams, cancellation),
  }
  return world
}

/** Starts a program of a machine as its first process: no shell between. */
const runOn = async (
  world: World,
  station: Station,
  argv: readonly string[],
  streams: Streams,
  cancellation: Cancellation,
): Promise<number | undefined> => {
  const [name = "", ...args] = argv
  const program = findProgram(station, name)
  // `echo`, `test` and their kin are builtins of the shell and files of the image.
  const isBuiltinFile = station.machine.programs.includes(name) && findBuiltin(name) !== undefined
  if (!program && !isBuiltinFile) return undefined
  const variables = loginVariables(station)
  const folder = station.machine.origin.kind === "pod" ? "/" : station.home
  if (/^(.*\/)?(sh|bash|ash)$/.test(name))
    return runShell(world, station, variables, folder, argv, streams, cancellation, 1)
  const shell = createShell({ station, name: "sh", folder, variables, interactive: false, now: world.host.clock.now() })
  const scope = createScope(world, shell, streams, cancellation)
  return program ? program(createRun(scope, name, args)) : (await scope.invoke(argv, scope)).status
}

const streamsOf = (io: RunIO): Streams => ({
  stdin: io.stdin ? inputFromIterable(io.stdin, io.isTerminal) : emptyInput(),
  stdout: outputTo(io.stdout, io.isTerminal),
  stderr: outputTo(io.stderr, io.isTerminal),
})

export const createTerminal = (host: TerminalHost): Terminal => {
  const lines: string[] = []
  const world = createWorld(host, lines)
  const shell = createShell({
    station: world.workstation,
    name: "bash",
    folder: world.workstation.home,
    variables: loginVariables(world.workstation),
    interactive: true,
    now: host.clock.now(),
  })
  const idle: Streams = { stdin: emptyInput(), stdout: outputTo(() => {}), stderr: outputTo(() => {}) }
  return {
    run: (text, io, cancellation) => runText(createScope(world, shell, streamsOf(io), cancellation), text),
    async runScript(text, io, cancellation) {
      const script = { ...copyShell(shell), interactive: false, startedAt: host.clock.now() }
      const status = await runText(createScope(world, script, streamsOf(io), cancellation), text)
      for (const job of script.jobs) job.kill()
      return status
    },
    interact: (tty, streams) => interact(createScope({ ...world, tty }, shell, streams, neverCancelled)),
    prompt: () => promptOf(shell),
    complete: (line, cursor) => completeLine(createScope(world, shell, idle, neverCancelled), line, cursor),
    history: {
      lines: () => lines,
      add(line) {
        if (line.trim() === "" || lines.at(-1) === line) return
        lines.push(line)
        if (lines.length > LONGEST_HISTORY) lines.shift()
      },
    },
  }
}
