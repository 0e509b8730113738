import { formatTime, type KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { child, isJson, type Json, text, withDefaults } from "../json-object.ts"
import { dnsSubdomainProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { parseQuantity } from "../workloads/quantity.ts"
import { accessModeErrors, volumeModeErrors } from "./access-modes.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const hostPathDefaults = (spec: Json): Json =>
  isJson(spec.hostPath) ? { hostPath: withDefaults(spec.hostPath, { type: "" }) } : {}

const volumeDefaults = (object: KubeObject): KubeObject => ({
  ...object,
  spec: withDefaults(
    { ...specOf(object), ...hostPathDefaults(specOf(object)) },
    { persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" },
  ),
  status: withDefaults(child(object, "status"), { phase: "Pending" }),
})

/** Fields of the spec that say where the volume is; in the order in which upstream looks at them. */
const SOURCES = [
  "hostPath",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "glusterfs",
  "flocker",
  "nfs",
  "rbd",
  "quobyte",
  "cephfs",
  "iscsi",
  "cinder",
  "fc",
  "flexVolume",
  "azureFile",
  "vsphereVolume",
  "photonPersistentDisk",
  "portworxVolume",
  "azureDisk",
  "scaleIO",
  "local",
  "storageos",
  "csi",
]

const sourceErrors = (spec: Json): FieldError[] => {
  const given = SOURCES.filter((key) => isJson(spec[key]))
  if (given.length === 0) return [required("spec", "must specify a volume type")]
  const isPinned = isJson(child(spec, "nodeAffinity").required)
  return [
    ...given.slice(1).map((key) => refused(`spec.${key}`, "may not specify more than 1 volume type")),
    ...(given[0] === "local" && !isPinned
      ? [required("spec.nodeAffinity", "Local volume requires node affinity")]
      : []),
  ]
}

const capacityErrors = (capacity: Json): FieldError[] => {
  const names = Object.keys(capacity)
  const errors = names.length === 0 ? [required("spec.capacity")] : []
  if (names.length !== 1 || names[0] !== "storage")
    errors.push(notSupported("spec.capacity", names.length === 0 ? null : capacity, ["storage"]))
  for (const [name, amount] of Object.entries(capacity))
    if ((parseQuantity(amount) ?? 0) <= 0)
      errors.push(invalid(`spec.capacity[${name}]`, amount, "must be greater than zero"))
  return errors
}

const POLICIES = ["Delete", "Recycle", "Retain"]

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidatePersistentVolumeSpec; what is inside a source is taken as it is. */
const specErrors = (spec: Json): FieldError[] => {
  const policy = text(spec, "persistentVolumeReclaimPolicy")
  const name = text(spec, "storageClassName")
  const problems = name === "" ? [] : dnsSubdomainProblems(name)
  return [
    ...accessModeErrors(spec, "spec"),
    ...capacityErrors(child(spec, "capacity")),
    ...(POLICIES.includes(policy) ? [] : [notSupported("spec.persistentVolumeReclaimPolicy", policy, POLICIES)]),
    ...sourceErrors(spec),
    ...problems.map((problem) => invalid("spec.storageClassName", name, problem)),
    ...volumeModeErrors(spec.volumeMode, "spec"),
  ]
}

const sourceOf = (object: KubeObject): Json =>
  Object.fromEntries(SOURCES.map((key) => [key, specOf(object)[key]]).filter(([, value]) => value !== undefined))

export const persistentVolumeStrategy: Strategy = {
  defaults: volumeDefaults,
  prepareCreate: (object, { now }) => ({
    ...object,
    status: { phase: "Pending", lastPhaseTransitionTime: formatTime(now) },
  }),
  validate: (object) => specErrors(specOf(object)),
  validateUpdate: (object, old) =>
    deepEqual(sourceOf(object), sourceOf(old))
      ? []
      : [refused("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation")],
}
