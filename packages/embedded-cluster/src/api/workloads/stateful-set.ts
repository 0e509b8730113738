import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { errorsOfEach, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text, withDefaults, without } from "../json-object.ts"
import { claimDefaults, claimSpecErrors } from "../kinds/persistent-volume-claim.ts"
import { dnsLabelProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { templateDefaults } from "./template-defaults.ts"
import { notNegative, selectorErrors, templateErrors } from "./template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const updateDefaults = (given: Json): Json => {
  const isGiven = text(given, "type") !== ""
  const strategy = isGiven ? given : { ...given, type: "RollingUpdate", rollingUpdate: child(given, "rollingUpdate") }
  if (strategy.type !== "RollingUpdate" || !isJson(strategy.rollingUpdate)) return strategy
  // `maxUnavailable` is behind a gate that is closed (MaxUnavailableStatefulSet): what is given is dropped.
  const rollingUpdate = without(withDefaults(strategy.rollingUpdate, { partition: 0 }), "maxUnavailable")
  return { ...strategy, rollingUpdate }
}

/** Claims of a template carry their kind, and a status like every claim. */
const claimTemplate = (claim: Json): Json => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  ...claimDefaults({ metadata: {}, ...claim }),
})

/** Kubernetes 1.36 `pkg/apis/apps/v1/defaults.go` SetDefaults_StatefulSet. */
const statefulSetDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  const retention = withDefaults(child(spec, "persistentVolumeClaimRetentionPolicy"), {
    whenDeleted: "Retain",
    whenScaled: "Retain",
  })
  return {
    ...object,
    spec: withDefaults(
      {
        ...spec,
        template: templateDefaults(child(spec, "template")),
        updateStrategy: updateDefaults(child(spec, "updateStrategy")),
        persistentVolumeClaimRetentionPolicy: retention,
        ...(Array.isArray(spec.volumeClaimTemplates)
          ? { volumeClaimTemplates: children(spec, "volumeClaimTemplates").map(claimTemplate) }
          : {}),
      },
      { podManagementPolicy: "OrderedReady", serviceName: "", replicas: 1, revisionHistoryLimit: 10 },
    ),
  }
}

/** As upstream prints it, whose errors show its internal types. */
const internal = ({ partition = 0 }: Json): Json => ({ Partition: partition, MaxUnavailable: null })

const updateErrors = (strategy: Json): FieldError[] => {
  const at = "spec.updateStrategy"
  const { type, rollingUpdate } = strategy
  if (type === "OnDelete")
    return isJson(rollingUpdate)
      ? [invalid(`${at}.rollingUpdate`, internal(rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'")]
      : []
  if (type !== "RollingUpdate")
    return [invalid(at, { Type: type, RollingUpdate: null }, "must be 'RollingUpdate' or 'OnDelete'")]
  return isJson(rollingUpdate) ? notNegative(`${at}.rollingUpdate.partition`, rollingUpdate.partition) : []
}

const retentionErrors = (policy: Json): FieldError[] =>
  ["whenDeleted", "whenScaled"].flatMap((key) => {
    const value = text(policy, key)
    const known = ["Retain", "Delete"]
    const field = `spec.persistentVolumeClaimRetentionPolicy.${key}`
    return known.includes(value) ? [] : [notSupported(field, value, known)]
  })

/** The template with a volume for each claim, and without what the controller will overwrite in the pods. */
const completed = (spec: Json): Json => {
  const template = child(spec, "template")
  const claims = children(spec, "volumeClaimTemplates").map((claim) => text(child(claim, "metadata"), "name"))
  const podSpec = without(child(template, "spec"), "hostname", "subdomain")
  const others = children(podSpec, "volumes").filter((volume) => !claims.includes(text(volume, "name")))
  const volumes = [...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })), ...others]
  return { ...spec, template: { ...template, spec: volumes.length > 0 ? { ...podSpec, volumes } : podSpec } }
}

const POLICIES = ["OrderedReady", "Parallel"]

/** Kubernetes 1.36 `pkg/apis/apps/validation` ValidateStatefulSetSpec. */
const specErrors = (spec: Json, isNew: boolean): FieldError[] => {
  const policy = text(spec, "podManagementPolicy")
  const service = text(spec, "serviceName")
  return [
    ...(policy === "" ? [required("spec.podManagementPolicy")] : []),
    ...(policy === "" || POLICIES.includes(policy)
      ? []
      : [invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...updateErrors(child(spec, "updateStrategy")),
    ...retentionErrors(child(spec, "persistentVolumeClaimRetentionPolicy")),
    ...(isNew
      ? errorsOfEach(children(spec, "volumeClaimTemplates"), (claim, index) =>
          claimSpecErrors(child(claim, "spec"), `spec.volumeClaimTemplates[${index}].spec`),
        )
      : []),
    ...notNegative("spec.replicas", spec.replicas),
    ...notNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...notNegative("spec.ordinals.start", child(spec, "ordinals").start),
    ...(isNew && service !== ""
      ? dnsLabelProblems(service).map((problem) => invalid("spec.serviceName", service, problem))
      : []),
    ...selectorErrors(spec, "statefulset"),
    ...templateErrors(completed(spec), "StatefulSet", ""),
  ]
}

const FREE = [
  "replicas",
  "template",
  "updateStrategy",
  "minReadySeconds",
  "ordinals",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
]

const FIXED =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"

const statusErrors = (status: Json): FieldError[] => {
  const replicas = Number(status.replicas ?? 0)
  const counts = ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"]
  const errors = ["replicas", ...counts].flatMap((key) => notNegative(`status.${key}`, status[key]))
  for (const key of counts)
    if (Number(status[key] ?? 0) > replicas)
      errors.push(invalid(`status.${key}`, status[key], "cannot be greater than status.replicas"))
  if (Number(status.availableReplicas ?? 0) > Number(status.readyReplicas ?? 0))
    errors.push(
      invalid("status.availableReplicas", status.availableReplicas, "cannot be greater than status.readyReplicas"),
    )
  return errors
}

export const statefulSetStrategy: Strategy = {
  defaults: statefulSetDefaults,
  prepareCreate: (object) => ({ ...object, status: { replicas: 0, availableReplicas: 0 } }),
  validate: (object, old) => specErrors(specOf(object), old === undefined),
  validateUpdate: (object, old) =>
    deepEqual(without(specOf(object), ...FREE), without(specOf(old), ...FREE)) ? [] : [refused("spec", FIXED)],
  validateStatus: (object) => statusErrors(child(object, "status")),
}
