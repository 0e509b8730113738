import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, isJson, type Json, withTextDefaults } from "../json-object.ts"
import { isEmptySelector, labelSelectorErrors } from "../label-selector.ts"
import type { Strategy } from "../strategy.ts"
import { countErrors, countOf, shareErrors } from "./count-errors.ts"
import { templateDefaults } from "./template-defaults.ts"
import { endlessErrors, matchErrors, notNegative, podTemplateErrors, sameSelector } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const updateDefaults = (given: Json): Json => {
  const strategy = withTextDefaults(given, { type: "RollingUpdate" })
  if (strategy.type !== "RollingUpdate") return strategy
  const rollingUpdate = withTextDefaults(child(strategy, "rollingUpdate"), { maxUnavailable: 1, maxSurge: 0 })
  return { ...strategy, rollingUpdate }
}

/** Kubernetes 1.36 `pkg/apis/apps/v1/defaults.go` SetDefaults_DaemonSet. */
const daemonSetDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  return {
    ...object,
    spec: withTextDefaults(
      {
        ...spec,
        template: templateDefaults(child(spec, "template")),
        updateStrategy: updateDefaults(child(spec, "updateStrategy")),
      },
      { revisionHistoryLimit: 10 },
    ),
  }
}

const updateErrors = (strategy: Json): FieldError[] => {
  const at = "spec.updateStrategy"
  const { type, rollingUpdate } = strategy
  if (type === "OnDelete") return []
  if (type !== "RollingUpdate")
    return [notSupported(at, { Type: type, RollingUpdate: null }, ["RollingUpdate", "OnDelete"])]
  if (!isJson(rollingUpdate)) return [required(`${at}.rollingUpdate`)]
  const { maxUnavailable, maxSurge } = rollingUpdate
  const [unavailable, surge] = [`${at}.rollingUpdate.maxUnavailable`, `${at}.rollingUpdate.maxSurge`]
  const errors = [
    ...countErrors(unavailable, maxUnavailable),
    ...countErrors(surge, maxSurge),
    ...shareErrors(unavailable, maxUnavailable),
    ...shareErrors(surge, maxSurge),
  ]
  if (countOf(maxUnavailable) !== 0 && countOf(maxSurge) !== 0)
    errors.push(invalid(surge, maxSurge, "may not be set when maxUnavailable is non-zero"))
  if (countOf(maxUnavailable) === 0 && countOf(maxSurge) === 0)
    errors.push(required(unavailable, "cannot be 0 when maxSurge is 0"))
  return errors
}

/** Kubernetes 1.36 `pkg/apis/apps/validation` ValidateDaemonSetSpec. */
const specErrors = (spec: Json): FieldError[] => {
  const template = child(spec, "template")
  return [
    ...labelSelectorErrors(spec.selector, "spec.selector"),
    ...matchErrors(spec.selector, template, "spec.template"),
    ...(isEmptySelector(spec.selector)
      ? [invalid("spec.selector", spec.selector, "empty selector is invalid for daemonset")]
      : []),
    ...podTemplateErrors(template, "spec.template"),
    ...endlessErrors(template, "spec.template", "DaemonSet"),
    ...notNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...updateErrors(child(spec, "updateStrategy")),
    ...notNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
  ]
}

const GENERATION = "deprecated.daemonset.template.generation"

const withTemplateGeneration = (object: KubeObject, generation: number): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: { ...object.metadata.annotations, [GENERATION]: String(generation) },
  },
})

/** How often the template has changed, in an annotation: what is left of a field of the first versions. */
const countedTemplate = (object: KubeObject, old: KubeObject): KubeObject => {
  const before = Number(old.metadata.annotations?.[GENERATION] ?? 0)
  const isSame = deepEqual(specOf(object).template, specOf(old).template)
  return withTemplateGeneration(object, isSame ? before : before + 1)
}

const COUNTS = [
  "currentNumberScheduled",
  "numberMisscheduled",
  "desiredNumberScheduled",
  "numberReady",
  "observedGeneration",
  "updatedNumberScheduled",
  "numberAvailable",
  "numberUnavailable",
]

export const daemonSetStrategy: Strategy = {
  defaults: daemonSetDefaults,
  prepareCreate: (object) => ({
    ...withTemplateGeneration(object, 1),
    status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  }),
  prepareUpdate: countedTemplate,
  validate: (object, old) => [...sameSelector(object, old), ...specErrors(specOf(object))],
  validateStatus: (object) => {
    const status = child(object, "status")
    return COUNTS.flatMap((key) => notNegative(`status.${key}`, status[key]))
  },
}
