import type { Cancellation } from "@pilotage/kube-model"
import type { TerminalHost } from "./host.ts"
import type { Station } from "./machines/station.ts"
import type { Streams } from "./streams/stream.ts"

/** A terminal with somebody at it. */
export interface Tty {
  readonly columns: () => number
  /** Asks for a line or, while `isUnfinished`, several; undefined is Ctrl-D. */
  readonly readCommand: (prompt: string, shell: CommandLineShell) => Promise<string | undefined>
  /** While `work` runs, Ctrl-C goes to it. */
  readonly inForeground: <T>(work: (cancellation: Cancellation) => Promise<T>) => Promise<T>
  readonly record: (record: CommandRecord) => void
}

/** What the line editor asks of the shell it edits for. */
export interface CommandLineShell {
  readonly isUnfinished: (text: string) => boolean
  readonly complete: (line: string, cursor: number) => Promise<Candidates>
}

/** `candidates` replace the line from `from` to the cursor; each is a whole word. */
export interface Candidates {
  readonly from: number
  readonly candidates: readonly string[]
}

/** One command and what it printed, for screen readers and for instructors. */
export interface CommandRecord {
  readonly command: string
  readonly exitCode: number
  readonly output: string
}

/** What all shells and programs of one terminal share. */
export interface World {
  readonly host: TerminalHost
  readonly workstation: Station
  /** Lines that the learner typed, oldest first. */
  readonly history: readonly string[]
  /** The terminal that the running program may talk to, when there is one. */
  readonly tty: Tty | undefined
  /** Gives the clock, and with it Ctrl-C, a turn now and then; every command goes through here. */
  readonly pace: (cancellation: Cancellation) => Promise<void>
  /** kubectl's namespace when no -n is given; `kubectl config set-context --current --namespace` changes it. */
  readonly namespace: { readonly get: () => string; readonly set: (namespace: string) => void }
  readonly nextProcessId: () => number
  readonly enterPod: (target: {
    readonly namespace: string
    readonly pod: string
    readonly container?: string
  }) => Station | { readonly error: string }
  readonly enterNode: (node: string) => Station | { readonly error: string }
  /** Runs a program (a shell too) on a machine, at the terminal if one is given; undefined: no such program there. */
  readonly runOn: (
    station: Station,
    argv: readonly string[],
    streams: Streams,
    cancellation: Cancellation,
    tty: Tty | undefined,
  ) => Promise<number | undefined>
}
