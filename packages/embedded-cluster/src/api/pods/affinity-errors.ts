import { errorsOfEach, type FieldError, invalid, invalids, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import { dnsLabelProblems, qualifiedNameProblems } from "../names.ts"
import { nodeSelectorErrors, preferredTermsErrors, weightErrors } from "./node-selector-errors.ts"

const keysOf = (term: Json, list: string): string[] => {
  const keys = term[list]
  return Array.isArray(keys) ? keys.map(String) : []
}

/** Keys of labels that a term compares pods by (core/validation validateLabelKeys). */
export const labelKeyErrors = (term: Json, list: string, at: string): FieldError[] => {
  const keys = keysOf(term, list)
  if (keys.length === 0) return []
  if (!isJson(term.labelSelector))
    return [refused(`${at}.${list}`, "must not be specified when labelSelector is not set")]
  return errorsOfEach(keys, (key, index) => invalids(`${at}.${list}[${index}]`, key, qualifiedNameProblems(key)))
}

const bothErrors = (term: Json, at: string): FieldError[] => {
  const mismatching = new Set(keysOf(term, "mismatchLabelKeys"))
  return errorsOfEach(keysOf(term, "matchLabelKeys"), (key, index) =>
    mismatching.has(key)
      ? [invalid(`${at}.matchLabelKeys[${index}]`, key, "exists in both matchLabelKeys and mismatchLabelKeys")]
      : [],
  )
}

/** core/validation validatePodAffinityTerm. */
const termErrors = (term: Json, at: string): FieldError[] => {
  const key = text(term, "topologyKey")
  const field = `${at}.topologyKey`
  return [
    ...labelSelectorErrors(term.labelSelector, `${at}.labelSelector`),
    ...labelSelectorErrors(term.namespaceSelector, `${at}.namespaceSelector`),
    ...errorsOfEach(keysOf(term, "namespaces"), (name) => invalids(`${at}.namespace`, name, dnsLabelProblems(name))),
    ...labelKeyErrors(term, "matchLabelKeys", at),
    ...labelKeyErrors(term, "mismatchLabelKeys", at),
    ...bothErrors(term, at),
    ...(key === "" ? [required(field, "can not be empty")] : []),
    ...invalids(field, key, qualifiedNameProblems(key)),
  ]
}

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"

const betweenPodsErrors = (affinity: Json, at: string): FieldError[] => [
  ...errorsOfEach(children(affinity, REQUIRED), (term, index) => termErrors(term, `${at}.${REQUIRED}[${index}]`)),
  ...errorsOfEach(children(affinity, PREFERRED), (each, index) => [
    ...weightErrors(each, `${at}.${PREFERRED}[${index}]`),
    ...termErrors(child(each, "podAffinityTerm"), `${at}.${PREFERRED}[${index}].podAffinityTerm`),
  ]),
]

const nodeErrors = (affinity: Json, at: string): FieldError[] => [
  ...(isJson(affinity[REQUIRED]) ? nodeSelectorErrors(affinity[REQUIRED], `${at}.${REQUIRED}`) : []),
  ...preferredTermsErrors(children(affinity, PREFERRED), `${at}.${PREFERRED}`),
]

/** core/validation validateAffinity; `at` is `spec.affinity`. */
export const affinityErrors = (spec: Json, at: string): FieldError[] => {
  const affinity = child(spec, "affinity")
  return [
    ...nodeErrors(child(affinity, "nodeAffinity"), `${at}.nodeAffinity`),
    ...["podAffinity", "podAntiAffinity"].flatMap((key) => betweenPodsErrors(child(affinity, key), `${at}.${key}`)),
  ]
}
