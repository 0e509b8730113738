import {
  type Condition,
  isPodReady,
  isPodTerminal,
  isTerminating,
  matchesSelector,
  type Pod,
  parseTime,
  type ReplicaSet,
  randomSuffix,
} from "@pilotage/kube-model"
import type { Json } from "../api/json-object.ts"
import { podRefusal } from "../api/workloads/pod-admission.ts"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
  splitKey,
} from "../engine/controller.ts"
import type { StoreEvent, Timer, Write } from "../store-types.ts"
import { controllerOf, deletePod, isControlledBy, ownerReference } from "./owners.ts"
import { podFromTemplate } from "./pod-template.ts"

const readySince = (pod: Pod): number | undefined => {
  const ready = pod.status?.conditions?.find((condition: Condition) => condition.type === "Ready")
  return ready?.status === "True" ? parseTime(ready.lastTransitionTime ?? "") : undefined
}

/** Ready for `minReadySeconds` at least. */
const isAvailable = (pod: Pod, minReadySeconds: number, now: number): boolean => {
  if (minReadySeconds === 0) return isPodReady(pod)
  const since = readySince(pod)
  return since !== undefined && since + minReadySeconds * 1000 <= now
}

/**
 * Which pods go first: not scheduled, then pending, then not ready, then those that share their node with more of their
 * kind, then the shorter ready, then the younger (kubernetes `pkg/controller/controller_utils.go` ActivePodsWithRanks).
 */
