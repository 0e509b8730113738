import { type FieldError, invalid } from "../field-error.ts"
import { notNegative } from "./template-errors.ts"

const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"

/** A number of pods, or a share of them as `25%` (apps/validation ValidatePositiveIntOrPercent). */
export const countErrors = (field: string, value: unknown): FieldError[] => {
  if (typeof value === "number") return notNegative(field, value)
  return typeof value !== "string" || /^\d+%$/.test(value) ? [] : [invalid(field, value, PERCENT)]
}

/** The number before the percent sign, or the number itself; 0 for anything else. */
export const countOf = (value: unknown): number => {
  if (typeof value === "number") return value
  return typeof value === "string" && /^\d+%$/.test(value) ? Number.parseInt(value, 10) : 0
}

export const shareErrors = (field: string, value: unknown): FieldError[] =>
  typeof value === "string" && countOf(value) > 100 ? [invalid(field, value, "must not be greater than 100%")] : []
