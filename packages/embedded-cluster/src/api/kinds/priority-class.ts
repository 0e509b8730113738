import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported, refused } from "../field-error.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"

const HIGHEST = 1_000_000_000
const POLICIES = ["PreemptLowerPriority", "Never"]

/** Classes that every cluster has; no other may begin with `system-`. */
export const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
}

const systemErrors = ({ metadata: { name }, value, globalDefault }: KubeObject): FieldError[] => {
  const known = SYSTEM_PRIORITIES[name]
  const told = (why: string): FieldError[] => [
    refused(
      "metadata.name",
      `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`,
    ),
  ]
  if (known === undefined) return told(`${name} is not a known system priority class`)
  if (known !== value) return told(`value of ${name} PriorityClass must be ${known}`)
  return globalDefault === true ? told(`globalDefault of ${name} PriorityClass must be false`) : []
}

/** Kubernetes 1.36 `pkg/apis/scheduling/validation` ValidatePriorityClass. */
const classErrors = (object: KubeObject): FieldError[] => {
  const { value, preemptionPolicy: policy } = object
  const errors = object.metadata.name.startsWith("system-")
    ? systemErrors(object)
    : Number(value) > HIGHEST
      ? [refused("value", `maximum allowed value of a user defined priority is ${HIGHEST}`)]
      : []
  return POLICIES.includes(String(policy)) ? errors : [...errors, notSupported("preemptionPolicy", policy, POLICIES)]
}

export const priorityClassStrategy: Strategy = {
  defaults: (object) => ({
    ...object,
    value: object.value ?? 0,
    preemptionPolicy: object.preemptionPolicy ?? "PreemptLowerPriority",
  }),
  validate: classErrors,
  validateUpdate: (object, old) => [
    ...(object.value === old.value ? [] : [refused("value", "may not be changed in an update.")]),
    ...(object.preemptionPolicy === old.preemptionPolicy
      ? []
      : [invalid("preemptionPolicy", object.preemptionPolicy, IMMUTABLE)]),
  ],
}
