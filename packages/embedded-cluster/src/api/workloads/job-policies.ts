import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  invalidUnshown,
  notSupported,
  required,
  tooMany,
} from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"

const ACTIONS = ["Count", "FailIndex", "FailJob", "Ignore"]
const OPERATORS = ["In", "NotIn"]
const MOST_RULES = 20
const MOST_VALUES = 255

const exitCodeErrors = (codes: Json, containers: ReadonlySet<string>, at: string): FieldError[] => {
  const operator = text(codes, "operator")
  const values = Array.isArray(codes.values) ? codes.values.map(Number) : []
  const { containerName } = codes
  const errors: FieldError[] = []
  if (operator === "") errors.push(required(`${at}.operator`, `valid values: "In", "NotIn"`))
  else if (!OPERATORS.includes(operator)) errors.push(notSupported(`${at}.operator`, operator, OPERATORS))
  if (typeof containerName === "string" && !containers.has(containerName))
    errors.push(
      invalid(
        `${at}.containerName`,
        containerName,
        "must be one of the container or initContainer names in the pod template",
      ),
    )
  if (values.length === 0) errors.push(invalid(`${at}.values`, values, "at least one value is required"))
  else if (values.length > MOST_VALUES) errors.push(tooMany(`${at}.values`, values.length, MOST_VALUES))
  let isOrdered = true
  const seen = new Set<number>()
  for (const [index, value] of values.entries()) {
    const field = `${at}.values[${index}]`
    if (operator === "In" && value === 0) errors.push(invalid(field, value, "must not be 0 for the In operator"))
    const before = values[index - 1]
    if (seen.has(value)) errors.push(duplicate(field, value))
    else if (before !== undefined && before > value) isOrdered = false
    seen.add(value)
  }
  if (!isOrdered) errors.push(invalid(`${at}.values`, values, "must be ordered"))
  return errors
}

const conditionErrors = (condition: Json, at: string): FieldError[] => {
  const [type, status] = [text(condition, "type"), text(condition, "status")]
  const known = ["False", "True", "Unknown"]
  return [
    ...invalids(`${at}.type`, type, qualifiedNameProblems(type)),
    ...(status === ""
      ? [required(`${at}.status`, 'valid values: "False", "True", "Unknown"')]
      : known.includes(status)
        ? []
        : [notSupported(`${at}.status`, status, known)]),
  ]
}

const ruleErrors = (rule: Json, spec: Json, containers: ReadonlySet<string>, at: string): FieldError[] => {
  const action = text(rule, "action")
  const conditions = children(rule, "onPodConditions")
  const actions = ACTIONS.map((each) => JSON.stringify(each)).join(", ")
  return [
    ...(action === ""
      ? [required(`${at}.action`, `valid values: ${actions}`)]
      : action === "FailIndex" && spec.backoffLimitPerIndex === undefined
        ? [invalid(`${at}.action`, action, "requires the backoffLimitPerIndex to be set")]
        : ACTIONS.includes(action)
          ? []
          : [notSupported(`${at}.action`, action, ACTIONS)]),
    ...(isJson(rule.onExitCodes) ? exitCodeErrors(rule.onExitCodes, containers, `${at}.onExitCodes`) : []),
    ...errorsOfEach(conditions, (each, index) => conditionErrors(each, `${at}.onPodConditions[${index}]`)),
    ...(isJson(rule.onExitCodes) && conditions.length > 0
      ? [invalidUnshown(at, "specifying both OnExitCodes and OnPodConditions is not supported")]
      : []),
    ...(isJson(rule.onExitCodes) || conditions.length > 0
      ? []
      : [invalidUnshown(at, "specifying one of OnExitCodes and OnPodConditions is required")]),
  ]
}

/** batch/validation validatePodFailurePolicy. */
export const failurePolicyErrors = (spec: Json, at: string): FieldError[] => {
  if (!isJson(spec.podFailurePolicy)) return []
  const rules = children(spec.podFailurePolicy, "rules")
  const podSpec = child(child(spec, "template"), "spec")
  const all = ["containers", "initContainers"].flatMap((list) => children(podSpec, list))
  const containers = new Set(all.map((container) => text(container, "name")))
  return [
    ...(rules.length > MOST_RULES ? [tooMany(`${at}.rules`, rules.length, MOST_RULES)] : []),
    ...errorsOfEach(rules, (rule, index) => ruleErrors(rule, spec, containers, `${at}.rules[${index}]`)),
  ]
}

const indexesProblem = (text: string, completions: number): string | undefined => {
  let last = -1
  for (const range of text.split(",")) {
    const limits = range.split("-")
    if (limits.length > 2)
      return `the fragment "${range}" violates the requirement that an index interval can have at most two parts separated by '-'`
    for (const limit of limits)
      if (!/^[+-]?\d+$/.test(limit)) return `cannot convert string to integer for index: "${limit}"`
    const [first = 0, end = first] = limits.map(Number)
    if (first >= completions) return `too large index: "${limits[0]}"`
    if (last >= first) return `non-increasing order, previous: ${last}, current: ${first}`
    if (end >= completions) return `too large index: "${limits[1]}"`
    if (first > end) return `non-increasing order, previous: ${first}, current: ${end}`
    last = end
  }
  return undefined
}

const successErrors = (rule: Json, completions: number, at: string): FieldError[] => {
  const { succeededCount: count, succeededIndexes: indexes } = rule
  const errors: FieldError[] = []
  if (count === undefined && indexes === undefined)
    return [required(at, "at least one of succeededCount or succeededIndexes must be specified")]
  if (typeof indexes === "string") {
    const problem = indexesProblem(indexes, completions)
    if (problem !== undefined)
      errors.push(invalid(`${at}.succeededIndexes`, indexes, `error parsing succeededIndexes: ${problem}`))
  }
  if (typeof count === "number") {
    if (count < 0) errors.push(invalid(`${at}.succeededCount`, count, "must be greater than or equal to 0"))
    if (count > completions)
      errors.push(
        invalid(
          `${at}.succeededCount`,
          count,
          `must be less than or equal to ${completions} (the number of specified completions)`,
        ),
      )
  }
  return errors
}

/** batch/validation validateSuccessPolicy. */
export const successPolicyErrors = (spec: Json, at: string): FieldError[] => {
  if (!isJson(spec.successPolicy)) return []
  const rules = children(spec.successPolicy, "rules")
  if (spec.completionMode !== "Indexed")
    return [invalid(at, { Rules: spec.successPolicy.rules ?? [] }, "requires indexed completion mode")]
  if (rules.length === 0)
    return [required(`${at}.rules`, "at least one rules must be specified when the successPolicy is specified")]
  const completions = Number(spec.completions ?? 0)
  return errorsOfEach(rules, (rule, index) => successErrors(rule, completions, `${at}.rules[${index}]`))
}
