import { duplicate, errorsOfEach, type FieldError, invalid, invalids, notSupported, required } from "../field-error.ts"
import { children, type Json, text } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import { labelValueProblems, qualifiedNameProblems } from "../names.ts"
import { labelKeyErrors } from "./affinity-errors.ts"

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

/** Operators for numbers exist behind a gate that is closed, but are told of (TaintTolerationComparisonOperators). */
const OPERATORS = ["Equal", "Exists"]
const GATED = ["Lt", "Gt"]

const operatorErrors = (toleration: Json, at: string): FieldError[] => {
  const [operator, value] = [text(toleration, "operator"), text(toleration, "value")]
  const field = `${at}.operator`
  if (operator === "" || operator === "Equal") return invalids(field, value, labelValueProblems(value))
  if (operator === "Exists")
    return value === "" ? [] : [invalid(field, value, "value must be empty when `operator` is 'Exists'")]
  return [notSupported(field, operator, GATED.includes(operator) ? [...OPERATORS, ...GATED] : OPERATORS)]
}

/** core/validation ValidateTolerations; `at` is `spec.tolerations`. */
export const tolerationErrors = (spec: Json, at: string): FieldError[] =>
  errorsOfEach(children(spec, "tolerations"), (toleration, index) => {
    const field = `${at}[${index}]`
    const [key, effect] = [text(toleration, "key"), text(toleration, "effect")]
    const operator = text(toleration, "operator")
    const errors = key === "" ? [] : invalids(`${field}.key`, key, qualifiedNameProblems(key))
    if (key === "" && operator !== "Exists")
      errors.push(
        invalid(
          `${field}.operator`,
          operator,
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      )
    if (toleration.tolerationSeconds !== undefined && effect !== "NoExecute")
      errors.push(invalid(`${field}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
    errors.push(...operatorErrors(toleration, field))
    if (effect !== "" && !EFFECTS.includes(effect)) errors.push(notSupported(`${field}.effect`, effect, EFFECTS))
    return errors
  })

const WHEN = ["DoNotSchedule", "ScheduleAnyway"]
const POLICIES = ["Honor", "Ignore"]

const domainErrors = (constraint: Json, at: string): FieldError[] => {
  const { minDomains: least, whenUnsatisfiable: when = "" } = constraint
  if (typeof least !== "number") return []
  return [
    ...(least <= 0 ? [invalid(`${at}.minDomains`, least, "must be greater than zero")] : []),
    ...(when === "DoNotSchedule"
      ? []
      : [
          invalid(`${at}.minDomains`, least, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${when}`),
        ]),
  ]
}

/** What may be there only once. */
const pairOf = (constraint: Json): string =>
  JSON.stringify([text(constraint, "topologyKey"), text(constraint, "whenUnsatisfiable")])

/** core/validation validateTopologySpreadConstraints; `at` is `spec.topologySpreadConstraints`. */
export const spreadErrors = (spec: Json, at: string): FieldError[] => {
  const constraints = children(spec, "topologySpreadConstraints")
  const lastPlaces = new Map(constraints.map((constraint, index) => [pairOf(constraint), index]))
  return errorsOfEach(constraints, (constraint, index) => {
    const field = `${at}[${index}]`
    const [key, when] = [text(constraint, "topologyKey"), text(constraint, "whenUnsatisfiable")]
    const skew = Number(constraint.maxSkew ?? 0)
    const isTwice = lastPlaces.get(pairOf(constraint)) !== index
    return [
      ...(skew <= 0 ? [invalid(`${field}.maxSkew`, skew, "must be greater than zero")] : []),
      ...(key === "" ? [required(`${field}.topologyKey`, "can not be empty")] : []),
      ...(WHEN.includes(when) ? [] : [notSupported(`${field}.whenUnsatisfiable`, when, WHEN)]),
      ...(isTwice ? [duplicate(`${field}.{topologyKey, whenUnsatisfiable}`, `{${key}, ${when}}`)] : []),
      ...domainErrors(constraint, field),
      ...["nodeAffinityPolicy", "nodeTaintsPolicy"].flatMap((name) => {
        const policy = constraint[name]
        return policy === undefined || POLICIES.includes(String(policy))
          ? []
          : [notSupported(`${field}.${name}`, policy, POLICIES)]
      }),
      ...labelKeyErrors(constraint, "matchLabelKeys", field),
      ...labelSelectorErrors(constraint.labelSelector, `${field}.labelSelector`),
    ]
  })
}

/** core/validation validateSchedulingGates; `at` is `spec.schedulingGates`. */
export const gateErrors = (spec: Json, at: string): FieldError[] => {
  const names = new Set<string>()
  return errorsOfEach(children(spec, "schedulingGates"), (gate, index) => {
    const name = text(gate, "name")
    const field = `${at}[${index}]`
    const isAgain = names.has(name)
    names.add(name)
    return [...invalids(field, name, qualifiedNameProblems(name)), ...(isAgain ? [duplicate(field, name)] : [])]
  })
}
