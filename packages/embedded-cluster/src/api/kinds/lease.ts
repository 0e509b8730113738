import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid } from "../field-error.ts"
import { child, without } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { notNegative } from "../workloads/template-errors.ts"

/** Kubernetes 1.36 `pkg/apis/coordination/validation` ValidateLeaseSpec. */
const leaseErrors = (object: KubeObject): FieldError[] => {
  const spec = child(object, "spec")
  const { leaseDurationSeconds: duration } = spec
  return [
    ...(typeof duration === "number" && duration <= 0
      ? [invalid("spec.leaseDurationSeconds", duration, "must be greater than 0")]
      : []),
    ...notNegative("spec.leaseTransitions", spec.leaseTransitions),
  ]
}

export const leaseStrategy: Strategy = {
  /** What belongs to coordinated elections is behind a gate that is closed: it is dropped. */
  defaults: (object) => ({ ...object, spec: without(child(object, "spec"), "preferredHolder", "strategy") }),
  validate: leaseErrors,
}
