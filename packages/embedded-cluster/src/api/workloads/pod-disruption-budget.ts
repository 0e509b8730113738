import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported } from "../field-error.ts"
import { child, type Json } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import type { Strategy } from "../strategy.ts"
import { countErrors, shareErrors } from "./count-errors.ts"
import { notNegative } from "./template-errors.ts"

const EVICTION = ["AlwaysAllow", "IfHealthyBudget"]

/** As upstream prints it, whose errors show its internal types. */
const internal = ({ minAvailable, selector, maxUnavailable, unhealthyPodEvictionPolicy }: Json): Json => ({
  MinAvailable: minAvailable,
  Selector: selector ?? null,
  MaxUnavailable: maxUnavailable,
  UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
})

/** Kubernetes 1.36 `pkg/apis/policy/validation` ValidatePodDisruptionBudgetSpec. */
const specErrors = (spec: Json): FieldError[] => {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec
  return [
    ...(minAvailable !== undefined && maxUnavailable !== undefined
      ? [invalid("spec", internal(spec), "minAvailable and maxUnavailable cannot be both set")]
      : []),
    ...["minAvailable", "maxUnavailable"].flatMap((key) => [
      ...countErrors(`spec.${key}`, spec[key]),
      ...shareErrors(`spec.${key}`, spec[key]),
    ]),
    ...labelSelectorErrors(spec.selector, "spec.selector"),
    ...(policy === undefined || EVICTION.includes(String(policy))
      ? []
      : [notSupported("spec.unhealthyPodEvictionPolicy", policy, EVICTION)]),
  ]
}

const COUNTS = ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"]

const specOf = (object: KubeObject): Json => child(object, "spec")

export const podDisruptionBudgetStrategy: Strategy = {
  defaults: (object) => ({ ...object, spec: specOf(object) }),
  prepareCreate: (object) => ({ ...object, status: Object.fromEntries(COUNTS.map((key) => [key, 0])) }),
  validate: (object) => specErrors(specOf(object)),
  validateStatus: (object) => COUNTS.flatMap((key) => notNegative(`status.${key}`, child(object, "status")[key])),
}
