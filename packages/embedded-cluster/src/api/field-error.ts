import type { Status } from "@pilotage/kube-model"
import { goQuote } from "./go-quote.ts"
import { failure } from "./status.ts"

/** Go's field.ErrorType, as it appears in `details.causes[].reason`. */
export type FieldErrorType =
  | "FieldValueInvalid"
  | "FieldValueRequired"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "FieldValueNotFound"
  | "InternalError"

/** One thing that is wrong with an object; `field` is written `spec.ports[0].port`. */
export interface FieldError {
  readonly type: FieldErrorType
  readonly field: string
  readonly detail: string
  readonly badValue?: unknown
}

const make =
  (type: FieldErrorType) =>
  (field: string, badValue: unknown, detail = ""): FieldError => ({ type, field, badValue, detail })

export const invalid = make("FieldValueInvalid")
const OMITTED = Symbol("value that is not shown")
/** For complaints about a value as a whole that do not show it (`field.OmitValueType`). */
export const invalidUnshown = (field: string, detail: string): FieldError => invalid(field, OMITTED, detail)
/**
 * So many errors of an object are told, though upstream tells all: a list of a MiB of empty elements would be answered
 * with a hundred MiB. What comes after them is not looked for.
 */
export const MOST_ERRORS = 1000

/** The errors of elements in their order, until there are as many as are told. */
export const errorsOfEach = <T>(
  items: readonly T[],
  errorsOf: (item: T, index: number) => readonly FieldError[],
): FieldError[] => {
  const errors: FieldError[] = []
  for (const [index, item] of items.entries()) {
    for (const error of errorsOf(item, index)) errors.push(error)
    if (errors.length >= MOST_ERRORS) break
  }
  return errors
}
/** One error for each problem of a value. */
export const invalids = (field: string, badValue: unknown, problems: readonly string[]): FieldError[] =>
  problems.map((problem) => invalid(field, badValue, problem))
export const duplicate = make("FieldValueDuplicate")
export const notFoundValue = make("FieldValueNotFound")
export const required = (field: string, detail = ""): FieldError => ({ type: "FieldValueRequired", field, detail })
export const refused = (field: string, detail: string): FieldError => ({ type: "FieldValueForbidden", field, detail })
/** `supported` is printed in the given order. */
export const notSupported = (field: string, badValue: unknown, supported: readonly string[]): FieldError => ({
  type: "FieldValueNotSupported",
  field,
  badValue,
  detail: `supported values: ${supported.map((each) => JSON.stringify(each)).join(", ")}`,
})
export const tooLong = (field: string, limit: number): FieldError => ({
  type: "FieldValueTooLong",
  field,
  detail: `may not be more than ${limit} bytes`,
})
export const tooMany = (field: string, actual: number, limit: number): FieldError => ({
  type: "FieldValueTooMany",
  field,
  badValue: actual,
  detail: `must have at most ${limit} ${limit === 1 ? "item" : "items"}`,
})

const WORDS: Readonly<Record<FieldErrorType, string>> = {
  FieldValueInvalid: "Invalid value",
  FieldValueRequired: "Required value",
  FieldValueNotSupported: "Unsupported value",
  FieldValueForbidden: "Forbidden",
  FieldValueDuplicate: "Duplicate value",
  FieldValueTooLong: "Too long",
  FieldValueTooMany: "Too many",
  FieldValueNotFound: "Not found",
  InternalError: "Internal error",
}

const WITHOUT_VALUE: ReadonlySet<FieldErrorType> = new Set([
  "FieldValueRequired",
  "FieldValueForbidden",
  "FieldValueTooLong",
  "InternalError",
])

/** Go's encoding/json escapes what could end a script. */
const ESCAPED: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" }

/** Texts as `%q` writes them, all else as JSON (apimachinery `field.Error.ErrorBody`). */
const printed = (value: unknown): string => {
  if (value === undefined) return "null"
  if (typeof value === "string") return goQuote(value)
  return JSON.stringify(value).replaceAll(/[<>&]/g, (char) => ESCAPED[char] ?? char)
}

/** The error without its field: `Invalid value: 0: must be between 1 and 65535, inclusive`. */
const errorBody = ({ type, badValue, detail }: FieldError): string =>
  `${WORDS[type]}${WITHOUT_VALUE.has(type) || badValue === OMITTED ? "" : `: ${printed(badValue)}`}${detail ? `: ${detail}` : ""}`

export const errorText = (error: FieldError): string => `${error.field}: ${errorBody(error)}`

/** Characters of all errors that are told; the first is told whatever its length. */
const MOST_TEXT = 1024 * 1024

interface Told {
  readonly error: FieldError
  readonly body: string
}

/** The first errors, as many as are told. */
const toldErrors = (errors: readonly FieldError[]): readonly Told[] => {
  const told: Told[] = []
  let left = MOST_TEXT
  for (const error of errors.slice(0, MOST_ERRORS)) {
    const body = errorBody(error)
    left -= error.field.length + body.length
    if (left < 0 && told.length > 0) break
    told.push({ error, body })
  }
  return told
}

/** 422 with one cause per error; equal texts are told once in the message (apimachinery `errors.NewInvalid`). */
export const invalidObject = (
  kind: { readonly kind: string; readonly group: string },
  name: string,
  errors: readonly FieldError[],
): Status => {
  const causes = toldErrors(errors)
  const texts = [...new Set(causes.map(({ error, body }) => `${error.field}: ${body}`))]
  const told = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`
  const qualified = kind.group ? `${kind.kind}.${kind.group}` : kind.kind
  return failure(422, "Invalid", `${qualified} "${name}" is invalid: ${told}`, {
    ...(name ? { name } : {}),
    ...(kind.group ? { group: kind.group } : {}),
    ...(kind.kind ? { kind: kind.kind } : {}),
    causes: causes.map(({ error, body }) => ({ reason: error.type, message: body, field: error.field })),
  })
}
