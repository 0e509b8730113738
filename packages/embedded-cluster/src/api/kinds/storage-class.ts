import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { text } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"

const POLICIES = ["Delete", "Retain"]
const BINDING = ["Immediate", "WaitForFirstConsumer"]

/** Kubernetes 1.36 `pkg/apis/storage/validation` ValidateStorageClass. */
const classErrors = (object: KubeObject): FieldError[] => {
  const provisioner = text(object, "provisioner").toLowerCase()
  const { reclaimPolicy: policy, volumeBindingMode: binding } = object
  return [
    ...(provisioner === ""
      ? [required("provisioner")]
      : qualifiedNameProblems(provisioner).map((problem) => invalid("provisioner", provisioner, problem))),
    ...(POLICIES.includes(String(policy)) ? [] : [notSupported("reclaimPolicy", policy, POLICIES)]),
    ...(BINDING.includes(String(binding)) ? [] : [notSupported("volumeBindingMode", binding, BINDING)]),
  ]
}

const FIXED = ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"]

export const storageClassStrategy: Strategy = {
  defaults: (object) => ({
    ...object,
    reclaimPolicy: object.reclaimPolicy ?? "Delete",
    volumeBindingMode: object.volumeBindingMode ?? "Immediate",
  }),
  validate: classErrors,
  validateUpdate: (object, old) =>
    FIXED.filter((key) => !deepEqual(object[key], old[key])).map((key) => invalid(key, object[key] ?? null, IMMUTABLE)),
}
