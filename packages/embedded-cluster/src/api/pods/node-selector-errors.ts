import { errorsOfEach, type FieldError, invalid, invalids, required } from "../field-error.ts"
import { children, type Json, text } from "../json-object.ts"
import { valueCountErrors } from "../label-selector.ts"
import { dnsSubdomainProblems, labelValueProblems, qualifiedNameProblems } from "../names.ts"

const valuesOf = (requirement: Json): string[] =>
  Array.isArray(requirement.values) ? requirement.values.map(String) : []

/** Operators that labels of nodes have beside those of all labels. */
const boundErrors = (operator: string, values: readonly string[], at: string): FieldError[] => {
  if (operator !== "Gt" && operator !== "Lt")
    return [invalid(`${at}.operator`, operator, "not a valid selector operator")]
  return values.length === 1
    ? []
    : [required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")]
}

/** core/validation ValidateNodeSelectorRequirement. */
const expressionErrors = (expression: Json, at: string): FieldError[] => {
  const [key, operator, values] = [text(expression, "key"), text(expression, "operator"), valuesOf(expression)]
  const errors = valueCountErrors(operator, values, at) ?? boundErrors(operator, values, at)
  return [
    ...errors,
    ...invalids(`${at}.key`, key, qualifiedNameProblems(key)),
    ...errorsOfEach(values, (value, index) => invalids(`${at}.values[${index}]`, value, labelValueProblems(value))),
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
    ...errorsOfEach(values, (value, index) => invalids(`${at}.values[${index}]`, value, dnsSubdomainProblems(value))),
  ]
}

/** core/validation ValidateNodeSelectorTerm. */
const termErrors = (term: Json, at: string): FieldError[] => [
  ...errorsOfEach(children(term, "matchExpressions"), (each, index) =>
    expressionErrors(each, `${at}.matchExpressions[${index}]`),
  ),
  ...errorsOfEach(children(term, "matchFields"), (each, index) => fieldErrors(each, `${at}.matchFields[${index}]`)),
]

/** core/validation ValidateNodeSelector. */
export const nodeSelectorErrors = (selector: Json, at: string): FieldError[] => {
  const terms = children(selector, "nodeSelectorTerms")
  const field = `${at}.nodeSelectorTerms`
  if (terms.length === 0) return [required(field, "must have at least one node selector term")]
  return errorsOfEach(terms, (term, index) => termErrors(term, `${field}[${index}]`))
}

/** core/validation ValidatePreferredSchedulingTerms. */
export const preferredTermsErrors = (terms: readonly Json[], at: string): FieldError[] =>
  errorsOfEach(terms, (each, index) => [
    ...weightErrors(each, `${at}[${index}]`),
    ...termErrors(children({ preference: [each.preference] }, "preference")[0] ?? {}, `${at}[${index}].preference`),
  ])

export const weightErrors = ({ weight = 0 }: Json, at: string): FieldError[] =>
  typeof weight === "number" && weight >= 1 && weight <= 100
    ? []
    : [invalid(`${at}.weight`, weight, "must be in the range 1-100")]
