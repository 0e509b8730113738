import type { Result } from "@pilotage/kube-model"
import type { Answers, LabResult } from "@pilotage/lab-kit"
import type { Refusal } from "./errors.ts"

/** A learner's log, to be replayed and graded. */
export interface GradeRequest {
  readonly labId: string
  /** The session log as JSON text. */
  readonly log: string
  readonly answers: Answers
}

/** Replays and grades; bounded in time and memory. */
export interface Grader {
  readonly grade: (request: GradeRequest) => Promise<Result<LabResult, Refusal>>
}

/** What is kept of a lab that was graded. */
export interface StoredResult {
  readonly labId: string
  /** RFC 3339. */
  readonly gradedAt: string
  readonly result: LabResult
}

/** Results of one learner. `add` is given the log that was graded, for its size and fingerprint. Nothing is ever overwritten; `best` prefers a pass, then the score, then the latest. */
export interface ResultStore {
  readonly add: (learnerId: string, labId: string, log: string, result: LabResult) => Promise<void>
  readonly best: (learnerId: string, labId: string) => Promise<StoredResult | undefined>
  readonly bestOfAll: (learnerId: string) => Promise<readonly StoredResult[]>
}

/** What the router needs for one call. It has no I/O of its own. */
export interface ApiContext {
  /** The anonymous learner of the signed cookie. */
  readonly learnerId: string | undefined
  readonly grader: Grader
  readonly results: ResultStore
  /** Takes one of the learner's gradings; false when there are none left for now. */
  readonly takeGrading: (learnerId: string) => Promise<boolean>
}
