import type { Status } from "@pilotage/kube-model"

/**
 * How a command ends before its time: kubectl's words for stderr (whole, without the last line end; empty prints
 * nothing) and the exit code. Thrown anywhere in this package, caught once, in program.ts.
 */
export class Failure extends Error {
  override readonly name = "Failure"
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** An API server's refusal. */
export class ApiError extends Error {
  override readonly name = "ApiError"
  readonly status: Status

  constructor(status: Status) {
    super(status.message ?? "unknown")
    this.status = status
  }
}

/** Ctrl-C: a shell reports 128 + SIGINT. */
export const interrupted = (): Failure => new Failure("", 130)

/** `error: WORDS` with exit code 1. */
export const plainError = (words: string): Failure => new Failure(`error: ${words}`)

export const isReason = (error: unknown, reason: string): error is ApiError =>
  error instanceof ApiError && error.status.reason === reason

export const isNotFound = (error: unknown): error is ApiError => isReason(error, "NotFound")
