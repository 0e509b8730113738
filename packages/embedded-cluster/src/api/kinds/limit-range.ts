import type { KubeObject } from "@pilotage/kube-model"
import { duplicate, errorsOfEach, type FieldError, invalid, refused, required } from "../field-error.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { parseQuantity } from "../workloads/quantity.ts"

/** A container's limit is at most its greatest value, its request its limit, unless they are given (SetDefaults_LimitRangeItem). */
const limitDefaults = (limit: Json): Json => {
  if (limit.type !== "Container") return limit
  const limits: Json = { ...child(limit, "max"), ...child(limit, "default") }
  const requests: Json = { ...child(limit, "min"), ...limits, ...child(limit, "defaultRequest") }
  const told = (key: string, values: Json): Json => (Object.keys(values).length > 0 ? { [key]: values } : {})
  return { ...limit, ...told("default", limits), ...told("defaultRequest", requests) }
}

const rangeDefaults = (object: KubeObject): KubeObject => {
  const spec = child(object, "spec")
  return {
    ...object,
    spec: { ...spec, limits: Array.isArray(spec.limits) ? children(spec, "limits").map(limitDefaults) : null },
  }
}

/** Pairs of which the first may not be greater than the second; the field that is told of, and its words. */
const ORDERS = [
  ["min", "max", "min", "min value", "max value"],
  ["min", "defaultRequest", "defaultRequest", "min value", "default request value"],
  ["defaultRequest", "max", "defaultRequest", "default request value", "max value"],
  ["defaultRequest", "default", "defaultRequest", "default request value", "default limit value"],
  ["min", "default", "default", "min value", "default value"],
  ["default", "max", "default", "default value", "max value"],
] as const

const orderErrors = (limit: Json, at: string): FieldError[] =>
  ORDERS.flatMap(([low, high, told, lowWords, highWords]) =>
    errorsOfEach(Object.entries(child(limit, low)), ([name, less]) => {
      const more = child(limit, high)[name]
      const [a, b] = [parseQuantity(less), parseQuantity(more)]
      if (more === undefined || a === undefined || b === undefined || a <= b) return []
      const why = `${lowWords} ${less} is greater than ${highWords} ${more}`
      // Of a default below the minimum upstream shows the minimum.
      const shown = low === "min" && high === "default" ? less : child(limit, told)[name]
      return [invalid(`${at}.${told}[${name}]`, shown, why)]
    }),
  )

const TYPES = ["Pod", "Container", "PersistentVolumeClaim"]

const typeErrors = (type: string, at: string): FieldError[] => {
  const problems = qualifiedNameProblems(type)
  if (problems.length > 0) return problems.map((problem) => invalid(`${at}.type`, type, problem))
  if (type.includes("/") || TYPES.includes(type)) return []
  return [invalid(`${at}.type`, type, "must be a standard limit type or fully qualified")]
}

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidateLimitRange. */
const rangeErrors = (object: KubeObject): FieldError[] => {
  const seen = new Set<string>()
  return errorsOfEach(children(child(object, "spec"), "limits"), (limit, index) => {
    const at = `spec.limits[${index}]`
    const type = text(limit, "type")
    const errors = typeErrors(type, at)
    if (seen.has(type)) errors.push(duplicate(`${at}.type`, type))
    seen.add(type)
    if (type === "Pod")
      for (const key of ["default", "defaultRequest"])
        if (Object.keys(child(limit, key)).length > 0)
          errors.push(refused(`${at}.${key}`, "may not be specified when `type` is 'Pod'"))
    const hasStorage = ["min", "max"].some((key) => child(limit, key).storage !== undefined)
    if (type === "PersistentVolumeClaim" && !hasStorage)
      errors.push(
        required(`${at}.limits`, "either minimum or maximum storage value is required, but neither was provided"),
      )
    return [...errors, ...orderErrors(limit, at)]
  })
}

export const limitRangeStrategy: Strategy = { defaults: rangeDefaults, validate: rangeErrors }
