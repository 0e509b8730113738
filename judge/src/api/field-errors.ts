import { errorText, type FieldError } from "@pilotage/embedded-cluster/judging"
import { compared, type Outcome } from "../verdict.ts"
import type { ExpectedError } from "./format.ts"
import { canonicalText } from "./json.ts"

/** Types that clients are shown no value of. */
const WITHOUT_VALUE: readonly string[] = [
  "FieldValueRequired",
  "FieldValueForbidden",
  "FieldValueTooLong",
  "InternalError",
]

const line = (type: string, field: string, detail: string, badValue: unknown, message: string): string => {
  const value = WITHOUT_VALUE.includes(type) ? "" : ` ${canonicalText(badValue ?? null)}`
  return `${type} at ${field}${value}: ${detail} (${message})`
}

const text = (lines: readonly string[]): string => lines.join("\n") || "no errors"

/** All of every error, in upstream's order. */
export const comparedErrors = (expected: readonly ExpectedError[], actual: readonly FieldError[]): Outcome =>
  compared(
    text(expected.map((error) => line(error.type, error.field, error.detail, error.badValue, error.message))),
    text(actual.map((error) => line(error.type, error.field, error.detail, error.badValue, errorText(error)))),
  )
