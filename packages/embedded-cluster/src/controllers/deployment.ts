import { type Deployment, isTerminating, matchesSelector, type Pod, type ReplicaSet } from "@pilotage/kube-model"
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
import type { StoreEvent, Write } from "../store-types.ts"
import { deploymentStatus, progressDeadlineMs } from "./deployment-status.ts"
import { controllerOf, ownerReference } from "./owners.ts"
import { claimedReplicaSets } from "./replica-set.ts"
import { proportional, rollingSizes, rolloutBounds, type Sizes, sizeOf } from "./rollout.ts"
import { sameTemplate, templateHash } from "./template-hash.ts"

const REVISION = "deployment.kubernetes.io/revision"
const DESIRED = "deployment.kubernetes.io/desired-replicas"
const MAX = "deployment.kubernetes.io/max-replicas"

/** Annotations that stay with the Deployment (deployment/util annotationsToSkip). */
const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  REVISION,
  "deployment.kubernetes.io/revision-history",
  DESIRED,
  MAX,
  "deprecated.deployment.rollback.to",
])

const revisionOf = (rs: ReplicaSet): number => Number(rs.metadata.annotations?.[REVISION] ?? "0")

const annotationsFor = (deployment: Deployment, rs: ReplicaSet | undefined, revision: number) => ({
  ...rs?.metadata.annotations,
  ...Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.has(key)),
  ),
  [REVISION]: String(revision),
  [DESIRED]: String(deployment.spec.replicas ?? 1),
  [MAX]: String((deployment.spec.replicas ?? 1) + rolloutBounds(deployment).maxSurge),
})

const newReplicaSet = (deployment: Deployment, revision: number, size: number): ReplicaSet => {
  const hash = templateHash(deployment.spec.template, deployment.status?.collisionCount ?? 0)
  const { template, selector, minReadySeconds } = deployment.spec
  const labels = { ...template.metadata?.labels, "pod-template-hash": hash }
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      ...(deployment.metadata.namespace === undefined ? {} : { namespace: deployment.metadata.namespace }),
      labels,
      annotations: annotationsFor(deployment, undefined, revision),
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas: size,
      ...(minReadySeconds ? { minReadySeconds } : {}),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, "pod-template-hash": hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  }
}

const scaled = (deployment: Deployment, rs: ReplicaSet, from: number, to: number): Report => ({
  about: deployment,
  type: "Normal",
  component: "deployment-controller",
  reason: "ScalingReplicaSet",
  message: `Scaled ${to > from ? "up" : "down"} replica set ${rs.metadata.name} from ${from} to ${to}`,
})

/** Is `spec.replicas` other than the ReplicaSets were told last? Then they are scaled before anything is rolled. */
const isScalingEvent = (deployment: Deployment, sets: readonly ReplicaSet[]): boolean =>
  sets.some(
    (rs) => sizeOf(rs) > 0 && Number(rs.metadata.annotations?.[DESIRED] ?? "-1") !== (deployment.spec.replicas ?? 1),
  )

const wantedSizes = (
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  oldSets: readonly ReplicaSet[],
  hasOldPods: boolean,
): Sizes => {
  const all = newSet ? [newSet, ...oldSets] : oldSets
  const active = all.filter((rs) => sizeOf(rs) > 0)
  const [only] = active
  if (deployment.spec.paused || isScalingEvent(deployment, all)) {
    if (active.length > 1 && deployment.spec.strategy?.type !== "Recreate") return proportional(deployment, all)
    const target = active.length === 1 ? only : newSet
    if (deployment.spec.paused) return target ? new Map([[target, deployment.spec.replicas ?? 1]]) : new Map()
    if (target !== undefined && target === newSet) return new Map([[target, deployment.spec.replicas ?? 1]])
  }
  if (deployment.spec.strategy?.type === "Recreate") {
    const down = new Map(oldSets.filter((rs) => sizeOf(rs) > 0).map((rs) => [rs, 0]))
    return down.size > 0 || hasOldPods || !newSet ? down : new Map([[newSet, deployment.spec.replicas ?? 1]])
  }
  return newSet ? rollingSizes(deployment, newSet, oldSets) : new Map()
}

const obsolete = (deployment: Deployment, oldSets: readonly ReplicaSet[]): readonly ReplicaSet[] => {
  const idle = oldSets.filter(
    (rs) => sizeOf(rs) === 0 && (rs.status?.replicas ?? 0) === 0 && !rs.metadata.deletionTimestamp,
  )
  const surplus = idle.length - (deployment.spec.revisionHistoryLimit ?? 10)
  return surplus > 0 ? [...idle].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus) : []
}

