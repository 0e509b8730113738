import {
  err,
  formatTime,
  type KubeAnswer,
  type KubeObject,
  ok,
  type Pod,
  type Result,
  type Status,
} from "@pilotage/kube-model"
import { readBody } from "../body.ts"
import { type Call, isDryRun, refusal, stored, subjectOf } from "../call.ts"
import { deleteObject } from "../delete.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { parseLabelSelector } from "../reading/label-selector.ts"
import { selectorText } from "../selector-text.ts"
import { answer, badRequest, failure, methodNotAllowed, notFound } from "../status.ts"
import { checkWriteOptions } from "../write-options.ts"

const SUCCESS = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 }

const selects = (budget: KubeObject, pod: Pod): boolean => {
  const selector = child(budget, "spec").selector
  if (!isJson(selector)) return false
  const meets = parseLabelSelector(selectorText(selector))
  return meets.ok && (!meets.value || meets.value(pod.metadata.labels))
}

const count = (object: object, key: string): number => {
  const value = (object as Readonly<Record<string, unknown>>)[key]
  return typeof value === "number" ? value : 0
}

const isHealthy = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp === undefined &&
  children(child(pod, "status"), "conditions").some(({ type, status }) => type === "Ready" && status === "True")

/** A count, or a share of all, rounded up. */
const share = (value: unknown, all: number): number =>
  typeof value === "string" ? Math.ceil((Number.parseInt(value, 10) * all) / 100) : Number(value)

/** What a budget says now: what its controller has noted of it, else what follows from the pods that there are. */
const current = (call: Call, budget: KubeObject): Json => {
  const status = child(budget, "status")
  if (count(status, "observedGeneration") >= (budget.metadata.generation ?? 0)) return status
  const pods = call.hooks.store.list("pods", call.namespace).filter((pod) => selects(budget, pod))
  const { minAvailable, maxUnavailable } = child(budget, "spec")
  const expectedPods = pods.length
  const least =
    minAvailable === undefined
      ? expectedPods - share(maxUnavailable ?? 0, expectedPods)
      : share(minAvailable, expectedPods)
  const desiredHealthy = Math.max(0, least)
  const currentHealthy = pods.filter(isHealthy).length
  const disruptionsAllowed = Math.max(0, currentHealthy - desiredHealthy)
  return { ...status, expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed }
}

/** Why a budget lets no pod go (kubernetes 1.36 `pkg/registry/core/pod/storage/eviction.go`). */
const refused = ({ metadata: { name } }: KubeObject, status: Json): Status => {
  const message = `The disruption budget ${name} needs ${count(status, "desiredHealthy")} healthy pods and has ${count(status, "currentHealthy")} currently`
  return {
    ...failure(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget."),
    details: { causes: [{ reason: "DisruptionBudget", message }] },
  }
}

const isRunning = (pod: Pod): boolean =>
  !["Succeeded", "Failed", "Pending"].includes(pod.status?.phase ?? "Pending") &&
  pod.metadata.deletionTimestamp === undefined

/** Takes one of the disruptions that the pod's budget allows; an error when there is none left. */
const taken = (call: Call, pod: Pod): Result<undefined, Status> => {
  const budgets = call.hooks.store.list("poddisruptionbudgets", call.namespace).filter((budget) => selects(budget, pod))
  const [budget, second] = budgets
  if (!budget || !isRunning(pod)) return ok(undefined)
  if (second)
    return err(
      failure(
        500,
        "InternalError",
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
      ),
    )
  const status = current(call, budget)
  const allowed = count(status, "disruptionsAllowed")
  if (allowed <= 0) return err(refused(budget, status))
  if (isDryRun(call)) return ok(undefined)
  const disruptedPods = { ...child(status, "disruptedPods"), [pod.metadata.name]: formatTime(call.hooks.now()) }
  const object: KubeObject = { ...budget, status: { ...status, disruptionsAllowed: allowed - 1, disruptedPods } }
  const done = call.hooks.commit({ kind: "update", resource: "poddisruptionbudgets", object })
  return done.ok ? ok(undefined) : err(refusal(call, done.error))
}

/** `kubectl drain`: POST to `/eviction` of a pod deletes it if its disruption budget allows that. */
export const evictPod = (call: Call): Result<KubeAnswer, Status> => {
  if (call.method !== "POST") return err(methodNotAllowed())
  const bad = checkWriteOptions(call, "CreateOptions")
  if (bad) return err(bad)
  const body = readBody(call.body, "Eviction")
  if (!body.ok) return body
  const given = isJson(body.value.value) ? body.value.value : {}
  const named = text(child(given, "metadata"), "name")
  if (named !== "" && named !== call.name) return err(badRequest("name in URL does not match name in Eviction object"))
  const pod = stored(call) as Pod | undefined
  if (!pod) return err(notFound(subjectOf(call)))
  const may = taken(call, pod)
  if (!may.ok) return may
  const options = given.deleteOptions
  const { body: _, ...bare } = call
  const remove: Call = {
    ...bare,
    method: "DELETE",
    subresource: "",
    body: isJson(options) ? JSON.stringify(options) : undefined,
  }
  const done = deleteObject(remove)
  return done.ok ? ok(answer(201, SUCCESS)) : done
}
