import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, required } from "../field-error.ts"
import { child, children, isJson, type Json } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import type { Strategy } from "../strategy.ts"

const isFilled = (rule: Json, key: string): boolean => {
  const list = rule[key]
  return Array.isArray(list) && list.length > 0
}

/** Kubernetes 1.36 `pkg/apis/rbac/validation` ValidatePolicyRule. */
const ruleErrors = (rule: Json, at: string, namespaced: boolean): FieldError[] => {
  const errors = isFilled(rule, "verbs") ? [] : [required(`${at}.verbs`, "verbs must contain at least one value")]
  if (isFilled(rule, "nonResourceURLs")) {
    const told = (why: string): FieldError => invalid(`${at}.nonResourceURLs`, rule.nonResourceURLs, why)
    if (namespaced) errors.push(told("namespaced rules cannot apply to non-resource URLs"))
    if (["apiGroups", "resources", "resourceNames"].some((key) => isFilled(rule, key)))
      errors.push(told("rules cannot apply to both regular resources and non-resource URLs"))
    return errors
  }
  if (!isFilled(rule, "apiGroups"))
    errors.push(required(`${at}.apiGroups`, "resource rules must supply at least one api group"))
  if (!isFilled(rule, "resources"))
    errors.push(required(`${at}.resources`, "resource rules must supply at least one resource"))
  return errors
}

const rulesErrors = (object: KubeObject, namespaced: boolean): FieldError[] =>
  errorsOfEach(children(object, "rules"), (rule, index) => ruleErrors(rule, `rules[${index}]`, namespaced))

const aggregationErrors = (object: KubeObject): FieldError[] => {
  if (!isJson(object.aggregationRule)) return []
  const at = "aggregationRule.clusterRoleSelectors"
  const selectors = children(child(object, "aggregationRule"), "clusterRoleSelectors")
  if (selectors.length === 0)
    return [required(at, "at least one clusterRoleSelector required if aggregationRule is non-nil")]
  return errorsOfEach(selectors, (selector, index) => {
    const errors = labelSelectorErrors(selector, `${at}[${index}]`)
    return errors.length === 0 ? [] : [...errors, invalid(`${at}[${index}]`, null, "invalid label selector.")]
  })
}

/** A role without rules says `null`, as Go writes an empty list. */
const rolesDefaults = (object: KubeObject): KubeObject => ({ ...object, rules: object.rules ?? null })

export const roleStrategy: Strategy = {
  defaults: rolesDefaults,
  validate: (object) => rulesErrors(object, true),
}

export const clusterRoleStrategy: Strategy = {
  defaults: rolesDefaults,
  validate: (object) => [...rulesErrors(object, false), ...aggregationErrors(object)],
}
