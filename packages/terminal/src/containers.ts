import type { Cancellation } from "@pilotage/kube-model"
import type { TerminalHost } from "./host.ts"
import { execFailure } from "./programs/exec-failure.ts"
import type { Streams } from "./streams/stream.ts"
import { createTeletype } from "./teletype.ts"
import { createWorld } from "./terminal.ts"
import type { Tty } from "./world.ts"

export interface ContainerName {
  readonly namespace: string
  readonly pod: string
  readonly container?: string
}

/** How an exec ended: the program's exit code, or the runtime's words why there was no program. */
export type ExecOutcome = { readonly exitCode: number } | { readonly error: string }

/** A program at a terminal that somebody else owns: a real one at the other end of a connection. */
export interface AttachedTerminal {
  /** What the terminal sent. */
  readonly keys: (data: string) => void
  readonly resize: (columns: number) => void
  readonly hangUp: () => void
  readonly ended: Promise<ExecOutcome>
}

export interface TerminalScreen {
  /** Newlines come as `\r\n`. */
  readonly write: (text: string) => void
  readonly columns: number
}

/** Runs programs in containers, beside their main processes: the same programs and files as behind the shell's kubectl. */
export interface Containers {
  readonly exec: (
    target: ContainerName,
    argv: readonly string[],
    streams: Streams,
    cancellation: Cancellation,
  ) => Promise<ExecOutcome>
  readonly execAtTerminal: (target: ContainerName, argv: readonly string[], screen: TerminalScreen) => AttachedTerminal
}

const LONGEST_HISTORY = 1000

export const createContainers = (host: TerminalHost): Containers => {
  const world = createWorld(host, [])
  const start = async (
    target: ContainerName,
    argv: readonly string[],
    streams: Streams,
    cancellation: Cancellation,
    tty?: Tty,
  ): Promise<ExecOutcome> => {
    const station = world.enterPod(target)
    if ("error" in station) return station
    const exitCode = await world.runOn(station, argv, streams, cancellation, tty)
    return exitCode === undefined ? { error: execFailure(argv[0] ?? "") } : { exitCode }
  }
  return {
    exec: (target, argv, streams, cancellation) => start(target, argv, streams, cancellation),
    execAtTerminal(target, argv, screen) {
      const lines: string[] = []
      const history = {
        lines: () => lines,
        add(line: string) {
          lines.push(line)
          if (lines.length > LONGEST_HISTORY) lines.shift()
        },
      }
      const { tty, streams, keys, resize, hangUp } = createTeletype({ ...screen, history })
      const ended = tty.inForeground((cancellation) => start(target, argv, streams, cancellation, tty))
      return { keys, resize, hangUp, ended }
    },
  }
}
