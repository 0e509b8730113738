import type { HttpExchange } from "@pilotage/embedded-cluster"
import type { Answers, LabBrief, LabResult } from "@pilotage/lab-kit"
import type { SessionLog } from "@pilotage/lab-session"
import type { ClusterState } from "@pilotage/routing-core"
import type { ExchangeUpdate } from "./exchange-feed.ts"

/** One command of the learner's, whole, for those who do not read a screen. */
export interface CommandRecord {
  readonly id: number
  readonly command: string
  readonly exitCode: number
  readonly output: string
}

/** An input on the time bar. */
export interface TimeMark {
  readonly id: number
  readonly at: number
  readonly label: string
}

/** What the panes show. A new one comes when something in it but the clock has changed. */
export interface EngineView {
  readonly startedAt: number
  readonly now: number
  /** The latest moment; `now` is earlier while the learner looks at the past. */
  readonly until: number
  readonly inPast: boolean
  /** Views with the same revision show the same state. */
  readonly stateRevision: number
  readonly state: ClusterState
  readonly exchanges: readonly HttpExchange[]
  readonly marks: readonly TimeMark[]
  /** Absolute path to text: the learner's home folder. */
  readonly files: Readonly<Record<string, string>>
}

/** A view as it is sent: nothing that grows with the session crosses twice. */
export interface ViewUpdate extends Omit<EngineView, "exchanges" | "marks"> {
  readonly exchanges: ExchangeUpdate
  /** Absent: as they were. */
  readonly marks?: readonly TimeMark[]
}

/** Something wrong or doubtful in a manifest; offsets count characters from the start of the text. */
export interface ManifestProblem {
  readonly from: number
  readonly to: number
  readonly severity: "error" | "warning"
  readonly message: string
}

export type ToEngine =
  | {
      readonly kind: "start"
      readonly lab: LabBrief
      readonly seed: number
      readonly log?: SessionLog
      readonly files?: Readonly<Record<string, string>>
      readonly answers: Answers
    }
  | { readonly kind: "keys"; readonly data: string }
  | { readonly kind: "resize"; readonly columns: number }
  /** Runs a line as if the learner had typed it. */
  | { readonly kind: "type"; readonly line: string }
  | { readonly kind: "write-file"; readonly path: string; readonly text: string }
  /** The editor that a command opened was closed; without text: quit without saving. */
  | { readonly kind: "edited"; readonly text?: string }
  | { readonly kind: "answers"; readonly answers: Answers }
  | { readonly kind: "speed"; readonly factor: number }
  /** Shows the cluster as it was; without `at`: the present. */
  | { readonly kind: "look"; readonly at?: number }
  | { readonly kind: "continue-from"; readonly at: number }
  | { readonly kind: "send-log"; readonly ticket: number }
  | { readonly kind: "lint"; readonly ticket: number; readonly text: string }

export type FromEngine =
  | { readonly kind: "screen"; readonly text: string }
  | { readonly kind: "view"; readonly view: ViewUpdate }
  /** Time went on in the present and nothing else changed. */
  | { readonly kind: "tick"; readonly now: number }
  | { readonly kind: "checks"; readonly result: LabResult }
  | { readonly kind: "command"; readonly record: CommandRecord }
  | { readonly kind: "edit"; readonly name: string; readonly text: string }
  | { readonly kind: "log"; readonly ticket: number; readonly log: SessionLog }
  | { readonly kind: "saved"; readonly log: SessionLog; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: "linted"; readonly ticket: number; readonly problems: readonly ManifestProblem[] }
  | { readonly kind: "failed"; readonly message: string }
