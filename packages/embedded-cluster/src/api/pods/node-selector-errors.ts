import { type FieldError, invalid, invalids, refused, required } from "../field-error.ts"
import { children, type Json, text } from "../json-object.ts"
import { dnsSubdomainProblems, labelValueProblems, qualifiedNameProblems } from "../names.ts"

const valuesOf = (requirement: Json): string[] =>
  Array.isArray(requirement.values) ? requirement.values.map(String) : []

/** core/validation ValidateNodeSelectorRequirement. */
const expressionErrors = (expression: Json, at: string): FieldError[] => {
  const [key, operator, values] = [text(expression, "key"), text(expression, "operator"), valuesOf(expression)]
  const errors: FieldError[] = []
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0)
      errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0)
      errors.push(refused(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
  } else if (operator === "Gt" || operator === "Lt") {
    if (values.length !== 1)
      errors.push(required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"))
  } else errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"))
  return [
    ...errors,
    ...invalids(`${at}.key`, key, qualifiedNameProblems(key)),
    ...values.flatMap((value, index) => invalids(`${at}.values[${index}]`, value, labelValueProblems(value))),
  ]
}

/** core/validation ValidateNodeFieldSelectorRequirement: only a node's name can be asked for. */
const fieldErrors = (requirement: Json, at: string): FieldError[] => {
  const [key, operator, values] = [text(requirement, "key"), text(requirement, "operator"), valuesOf(requirement)]
  const errors: FieldError[] = []
  if (operator !== "In" && operator !== "NotIn")
    errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"))
  else if (values.length !== 1)
    errors.push(
      required(`${at}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"),
    )
  if (key !== "metadata.name") return [...errors, invalid(`${at}.key`, key, "not a valid field selector key")]
  return [
    ...errors,
    ...values.flatMap((value, index) => invalids(`${at}.values[${index}]`, value, dnsSubdomainProblems(value))),
  ]
}

/** core/validation ValidateNodeSelectorTerm. */
const termErrors = (term: Json, at: string): FieldError[] => [
  ...children(term, "matchExpressions").flatMap((each, index) =>
    expressionErrors(each, `${at}.matchExpressions[${index}]`),
  ),
  ...children(term, "matchFields").flatMap((each, index) => fieldErrors(each, `${at}.matchFields[${index}]`)),
]

/** core/validation ValidateNodeSelector. */
export const nodeSelectorErrors = (selector: Json, at: string): FieldError[] => {
  const terms = children(selector, "nodeSelectorTerms")
  const field = `${at}.nodeSelectorTerms`
  if (terms.length === 0) return [required(field, "must have at least one node selector term")]
  return terms.flatMap((term, index) => termErrors(term, `${field}[${index}]`))
}

/** core/validation ValidatePreferredSchedulingTerms. */
export const preferredTermsErrors = (terms: readonly Json[], at: string): FieldError[] =>
  terms.flatMap((each, index) => [
    ...weightErrors(each, `${at}[${index}]`),
    ...termErrors(children({ preference: [each.preference] }, "preference")[0] ?? {}, `${at}[${index}].preference`),
  ])

export const weightErrors = ({ weight = 0 }: Json, at: string): FieldError[] =>
  typeof weight === "number" && weight >= 1 && weight <= 100
    ? []
    : [invalid(`${at}.weight`, weight, "must be in the range 1-100")]
