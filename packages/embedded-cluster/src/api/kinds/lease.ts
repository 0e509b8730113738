import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, refused } from "../field-error.ts"
import { child } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { notNegative } from "../workloads/template-errors.ts"

/** Kubernetes 1.36 `pkg/apis/coordination/validation` ValidateLeaseSpec. */
const leaseErrors = (object: KubeObject): FieldError[] => {
  const spec = child(object, "spec")
  const { leaseDurationSeconds: duration, preferredHolder, strategy } = spec
  return [
    ...(typeof duration === "number" && duration <= 0
      ? [invalid("spec.leaseDurationSeconds", duration, "must be greater than 0")]
      : []),
    ...notNegative("spec.leaseTransitions", spec.leaseTransitions),
    ...(preferredHolder && !strategy
      ? [refused("spec.preferredHolder", "may only be specified if `strategy` is defined")]
      : []),
  ]
}

export const leaseStrategy: Strategy = {
  defaults: (object) => ({ ...object, spec: child(object, "spec") }),
  validate: leaseErrors,
}
