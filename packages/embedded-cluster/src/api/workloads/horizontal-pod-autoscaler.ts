import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text, withDefaults } from "../json-object.ts"
import { pathSegmentProblems } from "../path-names.ts"
import type { Strategy } from "../strategy.ts"
import { metricErrors } from "./metric-errors.ts"
import { notNegative } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const CPU = { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }

const UP: Json = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
}

const DOWN: Json = { selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] }

const behaviorDefaults = (spec: Json): Json => {
  if (!isJson(spec.behavior)) return {}
  const rules = (key: string, defaults: Json): Json => withDefaults(child(child(spec, "behavior"), key), defaults)
  return { behavior: { scaleUp: rules("scaleUp", UP), scaleDown: rules("scaleDown", DOWN) } }
}

/** Kubernetes 1.36 `pkg/apis/autoscaling/v2/defaults.go`. */
const autoscalerDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  const metrics = children(spec, "metrics").length > 0 ? {} : { metrics: [CPU] }
  const fixed = { scaleTargetRef: child(spec, "scaleTargetRef"), maxReplicas: spec.maxReplicas ?? 0 }
  return {
    ...object,
    spec: withDefaults({ ...spec, ...fixed, ...metrics, ...behaviorDefaults(spec) }, { minReplicas: 1 }),
  }
}

const targetErrors = (target: Json): FieldError[] => {
  const named = ["kind", "name"].flatMap((key) => {
    const field = `spec.scaleTargetRef.${key}`
    const value = text(target, key)
    return value === "" ? [required(field)] : pathSegmentProblems(value).map((each) => invalid(field, value, each))
  })
  const version = text(target, "apiVersion")
  // A controller of pods of the core group may be scaled too.
  if (version.includes("/") || (version === "v1" && target.kind === "ReplicationController")) return named
  return [...named, invalid("spec.scaleTargetRef.apiVersion", version, "apiVersion must specify API group")]
}

const LONGEST_PERIOD = 1800
const LONGEST_WINDOW = 3600

const ruleErrors = (rules: Json, at: string): FieldError[] => {
  const errors: FieldError[] = []
  const { stabilizationWindowSeconds: window, selectPolicy } = rules
  if (typeof window === "number" && window < 0)
    errors.push(invalid(`${at}.stabilizationWindowSeconds`, window, "must be greater than or equal to zero"))
  if (typeof window === "number" && window > LONGEST_WINDOW)
    errors.push(invalid(`${at}.stabilizationWindowSeconds`, window, `must be less than or equal to ${LONGEST_WINDOW}`))
  const known = ["Disabled", "Max", "Min"]
  if (selectPolicy !== undefined && !known.includes(String(selectPolicy)))
    errors.push(notSupported(`${at}.selectPolicy`, selectPolicy, known))
  const policies = children(rules, "policies")
  if (policies.length === 0) errors.push(required(`${at}.policies`, "must specify at least one Policy"))
  for (const [index, policy] of policies.entries()) {
    const field = `${at}.policies[${index}]`
    const { type, value = 0, periodSeconds = 0 } = policy
    if (type !== "Pods" && type !== "Percent")
      errors.push(notSupported(`${field}.type`, type ?? "", ["Percent", "Pods"]))
    if (Number(value) <= 0) errors.push(invalid(`${field}.value`, value, "must be greater than zero"))
    if (Number(periodSeconds) <= 0)
      errors.push(invalid(`${field}.periodSeconds`, periodSeconds, "must be greater than zero"))
    if (Number(periodSeconds) > LONGEST_PERIOD)
      errors.push(invalid(`${field}.periodSeconds`, periodSeconds, `must be less than or equal to ${LONGEST_PERIOD}`))
  }
  return errors
}

/** Kubernetes 1.36 `pkg/apis/autoscaling/validation`. */
const specErrors = (spec: Json): FieldError[] => {
  const { minReplicas, maxReplicas } = spec
  const [least, most] = [Number(minReplicas ?? 1), Number(maxReplicas ?? 0)]
  const behavior = child(spec, "behavior")
  return [
    ...(least < 1 ? [invalid("spec.minReplicas", least, "must be greater than or equal to 1")] : []),
    ...(most === 0 ? [required("spec.maxReplicas", "must be set and greater than 0")] : []),
    ...(most < 0 ? [invalid("spec.maxReplicas", most, "must be greater than or equal to 1")] : []),
    ...(most < least ? [invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`")] : []),
    ...targetErrors(child(spec, "scaleTargetRef")),
    ...errorsOfEach(children(spec, "metrics"), (metric, index) => metricErrors(metric, `spec.metrics[${index}]`)),
    ...(least === 0 && !children(spec, "metrics").some(({ type }) => type === "Object" || type === "External")
      ? [
          refused(
            "spec.metrics",
            "must specify at least one Object or External metric to support scaling to zero replicas",
          ),
        ]
      : []),
    ...["scaleUp", "scaleDown"].flatMap((key) =>
      isJson(behavior[key]) ? ruleErrors(behavior[key], `spec.behavior.${key}`) : [],
    ),
  ]
}

export const horizontalPodAutoscalerStrategy: Strategy = {
  defaults: autoscalerDefaults,
  prepareCreate: (object) => ({ ...object, status: { currentMetrics: null, desiredReplicas: 0 } }),
  validate: (object) => specErrors(specOf(object)),
  validateStatus: (object) => {
    const status = child(object, "status")
    return ["currentReplicas", "desiredReplicas"].flatMap((key) => notNegative(`status.${key}`, status[key]))
  },
}
