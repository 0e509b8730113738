import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import { failure } from "../status.ts"

const UINT64 = 18_446_744_073_709_551_615n

/** "" and "0" are 0. The error is what Go says of a text that is no unsigned number. */
export const parseRevision = (text: string): Result<number, string> => {
  if (text === "") return ok(0)
  const said = (problem: string): string =>
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${problem}`
  if (!/^\d+$/.test(text)) return err(said("invalid syntax"))
  return BigInt(text) > UINT64 ? err(said("value out of range")) : ok(Number(text))
}

/** What the storage does not make a Status of itself comes out as 500 without a reason. */
export const plainError = (message: string): Status => failure(500, "", message)

/** 504 for a revision that is still to come; `text` as the client wrote it. */
export const checkNotFuture = (revision: number, text: string, current: number): Status | undefined =>
  revision <= current
    ? undefined
    : failure(504, "Timeout", `Timeout: Too large resource version: ${text}, current: ${current}`, {
        causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
        retryAfterSeconds: 1,
      })
