import {
  type Deployment,
  err,
  type KubeAnswer,
  type KubeObject,
  type Labels,
  ok,
  type ReplicaSet,
  type Result,
  type Status,
} from "@pilotage/kube-model"
import { managedAfterWrite } from "./apply/tracking.ts"
import { readBody } from "./body.ts"
import { type Call, stored, subjectOf } from "./call.ts"
import type { CustomVersion } from "./custom/custom-version.ts"
import { type FieldError, invalid, invalidObject } from "./field-error.ts"
import { child, isJson, type Json } from "./json-object.ts"
import { patched } from "./patch.ts"
import { selectorText } from "./selector-text.ts"
import { answer, badRequest, conflict, methodNotAllowed, notFound } from "./status.ts"
import { storeNext } from "./write.ts"
import { checkWriteOptions } from "./write-options.ts"

const numberAt = (object: KubeObject, path: readonly string[]): number => {
  const found = path.reduce<unknown>((value, key) => (isJson(value) ? value[key] : undefined), object)
  return typeof found === "number" ? found : 0
}

const withNumberAt = (object: Json, [key = "", ...rest]: readonly string[], value: number): Json => ({
  ...object,
  [key]: rest.length === 0 ? value : withNumberAt(child(object, key), rest, value),
})

const REPLICAS = ["spec", "replicas"]

/** autoscaling/v1 Scale of a custom resource, from where its definition says that the numbers are. */
const customScale = (object: KubeObject, scale: NonNullable<CustomVersion["scale"]>): Json => {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const replicas = numberAt(object, scale.specReplicas)
  const selector = scale.selector.reduce<unknown>((value, key) => (isJson(value) ? value[key] : undefined), object)
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: numberAt(object, scale.statusReplicas),
      ...(typeof selector === "string" && scale.selector.length > 0 ? { selector } : {}),
    },
  }
}

/** autoscaling/v1 Scale of a workload. */
const scaleOf = (object: KubeObject, custom?: CustomVersion): Json => {
  if (custom?.scale) return customScale(object, custom.scale)
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const { spec, status } = object as Deployment | ReplicaSet
  // A ReplicationController's selector is a plain map of labels.
  const selector = object.kind === "ReplicationController" ? { matchLabels: spec.selector as Labels } : spec.selector
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: (spec.replicas ?? 0) === 0 ? {} : { replicas: spec.replicas },
    status: { replicas: status?.replicas ?? 0, selector: selectorText(selector) },
  }
}

const wantedReplicas = (call: Call, scale: unknown): Result<number, Status> => {
  if (!isJson(scale)) return err(badRequest("the Scale is no object"))
  const replicas = child(scale, "spec").replicas ?? 0
  if (typeof replicas !== "number" || !Number.isInteger(replicas))
    return err(
      badRequest(
        `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
      ),
    )
  const errors: FieldError[] =
    replicas < 0 ? [invalid("spec.replicas", replicas, "must be greater than or equal to 0")] : []
  if (errors.length > 0) return err(invalidObject({ kind: "Scale", group: "autoscaling" }, call.name, errors))
  return ok(replicas)
}

export const scaleObject = (call: Call): Result<KubeAnswer, Status> => {
  const old = stored(call)
  if (!old) return err(notFound(subjectOf(call)))
  if (call.method === "GET") return ok(answer(200, scaleOf(old, call.info.custom)))
  if (call.method !== "PUT" && call.method !== "PATCH") return err(methodNotAllowed())
  const bad = checkWriteOptions(call, call.method === "PUT" ? "UpdateOptions" : "PatchOptions")
  if (bad) return err(bad)
  const body = call.method === "PATCH" ? patched(call, scaleOf(old, call.info.custom)) : readBody(call.body, "Scale")
  if (!body.ok) return body
  const scale = call.method === "PATCH" ? body.value : (body.value as { readonly value: unknown }).value
  const replicas = wantedReplicas(call, scale)
  if (!replicas.ok) return replicas
  const version = child(scale as Json, "metadata").resourceVersion
  if (
    call.method === "PUT" &&
    typeof version === "string" &&
    version !== "" &&
    version !== old.metadata.resourceVersion
  )
    return err(conflict(subjectOf(call)))
  const object = withNumberAt(old, call.info.custom?.scale?.specReplicas ?? REPLICAS, replicas.value) as KubeObject
  const bare: Call = { ...call, subresource: "" }
  const owned = { object, warnings: [], managedFields: managedAfterWrite(call, old, object) }
  return storeNext(bare, owned, old, (next, warnings) => ok(answer(200, scaleOf(next, call.info.custom), warnings)))
}