const byExpendability = (pods: readonly Pod[]): readonly Pod[] => {
  const onNode = new Map<string, number>()
  for (const pod of pods) if (pod.spec.nodeName) onNode.set(pod.spec.nodeName, (onNode.get(pod.spec.nodeName) ?? 0) + 1)
  const rank = (pod: Pod): readonly (number | string)[] => [
    pod.spec.nodeName ? 1 : 0,
    pod.status?.phase === "Running" ? 1 : 0,
    isPodReady(pod) ? 1 : 0,
    -(onNode.get(pod.spec.nodeName ?? "") ?? 0),
    -(readySince(pod) ?? 0),
    pod.metadata.creationTimestamp === undefined ? 0 : -(parseTime(pod.metadata.creationTimestamp) ?? 0),
    pod.metadata.name,
  ]
  const ranked = pods.map((pod) => ({ pod, rank: rank(pod) }))
  ranked.sort((a, b) => {
    for (const [index, left] of a.rank.entries()) {
      const right = b.rank[index] ?? 0
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  })
  return ranked.map((each) => each.pod)
}

/** Pods that belong to the ReplicaSet: owned ones, and orphans that match are adopted; owned ones that no longer match are let go. */
const claim = (
  rs: ReplicaSet,
  pods: readonly Pod[],
): { readonly owned: readonly Pod[]; readonly writes: readonly Write[] } => {
  const owned: Pod[] = []
  const writes: Write[] = []
  for (const pod of pods) {
    const owner = controllerOf(pod)
    if (owner !== undefined && owner.uid !== rs.metadata.uid) continue
    const matches = matchesSelector(rs.spec.selector, pod.metadata.labels)
    if (owner && matches) owned.push(pod)
    else if (owner && !isTerminating(pod)) {
      const { ownerReferences = [], ...metadata } = pod.metadata
      const rest = ownerReferences.filter((each) => each.uid !== rs.metadata.uid)
      writes.push({
        kind: "update",
        resource: "pods",
        object: { ...pod, metadata: rest.length > 0 ? { ...metadata, ownerReferences: rest } : metadata },
      })
    } else if (!owner && matches && !isTerminating(pod) && !isPodTerminal(pod)) {
      owned.push(pod)
      writes.push({
        kind: "update",
        resource: "pods",
        object: {
          ...pod,
          metadata: { ...pod.metadata, ownerReferences: [...(pod.metadata.ownerReferences ?? []), ownerReference(rs)] },
        },
      })
    }
  }
  return { owned, writes }
}

/** What a cluster of this size can bear; more are refused as by a ResourceQuota. */
const POD_LIMIT = 5000
const QUOTA = "cluster"
const QUOTA_RETRY_MS = 30_000

const scale = (rs: ReplicaSet, active: readonly Pod[], { view, now, random }: ControllerContext) => {
  const writes: Write[] = []
  const reports: Report[] = []
  const about = { about: rs, type: "Normal", component: "replicaset-controller" } as const
  const wanted = rs.spec.replicas ?? 1
  const { namespace = "", name } = rs.metadata
  const isGoing = view.get("namespaces", "", namespace)?.status?.phase !== "Active"
  const missing = isGoing ? 0 : Math.max(0, wanted - active.length)
  const refusal = missing > 0 ? podRefusal(rs.spec.template.spec as unknown as Json, namespace, view) : undefined
  const room = missing > 0 && refusal === undefined ? Math.max(0, POD_LIMIT - view.list("pods").length) : 0
  for (let count = Math.min(missing, room); count > 0; count -= 1) {
    const pod = podFromTemplate(rs, rs.spec.template, `${name}-${randomSuffix(random)}`, { random, view })
    writes.push({ kind: "create", resource: "pods", object: pod })
    reports.push({ ...about, reason: "SuccessfulCreate", message: `Created pod: ${pod.metadata.name}` })
  }
  if (missing > room) {
    const quota = `exceeded quota: ${QUOTA}, requested: pods=1, used: pods=${POD_LIMIT}, limited: pods=${POD_LIMIT}`
    const message = `Error creating: pods "${name}-" is forbidden: ${refusal ?? quota}`
    reports.push({ ...about, type: "Warning", reason: "FailedCreate", message })
  }
  const surplus = Math.max(0, active.length - wanted)
  const deleted = surplus > 0 ? byExpendability(active).slice(0, surplus) : []
  for (const pod of deleted) {
    writes.push(...deletePod(pod, now))
    reports.push({ ...about, reason: "SuccessfulDelete", message: `Deleted pod: ${pod.metadata.name}` })
  }
  return { writes, reports, isShort: missing > room }
}

const status = (
  rs: ReplicaSet,
  owned: readonly Pod[],
  active: readonly Pod[],
  now: number,
): NonNullable<ReplicaSet["status"]> => {
  const labels = Object.entries(rs.spec.template.metadata?.labels ?? {})
  const min = rs.spec.minReadySeconds ?? 0
  const ready = active.filter(isPodReady)
  const available = ready.filter((pod) => isAvailable(pod, min, now))
  const labelled = active.filter((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value))
  const terminating = owned.filter((pod) => isTerminating(pod) && !isPodTerminal(pod))
  return {
    replicas: active.length,
    ...(labelled.length > 0 ? { fullyLabeledReplicas: labelled.length } : {}),
    ...(ready.length > 0 ? { readyReplicas: ready.length } : {}),
    ...(available.length > 0 ? { availableReplicas: available.length } : {}),
    terminatingReplicas: terminating.length,
    observedGeneration: rs.metadata.generation ?? 1,
  }
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const rs = context.view.get("replicasets", namespace, name)
  if (!rs) return NOTHING
  const { owned, writes: claims } = claim(rs, context.view.list("pods", namespace))
  const active = owned.filter((pod) => !isTerminating(pod) && !isPodTerminal(pod))
  const isGoing = rs.metadata.deletionTimestamp !== undefined
  const { writes, reports, isShort } = isGoing
    ? { writes: [], reports: [], isShort: false }
    : scale(rs, active, context)
  const min = (rs.spec.minReadySeconds ?? 0) * 1000
  const waits = (min === 0 ? [] : active).flatMap((pod) => {
    const left = (readySince(pod) ?? Number.NEGATIVE_INFINITY) + min - context.now
    return left > 0 ? [left] : []
  })
  if (isShort) waits.push(QUOTA_RETRY_MS)
  const timers: Timer[] = waits.length > 0 ? [{ key, afterMs: Math.min(...waits) }] : []
  const object: ReplicaSet = { ...rs, status: status(rs, owned, active, context.now) }
  return { writes: [...claims, ...writes, { kind: "update", resource: "replicasets", object }], reports, timers }
}

/** Keys of ReplicaSets that a pod concerns: its owner, the owner it had, or for an orphan all that would take it. */
const concernedBy = (pod: Pod, previous: Pod | undefined, view: ControllerView): readonly string[] => {
  const keys: string[] = []
  const namespace = pod.metadata.namespace ?? ""
  for (const each of [pod, previous]) {
    const owner = each && controllerOf(each)
    if (owner?.kind === "ReplicaSet") keys.push(`${namespace}/${owner.name}`)
  }
  if (!controllerOf(pod))
    for (const rs of view.list("replicasets", namespace))
      if (matchesSelector(rs.spec.selector, pod.metadata.labels)) keys.push(keyOf(rs))
  return keys
}

const keysOf = (event: StoreEvent, view: ControllerView): readonly string[] => {
  if (event.resource === "replicasets") return event.type === "DELETED" ? [] : [keyOf(event.object)]
  if (event.resource === "pods") return concernedBy(event.object as Pod, event.previous as Pod | undefined, view)
  return []
}

export const replicaSetController: Controller = { name: "replicaset", delayMs: 10, keysOf, reconcile }

/** ReplicaSets of a Deployment, in order of names. */
export const ownedReplicaSets = (
  view: ControllerView,
  owner: Parameters<typeof isControlledBy>[1],
): readonly ReplicaSet[] =>
  view.list("replicasets", owner.metadata.namespace ?? "").filter((rs) => isControlledBy(rs, owner))
