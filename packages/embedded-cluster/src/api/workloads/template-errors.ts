import { type LabelSelector, type Labels, matchesSelector } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { labelValueProblems, qualifiedNameProblems } from "../names.ts"
import { validateLabels } from "../object-metadata.ts"
import { podSpecErrors } from "./pod-errors.ts"

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"]

const expressionErrors = (expression: Json, at: string): FieldError[] => {
  const errors: FieldError[] = []
  const operator = text(expression, "operator")
  const values = Array.isArray(expression.values) ? expression.values : []
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0)
      errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0)
      errors.push(refused(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
  } else errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"))
  const key = text(expression, "key")
  errors.push(...qualifiedNameProblems(key).map((problem) => invalid(`${at}.key`, key, problem)))
  for (const [index, value] of values.entries())
    errors.push(
      ...labelValueProblems(String(value)).map((problem) => invalid(`${at}.values[${index}]`, value, problem)),
    )
  return errors
}

/** `kind` is named in the text for an empty selector: `deployment`. */
export const selectorErrors = (spec: Json, kind: string): FieldError[] => {
  const { selector } = spec
  if (!isJson(selector)) return [required("spec.selector")]
  const labels = Object.entries(child(selector, "matchLabels"))
  const expressions = children(selector, "matchExpressions")
  const errors: FieldError[] = [
    ...labels.flatMap(([key, value]) => [
      ...qualifiedNameProblems(key).map((problem) => invalid("spec.selector.matchLabels", key, problem)),
      ...labelValueProblems(String(value)).map((problem) => invalid("spec.selector.matchLabels", value, problem)),
    ]),
    ...expressions.flatMap((each, index) => expressionErrors(each, `spec.selector.matchExpressions[${index}]`)),
  ]
  if (labels.length + expressions.length === 0)
    errors.push(invalid("spec.selector", selector, `empty selector is invalid for ${kind}`))
  return errors
}

const isEmptySelector = (selector: unknown): boolean =>
  isJson(selector) &&
  Object.keys(child(selector, "matchLabels")).length + children(selector, "matchExpressions").length === 0

const knownOperators = (selector: Json): boolean =>
  children(selector, "matchExpressions").every((each) => OPERATORS.includes(text(each, "operator")))

/** The template of a workload: its labels must be what the selector selects (apps/validation). */
export const templateErrors = (spec: Json, what: string): FieldError[] => {
  const template = child(spec, "template")
  const metadata = child(template, "metadata")
  const labels = isJson(metadata.labels) ? (metadata.labels as Labels) : undefined
  const errors: FieldError[] = []
  const { selector } = spec
  const isReadable = !isJson(selector) || knownOperators(selector)
  if (isReadable && !isEmptySelector(selector) && !matchesSelector(selector as LabelSelector | undefined, labels))
    errors.push(invalid("spec.template.metadata.labels", labels ?? null, "`selector` does not match template `labels`"))
  errors.push(...validateLabels(labels, "spec.template.labels"))
  const podSpec = child(template, "spec")
  errors.push(...podSpecErrors(podSpec, "spec.template.spec"))
  const policy = text(podSpec, "restartPolicy")
  if (policy !== "Always") errors.push(notSupported("spec.template.spec.restartPolicy", policy, ["Always"]))
  if (podSpec.activeDeadlineSeconds !== undefined)
    errors.push(
      refused("spec.template.spec.activeDeadlineSeconds", `activeDeadlineSeconds in ${what} is not Supported`),
    )
  return errors
}

export const notNegative = (field: string, value: unknown): FieldError[] =>
  typeof value === "number" && value < 0 ? [invalid(field, value, "must be greater than or equal to 0")] : []
