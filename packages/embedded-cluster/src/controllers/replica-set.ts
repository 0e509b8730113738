import {
  type Deployment,
  isPodReady,
  isPodTerminal,
  isTerminating,
  type KubeObject,
  matchesSelector,
  type Pod,
  parseTime,
  type ReplicaSet,
  randomSuffix,
} from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  NOTHING,
  type Outcome,
  splitKey,
} from "../engine/controller.ts"
import type { Timer, Write } from "../store-types.ts"
import { claimable, claimPods, keeperKeys } from "./claim-pods.ts"
import { controllerOf, isControlledBy, ownerReference } from "./owners.ts"
import { availabilityWaits, isAvailable, readySince } from "./pod-availability.ts"
import { createPods, deletePods, QUOTA_RETRY_MS } from "./pod-creation.ts"

/** What a ReplicaSet and a ReplicationController have in common. */
export interface Replicas extends KubeObject {
  readonly spec: ReplicaSet["spec"]
  readonly status?: ReplicaSet["status"]
}

type ReplicasStatus = NonNullable<ReplicaSet["status"]>

/** One of the two kinds: how it is read, and how it is written again. */
export interface ReplicasKind {
  readonly component: string
  readonly read: (view: ControllerView, namespace: string, name: string) => Replicas | undefined
  readonly write: (replicas: Replicas, status: ReplicasStatus) => Write
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

const scale = (rs: Replicas, active: readonly Pod[], context: ControllerContext, component: string) => {
  const { view, now, random } = context
  const wanted = rs.spec.replicas ?? 1
  const { namespace = "", name } = rs.metadata
  const isGoing = view.get("namespaces", "", namespace)?.status?.phase !== "Active"
  const { template } = rs.spec
  const missing = {
    count: isGoing ? 0 : Math.max(0, wanted - active.length),
    pod: () => ({ name: `${name}-${randomSuffix(random)}`, template }),
    spec: template.spec,
  }
  const created = createPods(rs, missing, context, component)
  const surplus = Math.max(0, active.length - wanted)
  const deleted = deletePods(rs, surplus > 0 ? byExpendability(active).slice(0, surplus) : [], now, component)
  return {
    writes: [...created.writes, ...deleted.writes],
    reports: [...created.reports, ...deleted.reports],
    isShort: created.isShort,
  }
}

const status = (rs: Replicas, owned: readonly Pod[], active: readonly Pod[], now: number): ReplicasStatus => {
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

/** Brings the number of pods of one object to what it asks for, and says in its status how far it is. */
export const reconcileReplicas = (kind: ReplicasKind, context: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const rs = kind.read(context.view, namespace, name)
  if (!rs) return NOTHING
  const { owned, writes: claims } = claimPods(rs, claimable(rs, context.view))
  const active = owned.filter((pod) => !isTerminating(pod) && !isPodTerminal(pod))
  const isGoing = rs.metadata.deletionTimestamp !== undefined
  const { writes, reports, isShort } = isGoing
    ? { writes: [], reports: [], isShort: false }
    : scale(rs, active, context, kind.component)
  const waits = [...availabilityWaits(active, rs.spec.minReadySeconds ?? 0, context.now)]
  if (isShort) waits.push(QUOTA_RETRY_MS)
  const timers: Timer[] = waits.length > 0 ? [{ key, afterMs: Math.min(...waits) }] : []
  const written = kind.write(rs, status(rs, owned, active, context.now))
  return { writes: [...claims, ...writes, written], reports, timers }
}

const replicaSets: ReplicasKind = {
  component: "replicaset-controller",
  read: (view, namespace, name) => view.get("replicasets", namespace, name),
  write: (rs, next) => ({ kind: "update", resource: "replicasets", object: { ...(rs as ReplicaSet), status: next } }),
}

export const replicaSetController: Controller = {
  name: "replicaset",
  delayMs: 10,
  keysOf: keeperKeys("replicasets", "ReplicaSet"),
  reconcile: (context, key) => reconcileReplicas(replicaSets, context, key),
}

/**
 * ReplicaSets of a Deployment, in order of names. Those that fit and are nobody's are its own from now on: they come with
 * its reference, for the caller to write (kubernetes `pkg/controller/controller_ref_manager.go` ClaimReplicaSets).
 */
export const claimedReplicaSets = (view: ControllerView, owner: Deployment): readonly ReplicaSet[] =>
  view.list("replicasets", owner.metadata.namespace ?? "").flatMap((rs) => {
    if (isControlledBy(rs, owner)) return [rs]
    const isFree = !controllerOf(rs) && rs.metadata.deletionTimestamp === undefined
    if (!isFree || !matchesSelector(owner.spec.selector, rs.metadata.labels)) return []
    const ownerReferences = [...(rs.metadata.ownerReferences ?? []), ownerReference(owner)]
    return [{ ...rs, metadata: { ...rs.metadata, ownerReferences } }]
  })
