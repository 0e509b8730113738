import type { KubeObject, Labels } from "@pilotage/kube-model"
import { type FieldError, required } from "../field-error.ts"
import { child, isJson, type Json } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { templateDefaults } from "./template-defaults.ts"
import { endlessErrors, matchErrors, notNegative, podTemplateErrors } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")
const isEmpty = (labels: unknown): boolean => !isJson(labels) || Object.keys(labels).length === 0

/** Selector and labels are those of the template unless they are given (core/v1 SetDefaults_ReplicationController). */
const replicationControllerDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  const template = isJson(spec.template) ? { template: templateDefaults(spec.template) } : {}
  const { labels } = child(child(spec, "template"), "metadata")
  const selector = isEmpty(spec.selector) && isJson(labels) ? { selector: labels } : {}
  const metadata =
    isEmpty(object.metadata.labels) && isJson(labels)
      ? { ...object.metadata, labels: labels as Labels }
      : object.metadata
  return { ...object, metadata, spec: { ...spec, replicas: spec.replicas ?? 1, ...selector, ...template } }
}

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidateReplicationControllerSpec. */
const specErrors = (spec: Json): FieldError[] => {
  const errors = [
    ...notNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...(isEmpty(spec.selector) ? [required("spec.selector")] : []),
    ...notNegative("spec.replicas", spec.replicas),
  ]
  if (!isJson(spec.template)) return [...errors, required("spec.template")]
  return [
    ...errors,
    ...(isEmpty(spec.selector) ? [] : matchErrors({ matchLabels: spec.selector }, spec.template, "spec.template")),
    ...podTemplateErrors(spec.template, "spec.template"),
    ...endlessErrors(spec.template, "spec.template", "ReplicationController"),
  ]
}

export const replicationControllerStrategy: Strategy = {
  defaults: replicationControllerDefaults,
  prepareCreate: (object) => ({ ...object, status: { replicas: 0 } }),
  validate: (object) => specErrors(specOf(object)),
  selectable: { "status.replicas": (object) => String(child(object, "status").replicas ?? 0) },
}
