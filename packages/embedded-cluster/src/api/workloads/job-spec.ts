import { type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, children, isJson, type Json, text, withDefaults } from "../json-object.ts"
import { domainPrefixedPathErrors } from "../path-names.ts"
import { failurePolicyErrors, successPolicyErrors } from "./job-policies.ts"
import { templateDefaults } from "./template-defaults.ts"
import { notNegative, podTemplateErrors } from "./template-errors.ts"

const MOST_FAILURES = 2 ** 31 - 1

/** A condition of a pod counts when it is true. */
const failurePolicyDefaults = (policy: Json): Json => ({
  ...policy,
  rules: children(policy, "rules").map((rule) =>
    Array.isArray(rule.onPodConditions)
      ? { ...rule, onPodConditions: children(rule, "onPodConditions").map((each) => ({ status: "True", ...each })) }
      : rule,
  ),
})

/** Kubernetes 1.36 `pkg/apis/batch/v1/defaults.go` SetDefaults_Job, which a CronJob's template does not get. */
export const jobDefaults = (spec: Json): Json =>
  withDefaults(
    {
      ...spec,
      ...(spec.completions === undefined && spec.parallelism === undefined ? { completions: 1 } : {}),
      template: templateDefaults(child(spec, "template")),
      ...(isJson(spec.podFailurePolicy) ? { podFailurePolicy: failurePolicyDefaults(spec.podFailurePolicy) } : {}),
    },
    {
      parallelism: 1,
      backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : MOST_FAILURES,
      completionMode: "NonIndexed",
      suspend: false,
      podReplacementPolicy: spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed",
      manualSelector: false,
    },
  )

const COUNTS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
]

const MODES = ["NonIndexed", "Indexed"]
const MOST_PARALLEL = 100_000

const indexErrors = (spec: Json, at: string): FieldError[] => {
  const mode = spec.completionMode
  const errors: FieldError[] = []
  if (mode !== undefined && !MODES.includes(String(mode)))
    errors.push(notSupported(`${at}.completionMode`, mode, MODES))
  if (mode === "Indexed") {
    if (spec.completions === undefined) errors.push(required(`${at}.completions`, "when completion mode is Indexed"))
    if (Number(spec.parallelism ?? 0) > MOST_PARALLEL)
      errors.push(
        invalid(
          `${at}.parallelism`,
          spec.parallelism,
          `must be less than or equal to ${MOST_PARALLEL} when completion mode is Indexed`,
        ),
      )
    if (spec.completions !== undefined && Number(spec.maxFailedIndexes ?? 0) > Number(spec.completions))
      errors.push(invalid(`${at}.maxFailedIndexes`, spec.maxFailedIndexes, "must be less than or equal to completions"))
  } else if (mode === undefined || mode === "NonIndexed")
    for (const key of ["backoffLimitPerIndex", "maxFailedIndexes"])
      if (spec[key] !== undefined) errors.push(invalid(`${at}.${key}`, spec[key], "requires indexed completion mode"))
  return errors
}

const restartErrors = (spec: Json, at: string): FieldError[] => {
  const field = `${at}.template.spec.restartPolicy`
  const policy = text(child(child(spec, "template"), "spec"), "restartPolicy")
  if (policy === "" || policy === "Always") return [required(field, 'valid values: "OnFailure", "Never"')]
  if (policy !== "OnFailure" && policy !== "Never") return [notSupported(field, policy, ["OnFailure", "Never"])]
  return isJson(spec.podFailurePolicy) && policy !== "Never"
    ? [invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified')]
    : []
}

const replacementErrors = (spec: Json, at: string): FieldError[] => {
  const policy = spec.podReplacementPolicy
  if (policy === undefined) return []
  const known = isJson(spec.podFailurePolicy) ? ["Failed"] : ["Failed", "TerminatingOrFailed"]
  return known.includes(String(policy)) ? [] : [notSupported(`${at}.podReplacementPolicy`, policy, known)]
}

/** What a Job's spec may say, in a CronJob's template too (batch/validation validateJobSpec); `at` is `spec`. */
export const jobSpecErrors = (spec: Json, at: string): FieldError[] => [
  ...COUNTS.flatMap((key) => notNegative(`${at}.${key}`, spec[key])),
  ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
    ? [required(`${at}.backoffLimitPerIndex`, "when maxFailedIndexes is specified")]
    : []),
  ...(typeof spec.managedBy === "string" ? domainPrefixedPathErrors(`${at}.managedBy`, spec.managedBy) : []),
  ...indexErrors(spec, at),
  ...failurePolicyErrors(spec, `${at}.podFailurePolicy`),
  ...successPolicyErrors(spec, `${at}.successPolicy`),
  ...replacementErrors(spec, at),
  ...podTemplateErrors(child(spec, "template"), `${at}.template`),
  ...restartErrors(spec, at),
]
