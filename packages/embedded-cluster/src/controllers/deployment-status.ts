import { type Condition, type Deployment, formatTime, parseTime, type ReplicaSet } from "@pilotage/kube-model"
import { availableOf, rolloutBounds, sizeOf, total } from "./rollout.ts"

type DeploymentStatus = NonNullable<Deployment["status"]>

const conditionOf = (deployment: Deployment, type: string): Condition | undefined =>
  deployment.status?.conditions?.find((each) => each.type === type)

const set = (old: Condition | undefined, next: Condition, now: number): Condition => {
  if (old && old.status === next.status && old.reason === next.reason && old.message === next.message) return old
  const time = formatTime(now)
  const lastTransitionTime = old && old.status === next.status ? (old.lastTransitionTime ?? time) : time
  return { ...next, lastUpdateTime: time, lastTransitionTime }
}

/** When the rollout counts as stuck; undefined when it is complete, paused or has failed already. */
export const progressDeadlineMs = (deployment: Deployment): number | undefined => {
  const progressing = conditionOf(deployment, "Progressing")
  if (!progressing || deployment.spec.paused) return undefined
  if (progressing.reason === "NewReplicaSetAvailable" || progressing.reason === "ProgressDeadlineExceeded")
    return undefined
  const since = parseTime(progressing.lastUpdateTime ?? "")
  return since === undefined ? undefined : since + (deployment.spec.progressDeadlineSeconds ?? 600) * 1000 + 1000
}

/** A condition that gets another status or reason moves to the end (deployment/util SetDeploymentCondition). */
const placed = (conditions: readonly Condition[], next: Condition): readonly Condition[] => {
  const old = conditions.find(({ type }) => type === next.type)
  return old && old.status === next.status && old.reason === next.reason
    ? conditions.map((each) => (each === old ? next : each))
    : [...conditions.filter((each) => each !== old), next]
}

/** A new Deployment gets Progressing first, with its ReplicaSet; from then on availability is seen to first. */
const withConditions = (
  old: readonly Condition[],
  availability: Condition,
  progressing: Condition,
): readonly Condition[] =>
  old.length === 0 ? [progressing, availability] : placed(placed(old, availability), progressing)

interface Situation {
  readonly now: number
  /** The new ReplicaSet is being made in this very step. */
  readonly created: boolean
  readonly newName: string
}

const progress = (
  deployment: Deployment,
  counts: DeploymentStatus,
  isComplete: boolean,
  { now, created, newName }: Situation,
): Condition => {
  const old = conditionOf(deployment, "Progressing")
  const make = (status: "True" | "False" | "Unknown", reason: string, message: string) =>
    set(old, { type: "Progressing", status, reason, message }, now)
  if (deployment.spec.paused)
    return old && old.reason !== "DeploymentResumed"
      ? set(
          old,
          { type: "Progressing", status: "Unknown", reason: "DeploymentPaused", message: "Deployment is paused" },
          now,
        )
      : make("Unknown", "DeploymentPaused", "Deployment is paused")
  if (old?.reason === "DeploymentPaused") return make("Unknown", "DeploymentResumed", "Deployment is resumed")
  if (isComplete) return make("True", "NewReplicaSetAvailable", `ReplicaSet "${newName}" has successfully progressed.`)
  if (created) return make("True", "NewReplicaSetCreated", `Created new replica set "${newName}"`)
  const before = deployment.status ?? {}
  const hasProgressed =
    (counts.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    (counts.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (counts.availableReplicas ?? 0) > (before.availableReplicas ?? 0) ||
    (counts.replicas ?? 0) - (counts.updatedReplicas ?? 0) < (before.replicas ?? 0) - (before.updatedReplicas ?? 0)
  if (hasProgressed || !old) {
    const next = make("True", "ReplicaSetUpdated", `ReplicaSet "${newName}" is progressing.`)
    return { ...next, lastUpdateTime: formatTime(now) }
  }
  const deadline = progressDeadlineMs(deployment)
  if (deadline !== undefined && now >= deadline)
    return make("False", "ProgressDeadlineExceeded", `ReplicaSet "${newName}" has timed out progressing.`)
  return old
}

export const deploymentStatus = (
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  sets: readonly ReplicaSet[],
  situation: Situation,
): DeploymentStatus => {
  const wanted = deployment.spec.replicas ?? 1
  const replicas = total(sets, (rs) => rs.status?.replicas ?? 0)
  const ready = total(sets, (rs) => rs.status?.readyReplicas ?? 0)
  const available = total(sets, availableOf)
  const updated = newSet?.status?.replicas ?? 0
  const unavailable = Math.max(0, Math.max(total(sets, sizeOf), wanted) - available)
  const isObserved = newSet === undefined || newSet.status?.observedGeneration === newSet.metadata.generation
  const isComplete =
    newSet !== undefined && isObserved && updated === wanted && replicas === wanted && available === wanted
  const counts: DeploymentStatus = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 ? { replicas } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
    terminatingReplicas: total(sets, (rs) => rs.status?.terminatingReplicas ?? 0),
    ...(deployment.status?.collisionCount === undefined ? {} : { collisionCount: deployment.status.collisionCount }),
  }
  const hasMinimum = available >= wanted - rolloutBounds(deployment).maxUnavailable
  const availability = set(
    conditionOf(deployment, "Available"),
    hasMinimum
      ? {
          type: "Available",
          status: "True",
          reason: "MinimumReplicasAvailable",
          message: "Deployment has minimum availability.",
        }
      : {
          type: "Available",
          status: "False",
          reason: "MinimumReplicasUnavailable",
          message: "Deployment does not have minimum availability.",
        },
    situation.now,
  )
  const progressing = progress(deployment, counts, isComplete, situation)
  return { ...counts, conditions: withConditions(deployment.status?.conditions ?? [], availability, progressing) }
}
