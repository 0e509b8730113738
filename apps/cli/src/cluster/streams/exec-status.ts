import type { ExecOutcome } from "@pilotage/terminal"

/** The Status at the end of an exec or attach (metav1.Status; its kind is not written). */
export interface EndStatus {
  readonly metadata: Readonly<Record<string, never>>
  readonly status: "Success" | "Failure"
  readonly message?: string
  readonly reason?: string
  readonly details?: { readonly causes: readonly { readonly reason?: string; readonly message: string }[] }
  readonly code?: number
}

export const success: EndStatus = { metadata: {}, status: "Success" }

const nonZero = (exitCode: number): EndStatus => ({
  metadata: {},
  status: "Failure",
  message: `command terminated with non-zero exit code: command terminated with exit code ${exitCode}`,
  reason: "NonZeroExitCode",
  details: { causes: [{ reason: "ExitCode", message: String(exitCode) }] },
})

export const internalFailure = (message: string): EndStatus => ({
  metadata: {},
  status: "Failure",
  message: `Internal error occurred: ${message}`,
  reason: "InternalError",
  details: { causes: [{ message }] },
  code: 500,
})

/**
 * How an exec ended, in a server's words. `isTranslated`: an API server stands between that speaks another protocol
 * with the node than with the client (v5 does) and puts its own words before the node's errors.
 */
export const endStatus = (outcome: ExecOutcome, isTranslated: boolean): EndStatus => {
  if ("exitCode" in outcome) return outcome.exitCode === 0 ? success : nonZero(outcome.exitCode)
  const own = internalFailure(outcome.error)
  return isTranslated ? internalFailure(own.message ?? "") : own
}
