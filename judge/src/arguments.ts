/** The command line was not understood; the message says why. */
export class UsageError extends Error {}

/** Did the command line, not the work, go wrong? node:util's parseArgs has codes of its own. */
export const isUsageError = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))

/** What every report of ours can be asked for. */
export const REPORT_OPTIONS = {
  limit: { type: "string", default: "20" },
  output: { type: "string", short: "o", default: "text" },
} as const

export interface ReportWish {
  /** Disagreements that are shown. */
  readonly limit: number
  readonly output: "json" | "text"
}

export const readReportWish = (values: { readonly limit: string; readonly output: string }): ReportWish => {
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 0) throw new UsageError(`--limit ${values.limit} is not a whole number`)
  if (values.output !== "json" && values.output !== "text")
    throw new UsageError(`-o ${values.output}: json and text are what there is`)
  return { limit, output: values.output }
}
