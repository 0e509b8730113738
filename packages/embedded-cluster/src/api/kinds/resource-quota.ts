import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { errorsOfEach, type FieldError, invalid } from "../field-error.ts"
import { child } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { parseQuantity } from "../workloads/quantity.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"

const AMOUNTS = ["cpu", "memory", "ephemeral-storage"]
const COUNTED = [
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "persistentvolumeclaims",
  "configmaps",
  "services.nodeports",
  "services.loadbalancers",
]
const STANDARD: ReadonlySet<string> = new Set([
  ...AMOUNTS,
  ...AMOUNTS.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  "requests.storage",
  ...COUNTED,
])

const isStandard = (name: string): boolean => STANDARD.has(name) || /^(requests\.)?hugepages-/.test(name)

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidateResourceQuotaSpec; `at` is `spec.hard`. */
const amountErrors = (amounts: object, at: string): FieldError[] =>
  errorsOfEach(Object.entries(amounts), ([name, amount]) => {
    const field = `${at}[${name}]`
    const errors = qualifiedNameProblems(name).map((problem) => invalid(field, name, problem))
    if (!name.includes("/") && name !== "storage" && !isStandard(name))
      errors.push(invalid(field, name, "must be a standard resource type or fully qualified"))
    if (!name.includes("/") && !isStandard(name))
      errors.push(invalid(field, name, "must be a standard resource for quota"))
    const value = parseQuantity(amount) ?? 0
    if (value < 0) errors.push(invalid(field, amount, "must be greater than or equal to 0"))
    if ((COUNTED.includes(name) || name.startsWith("count/")) && !Number.isInteger(value))
      errors.push(invalid(field, amount, "must be an integer"))
    return errors
  })

const SCOPES = [
  "BestEffort",
  "CrossNamespacePodAffinity",
  "NotBestEffort",
  "NotTerminating",
  "PriorityClass",
  "Terminating",
  "VolumeAttributesClass",
]

const scopesOf = (object: KubeObject): readonly string[] => {
  const { scopes } = child(object, "spec")
  return Array.isArray(scopes) ? scopes.map(String) : []
}

const scopeErrors = (scopes: readonly string[]): FieldError[] => {
  const told = (why: string): FieldError => invalid("spec.scopes", scopes, why)
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope)).map(() => told("unsupported scope"))
  const isTorn = (a: string, b: string): boolean => scopes.includes(a) && scopes.includes(b)
  const torn = isTorn("BestEffort", "NotBestEffort") || isTorn("Terminating", "NotTerminating")
  return torn ? [...unknown, told("conflicting scopes")] : unknown
}

export const resourceQuotaStrategy: Strategy = {
  defaults: (object) => ({ ...object, spec: child(object, "spec") }),
  prepareCreate: (object) => ({ ...object, status: {} }),
  validate: (object) => [
    ...amountErrors(child(child(object, "spec"), "hard"), "spec.hard"),
    ...scopeErrors(scopesOf(object)),
  ],
  validateUpdate: (object, old) =>
    deepEqual([...scopesOf(object)].sort(), [...scopesOf(old)].sort())
      ? []
      : [invalid("spec.scopes", scopesOf(object), IMMUTABLE)],
  validateStatus: (object) =>
    ["hard", "used"].flatMap((key) => amountErrors(child(child(object, "status"), key), `status.${key}`)),
}
