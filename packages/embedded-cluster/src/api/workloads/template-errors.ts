import { type KubeObject, type LabelSelector, type Labels, matchesSelector } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { isEmptySelector, labelSelectorErrors } from "../label-selector.ts"
import { annotationErrors, validateLabels } from "../object-metadata.ts"
import { podAnnotationErrors } from "../pods/pod-metadata-errors.ts"
import { podSpecErrors } from "../pods/pod-spec-errors.ts"

/** `kind` is named in the text for an empty selector: `deployment`. */
export const selectorErrors = (spec: Json, kind: string): FieldError[] => {
  const { selector } = spec
  if (!isJson(selector)) return [required("spec.selector")]
  const errors = labelSelectorErrors(selector, "spec.selector")
  if (isEmptySelector(selector))
    errors.push(invalid("spec.selector", selector, `empty selector is invalid for ${kind}`))
  return errors
}

const labelsOf = (template: Json): Labels | undefined => {
  const { labels } = child(template, "metadata")
  return isJson(labels) ? (labels as Labels) : undefined
}

/** Whether nothing is wrong with a selector, so that pods can be compared with it. */
const isReadable = (selector: unknown): boolean => labelSelectorErrors(selector, "").length === 0

/** Whether the pods of a template are those that the selector selects; a selector that cannot be read is told of elsewhere. */
export const matchErrors = (selector: unknown, template: Json, at: string): FieldError[] => {
  const labels = labelsOf(template)
  if (!isReadable(selector) || matchesSelector(selector as LabelSelector | undefined, labels)) return []
  return [invalid(`${at}.metadata.labels`, labels ?? null, "`selector` does not match template `labels`")]
}

const templateMetadataErrors = (template: Json, at: string): FieldError[] => {
  const annotations = child(child(template, "metadata"), "annotations")
  return [
    ...validateLabels(labelsOf(template), `${at}.labels`),
    ...annotationErrors(annotations, `${at}.annotations`),
    ...podAnnotationErrors(annotations, child(template, "spec"), `${at}.annotations`),
  ]
}

/** A pod template at `at` (core/validation ValidatePodTemplateSpec). */
export const podTemplateErrors = (template: Json, at: string): FieldError[] => {
  const spec = child(template, "spec")
  return [
    ...templateMetadataErrors(template, at),
    ...podSpecErrors(spec, `${at}.spec`),
    ...(children(spec, "ephemeralContainers").length > 0
      ? [refused(`${at}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template")]
      : []),
  ]
}

/** What a template may not say whose pods are to run for ever. `what` is named in the text: `ReplicaSet`. */
export const endlessErrors = (template: Json, at: string, what: string): FieldError[] => {
  const podSpec = child(template, "spec")
  const errors: FieldError[] = []
  const policy = text(podSpec, "restartPolicy")
  if (policy !== "Always") errors.push(notSupported(`${at}.spec.restartPolicy`, policy, ["Always"]))
  if (podSpec.activeDeadlineSeconds !== undefined)
    errors.push(refused(`${at}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${what} is not Supported`))
  return errors
}

/**
 * The template of a workload: its labels must be what the selector selects (apps/validation). Of a selector that cannot be
 * read the rest is not looked at; `unreadable` is said of it.
 */
export const templateErrors = (spec: Json, what: string, unreadable = "invalid label selector"): FieldError[] => {
  const template = child(spec, "template")
  if (!isReadable(spec.selector)) return [invalid("spec.selector", spec.selector, unreadable)]
  return [
    ...(isEmptySelector(spec.selector) ? [] : matchErrors(spec.selector, template, "spec.template")),
    ...(what === "StatefulSet" ? templateMetadataErrors(template, "spec.template") : []),
    ...podTemplateErrors(template, "spec.template"),
    ...endlessErrors(template, "spec.template", what),
  ]
}

export const notNegative = (field: string, value: unknown): FieldError[] =>
  typeof value === "number" && value < 0 ? [invalid(field, value, "must be greater than or equal to 0")] : []

export const IMMUTABLE = "field is immutable"

/** Which pods belong to a workload is decided once. */
export const sameSelector = (object: KubeObject, old: KubeObject | undefined): FieldError[] => {
  const { selector } = child(object, "spec")
  if (!old || deepEqual(selector, child(old, "spec").selector)) return []
  return [invalid("spec.selector", selector ?? null, IMMUTABLE)]
}
