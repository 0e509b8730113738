import { err, formatTime, type KubeAnswer, ok, type Pod, type Result, type Status } from "@pilotage/kube-model"
import { readBody } from "../body.ts"
import { type Call, isDryRun, refusal } from "../call.ts"
import { decodeObject } from "../decode.ts"
import { type FieldError, invalidObject, notSupported, required } from "../field-error.ts"
import { child, children, text } from "../json-object.ts"
import { served } from "../resources/resource-info.ts"
import { answer, badRequest, conflict, methodNotAllowed, notFound } from "../status.ts"
import { checkWriteOptions, fieldValidationOf } from "../write-options.ts"

const BINDING = served("", "v1")("bindings", "Binding", "")

const SUCCESS = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 }

/**
 * Gives a pod its node, as a scheduler does: POST to `/bindings` or to `/binding` of a pod
 * (kubernetes 1.36 `pkg/registry/core/pod/storage`).
 */
export const bindPod = (call: Call): Result<KubeAnswer, Status> => {
  if (call.method !== "POST") return err(methodNotAllowed())
  const bad = checkWriteOptions(call, "CreateOptions")
  if (bad) return err(bad)
  const body = readBody(call.body, "Binding")
  if (!body.ok) return body
  const decoded = decodeObject(body.value.value, BINDING, body.value.duplicates, fieldValidationOf(call))
  if (!decoded.ok) return decoded
  const { metadata } = decoded.value.object
  const name = call.name || metadata.name
  if (call.name !== "" && metadata.name && metadata.name !== call.name)
    return err(badRequest("name in URL does not match name in Binding object"))
  const target = child(decoded.value.object, "target")
  const kind = text(target, "kind")
  const errors: FieldError[] = [
    ...(kind === "" || kind === "Node" ? [] : [notSupported("target.kind", kind, ["Node", ""])]),
    ...(text(target, "name") === "" ? [required("target.name")] : []),
  ]
  if (errors.length > 0) return err(invalidObject({ kind: "Binding", group: "" }, name, errors))
  const subject = { resource: "pods", group: "", name }
  const pod = call.hooks.store.get("pods", call.namespace, name)
  if (!pod) return err(notFound(subject))
  if (pod.metadata.deletionTimestamp !== undefined)
    return err(
      conflict({ ...subject, resource: "pods/binding" }, `pod ${name} is being deleted, cannot be assigned to a host`),
    )
  if (pod.spec.nodeName)
    return err(
      conflict(
        { ...subject, resource: "pods/binding" },
        `pod ${name} is already assigned to node "${pod.spec.nodeName}"`,
      ),
    )
  const others = children(child(pod, "status"), "conditions").filter(({ type }) => type !== "PodScheduled")
  const scheduled = { type: "PodScheduled", status: "True", lastTransitionTime: formatTime(call.hooks.now()) }
  const object = {
    ...pod,
    spec: { ...pod.spec, nodeName: text(target, "name") },
    status: { ...pod.status, conditions: [...others, scheduled] },
  } as unknown as Pod
  if (isDryRun(call)) return ok(answer(201, SUCCESS))
  const done = call.hooks.commit({ kind: "update", resource: "pods", object })
  return done.ok ? ok(answer(201, SUCCESS)) : err(refusal(call, done.error))
}