const reconcile = ({ view, now }: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const deployment = view.get("deployments", namespace, name)
  if (!deployment || deployment.metadata.deletionTimestamp) return NOTHING
  const sets = claimedReplicaSets(view, deployment)
  const found = sets.find((rs) => sameTemplate(rs.spec.template, deployment.spec.template))
  const oldSets = sets.filter((rs) => rs !== found)
  const hasOldPods = oldSets.some(({ metadata: { uid } }) =>
    (uid === undefined ? [] : view.podsOwnedBy(namespace, uid)).some(
      (pod) => isTerminating(pod) || pod.status?.phase === "Running",
    ),
  )
  const writes: Write[] = []
  const reports: Report[] = []
  const revision =
    found && oldSets.every((rs) => revisionOf(rs) < revisionOf(found))
      ? revisionOf(found)
      : Math.max(0, ...oldSets.map(revisionOf)) + 1

  const isGoing = view.get("namespaces", "", namespace)?.status?.phase !== "Active"
  if (!found && !deployment.spec.paused && !isGoing) {
    const blank = newReplicaSet(deployment, revision, 0)
    const isBlocked =
      deployment.spec.strategy?.type === "Recreate" && (hasOldPods || oldSets.some((rs) => sizeOf(rs) > 0))
    const size = isBlocked ? 0 : (rollingSizes(deployment, blank, oldSets).get(blank) ?? 0)
    const created = newReplicaSet(deployment, revision, size)
    const clash = view.get("replicasets", namespace, created.metadata.name)
    if (clash) {
      const collisionCount = (deployment.status?.collisionCount ?? 0) + 1
      return {
        writes: [
          {
            kind: "update",
            resource: "deployments",
            object: { ...deployment, status: { ...deployment.status, collisionCount } },
          },
        ],
      }
    }
    writes.push({ kind: "create", resource: "replicasets", object: created })
    if (size > 0) reports.push(scaled(deployment, created, 0, size))
  }
  const sizes =
    found || deployment.spec.paused
      ? wantedSizes(deployment, found, oldSets, hasOldPods)
      : wantedSizes(deployment, undefined, oldSets, hasOldPods)
  const gone = new Set(obsolete(deployment, oldSets))
  for (const rs of sets) {
    if (gone.has(rs)) {
      writes.push({ kind: "remove", resource: "replicasets", namespace, name: rs.metadata.name })
      continue
    }
    const size = sizes.get(rs) ?? sizeOf(rs)
    if (size !== sizeOf(rs)) reports.push(scaled(deployment, rs, sizeOf(rs), size))
    const annotations =
      rs === found && !deployment.spec.paused
        ? annotationsFor(deployment, rs, revision)
        : size > 0 || size !== sizeOf(rs)
          ? annotationsFor({ ...deployment, metadata: { ...deployment.metadata, annotations: {} } }, rs, revisionOf(rs))
          : (rs.metadata.annotations ?? {})
    writes.push({
      kind: "update",
      resource: "replicasets",
      object: {
        ...rs,
        metadata: { ...rs.metadata, annotations },
        spec: {
          ...rs.spec,
          replicas: size,
          ...(deployment.spec.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
        },
      },
    })
  }
  const status = deploymentStatus(deployment, found, sets, {
    now,
    created: !found,
    newName: found?.metadata.name ?? newReplicaSet(deployment, revision, 0).metadata.name,
  })
  const annotations =
    deployment.spec.paused && !found
      ? (deployment.metadata.annotations ?? {})
      : { ...deployment.metadata.annotations, [REVISION]: String(revision) }
  writes.push({
    kind: "update",
    resource: "deployments",
    object: { ...deployment, metadata: { ...deployment.metadata, annotations }, status },
  })
  const deadline = progressDeadlineMs({ ...deployment, status })
  const timers = deadline !== undefined && deadline > now ? [{ key, afterMs: deadline - now }] : []
  return { writes, reports, timers }
}

const keysOf = (event: StoreEvent, view: ControllerView): readonly string[] => {
  if (event.resource === "deployments") return event.type === "DELETED" ? [] : [keyOf(event.object)]
  const isEndOfPod = event.resource === "pods" && event.type === "DELETED"
  if (event.resource !== "replicasets" && !isEndOfPod) return []
  if (isEndOfPod) {
    // A Recreate rollout waits for the last old pod: its Deployment is found by the hash in its ReplicaSet's name.
    const owner = controllerOf(event.object as Pod)
    const hash = event.object.metadata.labels?.["pod-template-hash"]
    return owner?.kind === "ReplicaSet" && hash !== undefined && owner.name.endsWith(`-${hash}`)
      ? [`${event.object.metadata.namespace}/${owner.name.slice(0, -hash.length - 1)}`]
      : []
  }
  const owner = controllerOf(event.object)
  if (!owner)
    return view
      .list("deployments", event.object.metadata.namespace ?? "")
      .filter(({ spec }) => matchesSelector(spec.selector, event.object.metadata.labels))
      .map(keyOf)
  return owner.kind === "Deployment" ? [`${event.object.metadata.namespace}/${owner.name}`] : []
}

export const deploymentController: Controller = { name: "deployment", delayMs: 10, keysOf, reconcile }
