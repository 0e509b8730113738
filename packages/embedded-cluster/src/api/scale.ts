import {
  type Deployment,
  err,
  type KubeAnswer,
  type KubeObject,
  ok,
  type ReplicaSet,
  type Result,
  type Status,
} from "@pilotage/kube-model"
import { managedAfterWrite } from "./apply/tracking.ts"
import { readBody } from "./body.ts"
import { type Call, stored, subjectOf } from "./call.ts"
import { type FieldError, invalid, invalidObject } from "./field-error.ts"
import { child, isJson, type Json } from "./json-object.ts"
import { patched } from "./patch.ts"
import { selectorText } from "./selector-text.ts"
import { answer, badRequest, conflict, methodNotAllowed, notFound } from "./status.ts"
import { storeNext } from "./write.ts"
import { checkWriteOptions } from "./write-options.ts"

/** autoscaling/v1 Scale of a Deployment or ReplicaSet. */
const scaleOf = (object: KubeObject): Json => {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const { spec, status } = object as Deployment | ReplicaSet
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: (spec.replicas ?? 0) === 0 ? {} : { replicas: spec.replicas },
    status: { replicas: status?.replicas ?? 0, selector: selectorText(spec.selector) },
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
  if (call.method === "GET") return ok(answer(200, scaleOf(old)))
  if (call.method !== "PUT" && call.method !== "PATCH") return err(methodNotAllowed())
  const bad = checkWriteOptions(call, call.method === "PUT" ? "UpdateOptions" : "PatchOptions")
  if (bad) return err(bad)
  const body = call.method === "PATCH" ? patched(call, scaleOf(old)) : readBody(call.body, "Scale")
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
  const object: KubeObject = { ...old, spec: { ...(old.spec as object), replicas: replicas.value } }
  const bare: Call = { ...call, subresource: "" }
  const owned = { object, warnings: [], managedFields: managedAfterWrite(call, old, object) }
  return storeNext(bare, owned, old, (next, warnings) => ok(answer(200, scaleOf(next), warnings)))
}
