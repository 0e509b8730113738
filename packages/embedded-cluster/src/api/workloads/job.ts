import { type KubeObject, type Labels, matchesSelector, type Random, randomUid } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { errorsOfEach, type FieldError, invalid, required } from "../field-error.ts"
import { child, isJson, type Json, withDefaults, without } from "../json-object.ts"
import { hasKnownOperators, labelSelectorErrors } from "../label-selector.ts"
import { dnsLabelProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { jobDefaults, jobSpecErrors } from "./job-spec.ts"
import { IMMUTABLE, matchErrors, sameSelector } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const UID_LABEL = "batch.kubernetes.io/controller-uid"

/** Labels by which a Job knows its pods: those of today and, without a prefix, those of the first versions. */
const ownLabels = ({ metadata: { name, uid = "" } }: KubeObject): Labels => ({
  [UID_LABEL]: uid,
  "batch.kubernetes.io/job-name": name,
  "controller-uid": uid,
  "job-name": name,
})

/** The selector and the labels that a Job gets which chooses none itself (registry/batch/job/strategy.go generateSelector). */
const withSelector = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  if (spec.manualSelector === true) return object
  const template = child(spec, "template")
  const metadata = child(template, "metadata")
  const labels = { ...ownLabels(object), ...child(metadata, "labels") }
  const selector = child(spec, "selector")
  const matchLabels = withDefaults(child(selector, "matchLabels"), { [UID_LABEL]: object.metadata.uid ?? "" })
  return {
    ...object,
    spec: {
      ...spec,
      selector: { ...selector, matchLabels },
      template: { ...template, metadata: { ...metadata, labels } },
    },
  }
}

/** A Job without labels of its own has those that are given for its pods, or the generated ones once it is valid. */
const withLabels = (object: KubeObject): KubeObject => {
  const { labels } = child(child(specOf(object), "template"), "metadata")
  if (!isJson(labels) || Object.keys(object.metadata.labels ?? {}).length > 0) return object
  return { ...object, metadata: { ...object.metadata, labels: labels as Labels } }
}

/** The uid is drawn here and kept by the store, because the labels of the pods carry it. */
export const newJob = (object: KubeObject, random: Random): KubeObject => {
  const born = { ...object, metadata: { ...object.metadata, uid: randomUid(random) }, status: {} }
  return withSelector(born)
}

const generatedErrors = (object: KubeObject): FieldError[] => {
  const spec = specOf(object)
  if (spec.manualSelector === true || !isJson(spec.selector)) return []
  const labels = child(child(child(spec, "template"), "metadata"), "labels")
  const own = ownLabels(object)
  const wrong = errorsOfEach(Object.entries(own), ([key, value]) => {
    if (labels[key] === value) return []
    const field = `spec.template.metadata.labels[${key}]`
    return labels[key] === undefined
      ? [required(field, `must be '${value}'`)]
      : [invalid(field, labels, `must be '${value}'`)]
  })
  if (!hasKnownOperators(spec.selector) || matchesSelector(spec.selector, own)) return wrong
  return [...wrong, invalid("spec.selector", spec.selector, "`selector` not auto-generated")]
}

const indexedNameErrors = ({ metadata: { name } }: KubeObject, spec: Json): FieldError[] => {
  if (spec.completionMode !== "Indexed" || typeof spec.completions !== "number" || spec.completions <= 0) return []
  const hostname = `${name}-${spec.completions - 1}`
  if (dnsLabelProblems(hostname).length === 0) return []
  return [invalid("metadata.name", name, `will not able to create pod with invalid DNS label: ${hostname}`)]
}

const selectionErrors = (spec: Json): FieldError[] => [
  ...(isJson(spec.selector) ? labelSelectorErrors(spec.selector, "spec.selector") : [required("spec.selector")]),
  ...matchErrors(spec.selector, child(spec, "template"), "spec.template"),
]

/** Kubernetes 1.36 `pkg/apis/batch/validation` ValidateJob. */
const jobErrors = (object: KubeObject): FieldError[] => {
  const spec = specOf(object)
  return [
    ...generatedErrors(object),
    ...jobSpecErrors(spec, "spec"),
    ...selectionErrors(spec),
    ...indexedNameErrors(object, spec),
  ]
}

const FIXED = ["template", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"]

const completionErrors = (next: Json, old: Json): FieldError[] => {
  if (next.completions === old.completions) return []
  if (next.completionMode !== "Indexed") return [invalid("spec.completions", next.completions ?? null, IMMUTABLE)]
  return next.completions === next.parallelism
    ? []
    : [invalid("spec.completions", next.completions ?? null, "can only be modified in tandem with spec.parallelism")]
}

const SCHEDULING = ["nodeSelector", "affinity", "tolerations", "schedulingGates"]

/** The template with what of it may change while a Job waits: where its pods may run, and what is noted with them. */
const withSchedulingOf = (next: Json, before: Json): unknown => {
  if (before.suspend !== true || !isJson(next.template)) return next.template
  const old = child(before, "template")
  const kept = Object.fromEntries(
    SCHEDULING.flatMap((key) => {
      const value = child(old, "spec")[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
  const spec = { ...without(child(next.template, "spec"), ...SCHEDULING), ...kept }
  return { ...next.template, metadata: old.metadata, spec }
}

const changeErrors = (object: KubeObject, old: KubeObject): FieldError[] => {
  const [next, before] = [specOf(object), specOf(old)]
  const fixed: Json = { ...next, template: withSchedulingOf(next, before) }
  const changed = FIXED.filter((key) => !deepEqual(fixed[key], before[key]))
  return [
    // Asked for a second time, with the changes.
    ...jobSpecErrors(next, "spec"),
    ...selectionErrors(next),
    ...completionErrors(next, before),
    ...sameSelector(object, old),
    ...changed.map((key) => invalid(`spec.${key}`, next[key] ?? null, IMMUTABLE)),
  ]
}

export const podNameWarnings = ({ metadata: { name } }: KubeObject, old: KubeObject | undefined): string[] => {
  const problems = old ? [] : dnsLabelProblems(name)
  if (problems.length === 0) return []
  return [
    `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(" ")}]`,
  ]
}

export const jobStrategy: Strategy = {
  defaults: (object) => withLabels({ ...object, spec: jobDefaults(specOf(object)) }),
  prepareCreate: (object, { random }) => newJob(object, random),
  validate: jobErrors,
  validateUpdate: changeErrors,
  finish: withLabels,
  warnings: podNameWarnings,
  selectable: { "status.successful": (object) => String(child(object, "status").succeeded ?? 0) },
}
