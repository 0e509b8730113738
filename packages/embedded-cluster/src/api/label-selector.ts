import { errorsOfEach, type FieldError, invalid, refused, required } from "./field-error.ts"
import { child, children, isJson, type Json, text } from "./json-object.ts"
import { labelValueProblems, qualifiedNameProblems } from "./names.ts"

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"]

/** How many values an operator of labels goes with; undefined: it is none. */
export const valueCountErrors = (
  operator: string,
  values: readonly unknown[],
  at: string,
): FieldError[] | undefined => {
  const errors: FieldError[] = []
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0)
      errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0)
      errors.push(refused(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
  } else return undefined
  return errors
}

const expressionErrors = (expression: Json, at: string): FieldError[] => {
  const operator = text(expression, "operator")
  const values = Array.isArray(expression.values) ? expression.values : []
  const errors = valueCountErrors(operator, values, at) ?? [
    invalid(`${at}.operator`, operator, "not a valid selector operator"),
  ]
  const key = text(expression, "key")
  errors.push(...qualifiedNameProblems(key).map((problem) => invalid(`${at}.key`, key, problem)))
  for (const [index, value] of values.entries())
    errors.push(
      ...labelValueProblems(String(value)).map((problem) => invalid(`${at}.values[${index}]`, value, problem)),
    )
  return errors
}

/** Errors of a label selector at `at`; none for an absent one (apimachinery `meta/v1/validation` ValidateLabelSelector). */
export const labelSelectorErrors = (selector: unknown, at: string): FieldError[] => {
  if (!isJson(selector)) return []
  const labels = Object.entries(child(selector, "matchLabels"))
  const expressions = children(selector, "matchExpressions")
  return [
    ...errorsOfEach(labels, ([key, value]) => [
      ...qualifiedNameProblems(key).map((problem) => invalid(`${at}.matchLabels`, key, problem)),
      ...labelValueProblems(String(value)).map((problem) => invalid(`${at}.matchLabels`, value, problem)),
    ]),
    ...errorsOfEach(expressions, (each, index) => expressionErrors(each, `${at}.matchExpressions[${index}]`)),
  ]
}

/** A selector that says nothing and so selects everything. */
export const isEmptySelector = (selector: unknown): boolean =>
  isJson(selector) &&
  Object.keys(child(selector, "matchLabels")).length + children(selector, "matchExpressions").length === 0

export const hasKnownOperators = (selector: Json): boolean =>
  children(selector, "matchExpressions").every((each) => OPERATORS.includes(text(each, "operator")))
