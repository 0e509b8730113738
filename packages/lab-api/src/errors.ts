import { TRPCError } from "@trpc/server"

/**
 * Every way in which the API refuses, in one table: our code to tRPC's (which fixes the HTTP status). The message comes
 * from where the refusal was decided; it says what happened and what to do.
 */
export const ERROR_CODES = {
  "too-large": "PAYLOAD_TOO_LARGE",
  malformed: "BAD_REQUEST",
  "engine-version": "PRECONDITION_FAILED",
  "lab-version": "PRECONDITION_FAILED",
  "too-long": "PAYLOAD_TOO_LARGE",
  diverged: "UNPROCESSABLE_CONTENT",
  "unknown-lab": "NOT_FOUND",
  "grading-timed-out": "TIMEOUT",
  "grading-memory": "PAYLOAD_TOO_LARGE",
  "grading-failed": "INTERNAL_SERVER_ERROR",
  busy: "SERVICE_UNAVAILABLE",
  "too-many-requests": "TOO_MANY_REQUESTS",
  "no-learner": "UNAUTHORIZED",
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/** A refusal as a value, as the ports behind the router give it. */
export interface Refusal {
  readonly code: ErrorCode
  readonly message: string
}

/** Carries our code through tRPC to the client's `error.data.code`. */
export class RefusalError extends TRPCError {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super({ code: ERROR_CODES[refusal.code], message: refusal.message })
    this.refusal = refusal
  }
}
