/** What a check found. `error` (our fault, or the cluster's) is never `fail`. */
export type CheckStatus = "pass" | "fail" | "error"

export interface CheckResult {
  /** The id in lab.yaml, never a position. */
  readonly id: string
  readonly status: CheckStatus
  readonly weight: number
  /** Plain sentences: what should be, what is, and why it is so. */
  readonly expected: string
  readonly observed: string
  readonly why: string
  /** A reason code: routing-core's for traffic, else `field-differs`, `object-missing`… Labs' wrong answers name it. */
  readonly reason?: string
  readonly hintId?: string
  /** The raw findings: traces, fields, log lines. JSON. */
  readonly evidence?: unknown
}

export interface LabResult {
  /** Content hash of the lab folder. */
  readonly labVersion: string
  readonly backend: "embedded" | "kind" | "kubeconfig"
  readonly status: "pass" | "fail" | "error"
  readonly score: number
  readonly max: number
  readonly checks: readonly CheckResult[]
}
