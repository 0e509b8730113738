import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, type Json, text, withDefaults } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { scheduleProblem } from "./cron-schedule.ts"
import { podNameWarnings } from "./job.ts"
import { jobSpecErrors } from "./job-spec.ts"
import { templateDefaults } from "./template-defaults.ts"
import { notNegative } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

/** The Jobs get their own defaults when they are made; here only their pods do. */
const cronJobDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  const jobTemplate = child(spec, "jobTemplate")
  const job = child(jobTemplate, "spec")
  const template = templateDefaults(child(job, "template"))
  return {
    ...object,
    spec: withDefaults(
      { ...spec, jobTemplate: { metadata: {}, ...jobTemplate, spec: { ...job, template } } },
      { concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
    ),
  }
}

const ZONE = "use timeZone field instead"

const scheduleErrors = (spec: Json, old: Json | undefined): FieldError[] => {
  const schedule = text(spec, "schedule")
  const field = "spec.schedule"
  if (schedule === "") return [required(field)]
  const problem = scheduleProblem(schedule)
  const errors = problem === undefined ? [] : [invalid(field, schedule, problem)]
  if (!schedule.includes("TZ")) return errors
  const isOld = old !== undefined && text(old, "schedule").includes("TZ")
  if (!isOld) errors.push(invalid(field, schedule, `cannot use TZ or CRON_TZ in schedule, ${ZONE}`))
  else if (spec.timeZone !== undefined)
    errors.push(invalid(field, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule"))
  return errors
}

const isZonePart = (part: string): boolean =>
  part !== "." && part !== ".." && !part.startsWith("-") && /^[A-Za-z._\-0-9+]{1,14}$/.test(part)

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}

const timeZoneErrors = (zone: unknown): FieldError[] => {
  const field = "spec.timeZone"
  if (typeof zone !== "string") return []
  if (zone === "") return [invalid(field, zone, "timeZone must be nil or non-empty string")]
  if (!zone.split("/").every(isZonePart) || (zone.toLowerCase() !== "local" && !isZone(zone)))
    return [invalid(field, zone, `unknown time zone ${zone}`)]
  if (zone.toLowerCase() !== "local") return []
  return [
    invalid(field, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"),
    ...(zone === "Local" ? [] : [invalid(field, zone, `unknown time zone ${zone}`)]),
  ]
}

const POLICIES = ["Allow", "Forbid", "Replace"]
const NAME_LIMIT = 52

/** Kubernetes 1.36 `pkg/apis/batch/validation` validateCronJobSpec. */
const cronJobErrors = (object: KubeObject, old: KubeObject | undefined): FieldError[] => {
  const spec = specOf(object)
  const job = child(child(spec, "jobTemplate"), "spec")
  const policy = text(spec, "concurrencyPolicy")
  const { name } = object.metadata
  return [
    ...scheduleErrors(spec, old && specOf(old)),
    ...notNegative("spec.startingDeadlineSeconds", spec.startingDeadlineSeconds),
    ...timeZoneErrors(spec.timeZone),
    ...(POLICIES.includes(policy) ? [] : [notSupported("spec.concurrencyPolicy", policy, POLICIES)]),
    ...jobSpecErrors(job, "spec.jobTemplate.spec"),
    ...(job.selector === undefined
      ? []
      : [invalid("spec.jobTemplate.spec.selector", job.selector, "`selector` will be auto-generated")]),
    ...(job.manualSelector === true
      ? [notSupported("spec.jobTemplate.spec.manualSelector", true, ["nil", "false"])]
      : []),
    ...notNegative("spec.successfulJobsHistoryLimit", spec.successfulJobsHistoryLimit),
    ...notNegative("spec.failedJobsHistoryLimit", spec.failedJobsHistoryLimit),
    ...(old === undefined && name.length > NAME_LIMIT
      ? [invalid("metadata.name", name, `must be no more than ${NAME_LIMIT} characters`)]
      : []),
  ]
}

export const cronJobStrategy: Strategy = {
  defaults: cronJobDefaults,
  prepareCreate: (object) => ({ ...object, status: {} }),
  validate: cronJobErrors,
  warnings: podNameWarnings,
}
