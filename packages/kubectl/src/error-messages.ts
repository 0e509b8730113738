import type { Status } from "@pilotage/kube-model"
import { ApiError, Failure } from "./failure.ts"
import { goQuote } from "./go-json.ts"

/** The same refusal with `error when VERB "SOURCE": ` in front (cmdutil.AddSourceToErr). An empty source adds nothing. */
export const withSource = (verb: string, source: string, error: unknown): unknown => {
  if (source === "") return error
  if (error instanceof ApiError)
    return new ApiError({
      ...error.status,
      message: `error when ${verb} ${goQuote(source)}: ${error.status.message ?? ""}`,
    })
  if (error instanceof Failure && error.message !== "")
    return new Failure(
      `error: error when ${verb} ${goQuote(source)}: ${error.message.replace(/^error: /, "")}`,
      error.exitCode,
    )
  return error
}

const invalidMessage = (status: Status): string => {
  const details = status.details
  const causes = [...new Set((details?.causes ?? []).map((cause) => `${cause.field}: ${cause.message}`))]
  let words = "The request is invalid"
  if (details?.kind || details?.name) words = `The ${details.kind ?? ""} ${goQuote(details.name ?? "")} is invalid`
  else if (status.message && causes.length === 0) words += `: ${status.message}`
  if (causes.length === 0) return words
  if (causes.length === 1) return `${words}: ${causes[0]}`
  return `${words}: \n${causes.map((cause) => `* ${cause}`).join("\n")}`
}

/** `Error from server (REASON): WORDS`, as one line of several errors (cmdutil.StandardErrorMessage). */
const standardMessage = (status: Status): string => {
  if (status.reason === "Unauthorized")
    return `error: You must be logged in to the server (${status.message ?? "Unauthorized"})`
  return status.reason
    ? `Error from server (${status.reason}): ${status.message ?? ""}`
    : `Error from server: ${status.message ?? ""}`
}

/** What kubectl prints for an error and how it exits; undefined: a bug of ours, not an answer (cmdutil.checkErr). */
export const reportOf = (error: unknown): { readonly text: string; readonly exitCode: number } | undefined => {
  if (error instanceof Failure) return { text: error.message, exitCode: error.exitCode }
  if (error instanceof ApiError)
    return {
      text: error.status.reason === "Invalid" ? invalidMessage(error.status) : standardMessage(error.status),
      exitCode: 1,
    }
  return undefined
}

/** Throws nothing for no errors, the one error as it is, several as one failure with a line each. */
export const throwAll = (errors: readonly unknown[]): void => {
  const first = errors[0]
  if (first === undefined) return
  if (errors.length === 1) throw first
  const unknown = errors.find((error) => reportOf(error) === undefined)
  if (unknown !== undefined) throw unknown
  throw new Failure(
    errors
      .map((error) => (error instanceof ApiError ? standardMessage(error.status) : (reportOf(error)?.text ?? "")))
      .filter((text) => text !== "")
      .join("\n"),
  )
}
