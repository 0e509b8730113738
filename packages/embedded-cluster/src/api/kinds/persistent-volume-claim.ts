import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, refused, required } from "../field-error.ts"
import { child, type Json, text, withDefaults, without } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import { dnsSubdomainProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import { parseQuantity } from "../workloads/quantity.ts"
import { accessModeErrors, volumeModeErrors } from "./access-modes.ts"

const specOf = (object: Json): Json => child(object, "spec")

/** Of claims, and of the claims that a StatefulSet will make. */
export const claimDefaults = (claim: Json): Json => ({
  ...claim,
  spec: withDefaults({ ...specOf(claim), resources: child(specOf(claim), "resources") }, { volumeMode: "Filesystem" }),
  status: withDefaults(child(claim, "status"), { phase: "Pending" }),
})

const storageErrors = (spec: Json, at: string): FieldError[] => {
  const field = `${at}.resources[storage]`
  const { storage } = child(child(spec, "resources"), "requests")
  if (storage === undefined) return [required(field)]
  return (parseQuantity(storage) ?? 0) > 0 ? [] : [invalid(field, storage, "must be greater than zero")]
}

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidatePersistentVolumeClaimSpec. */
export const claimSpecErrors = (spec: Json, at: string): FieldError[] => {
  const name = text(spec, "storageClassName")
  const problems = name === "" ? [] : dnsSubdomainProblems(name)
  return [
    ...accessModeErrors(spec, at, "at least 1 access mode is required"),
    ...labelSelectorErrors(spec.selector, `${at}.selector`),
    ...storageErrors(spec, at),
    ...problems.map((problem) => invalid(`${at}.storageClassName`, name, problem)),
    ...volumeModeErrors(spec.volumeMode, at),
  ]
}

const FIXED =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"

/** What stays as it was: all but the volume, which is named once, and, once bound, the size. */
const fixedPart = (object: KubeObject, old: KubeObject): Json => {
  const spec = specOf(object)
  const isBound = text(child(old, "status"), "phase") === "Bound"
  const free = [
    ...(text(specOf(old), "volumeName") === "" ? ["volumeName"] : []),
    ...(isBound ? ["resources", "volumeAttributesClassName"] : []),
  ]
  return without(spec, ...free)
}

export const persistentVolumeClaimStrategy: Strategy = {
  defaults: (object) => claimDefaults(object) as unknown as KubeObject,
  prepareCreate: (object) => ({ ...object, status: { phase: "Pending" } }),
  validate: (object) => claimSpecErrors(specOf(object), "spec"),
  validateUpdate: (object, old) =>
    deepEqual(fixedPart(object, old), fixedPart(old, old)) ? [] : [refused("spec", FIXED)],
}
