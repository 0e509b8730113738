import type { ServiceSpec } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { isExternallyAccessible, needsHealthCheckNodePort } from "./needs.ts"
import { portNumberErrors } from "./validate-ports.ts"

const POLICIES: readonly string[] = ["Cluster", "Local"]

export const validateExternalTraffic = (spec: ServiceSpec): FieldError[] => {
  const errors: FieldError[] = []
  const field = "spec.externalTrafficPolicy"
  const { externalTrafficPolicy: policy, healthCheckNodePort: port = 0 } = spec
  if (!isExternallyAccessible(spec)) {
    if (policy) errors.push(invalid(field, policy, "may only be set for externally-accessible services"))
  } else if (!policy) errors.push(required(field))
  else if (!POLICIES.includes(policy)) errors.push(notSupported(field, policy, POLICIES))
  const healthField = "spec.healthCheckNodePort"
  if (needsHealthCheckNodePort(spec))
    errors.push(...(port === 0 ? [required(healthField)] : portNumberErrors(healthField, port)))
  else if (port !== 0)
    errors.push(
      invalid(
        healthField,
        port,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ),
    )
  return errors
}

export const validateInternalTraffic = ({ type, internalTrafficPolicy: policy }: ServiceSpec): FieldError[] => {
  const field = "spec.internalTrafficPolicy"
  if (policy === undefined)
    return ["ClusterIP", "NodePort", "LoadBalancer"].includes(type ?? "") ? [required(field)] : []
  return POLICIES.includes(policy) ? [] : [notSupported(field, policy, POLICIES)]
}

const DISTRIBUTIONS: readonly string[] = ["PreferClose", "PreferSameZone", "PreferSameNode"]

export const validateTrafficDistribution = ({ trafficDistribution: value }: ServiceSpec): FieldError[] =>
  value === undefined || DISTRIBUTIONS.includes(value)
    ? []
    : [notSupported("spec.trafficDistribution", value, DISTRIBUTIONS)]

const DAY_SECONDS = 86400

export const validateAffinity = ({ sessionAffinity, sessionAffinityConfig: config }: ServiceSpec): FieldError[] => {
  const field = "spec.sessionAffinity"
  const kinds: readonly string[] = ["ClientIP", "None"]
  const errors: FieldError[] = []
  if (!sessionAffinity) errors.push(required(field))
  else if (!kinds.includes(sessionAffinity)) errors.push(notSupported(field, sessionAffinity, kinds))
  const configField = "spec.sessionAffinityConfig"
  if (sessionAffinity === "None" && config !== undefined)
    errors.push(refused(configField, "must not be set when session affinity is None"))
  if (sessionAffinity !== "ClientIP") return errors
  if (config === undefined) return [...errors, required(configField, "when session affinity type is ClientIP")]
  if (config.clientIP === undefined)
    return [...errors, required(`${configField}.clientIP`, "when session affinity type is ClientIP")]
  const { timeoutSeconds: seconds } = config.clientIP
  const secondsField = `${configField}.clientIP.timeoutSeconds`
  if (seconds === undefined) errors.push(required(secondsField, "when session affinity type is ClientIP"))
  else if (seconds <= 0 || seconds > DAY_SECONDS)
    errors.push(invalid(secondsField, seconds, `must be greater than 0 and less than ${DAY_SECONDS}`))
  return errors
}
