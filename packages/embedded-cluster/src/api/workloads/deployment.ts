import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { child, isJson, type Json, text, withTextDefaults } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { countErrors, shareErrors } from "./count-errors.ts"
import { replicaStatusErrors } from "./replica-status.ts"
import { templateDefaults } from "./template-defaults.ts"
import { notNegative, sameSelector, selectorErrors, templateErrors } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const strategyDefaults = (spec: Json): Json => {
  const strategy = withTextDefaults(child(spec, "strategy"), { type: "RollingUpdate" })
  if (strategy.type !== "RollingUpdate") return strategy
  return {
    ...strategy,
    rollingUpdate: withTextDefaults(child(strategy, "rollingUpdate"), { maxUnavailable: "25%", maxSurge: "25%" }),
  }
}

/** Kubernetes 1.36 `pkg/apis/apps/v1/defaults.go`. */
const deploymentDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  return {
    ...object,
    spec: withTextDefaults(
      { ...spec, strategy: strategyDefaults(spec), template: templateDefaults(child(spec, "template")) },
      { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
    ),
  }
}

const replicaSetDefaults = (object: KubeObject): KubeObject => ({
  ...object,
  spec: withTextDefaults(
    { ...specOf(object), template: templateDefaults(child(specOf(object), "template")) },
    { replicas: 1 },
  ),
})

const isZero = (value: unknown): boolean => value === 0 || value === "0%" || value === "0"

const rolloutErrors = (spec: Json): FieldError[] => {
  const strategy = child(spec, "strategy")
  const type = text(strategy, "type")
  if (type === "Recreate")
    return isJson(strategy.rollingUpdate)
      ? [refused("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'")]
      : []
  if (type !== "RollingUpdate")
    return [notSupported("spec.strategy", { Type: type, RollingUpdate: null }, ["Recreate", "RollingUpdate"])]
  const at = "spec.strategy.rollingUpdate"
  if (!isJson(strategy.rollingUpdate)) return [required(at, "this should be defaulted and never be nil")]
  const { maxSurge, maxUnavailable } = strategy.rollingUpdate
  const errors = [...countErrors(`${at}.maxUnavailable`, maxUnavailable), ...countErrors(`${at}.maxSurge`, maxSurge)]
  if (isZero(maxUnavailable) && isZero(maxSurge))
    errors.push(invalid(`${at}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0"))
  return [...errors, ...shareErrors(`${at}.maxUnavailable`, maxUnavailable)]
}

const deadlineErrors = (spec: Json): FieldError[] => {
  const { progressDeadlineSeconds: deadline, minReadySeconds: ready = 0 } = spec
  const errors = notNegative("spec.progressDeadlineSeconds", deadline)
  if (typeof deadline === "number" && deadline <= Number(ready))
    errors.push(invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"))
  return errors
}

export const deploymentStrategy: Strategy = {
  defaults: deploymentDefaults,
  prepareCreate: (object) => ({ ...object, status: {} }),
  validate: (object, old) => {
    const spec = specOf(object)
    return [
      ...notNegative("spec.replicas", spec.replicas),
      ...selectorErrors(spec, "deployment"),
      ...templateErrors(spec, "ReplicaSet"),
      ...rolloutErrors(spec),
      ...notNegative("spec.minReadySeconds", spec.minReadySeconds),
      ...notNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
      ...deadlineErrors(spec),
      ...sameSelector(object, old),
    ]
  },
  validateStatus: (object) => [
    ...replicaStatusErrors(
      child(object, "status"),
      ["updatedReplicas", "readyReplicas", "availableReplicas"],
      ["observedGeneration", "unavailableReplicas"],
    ),
    ...notNegative("status.collisionCount", child(object, "status").collisionCount),
  ],
}

export const replicaSetStrategy: Strategy = {
  defaults: replicaSetDefaults,
  prepareCreate: (object) => ({ ...object, status: { replicas: 0 } }),
  validate: (object, old) => {
    const spec = specOf(object)
    return [
      ...notNegative("spec.replicas", spec.replicas),
      ...notNegative("spec.minReadySeconds", spec.minReadySeconds),
      ...selectorErrors(spec, "deployment"),
      ...templateErrors(spec, "ReplicaSet"),
      ...sameSelector(object, old),
    ]
  },
  validateStatus: (object) =>
    replicaStatusErrors(
      child(object, "status"),
      ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"],
      ["observedGeneration"],
    ),
  selectable: {
    "status.replicas": (object) => String(child(object, "status").replicas ?? 0),
  },
}
