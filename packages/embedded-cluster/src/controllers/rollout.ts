import type { Deployment, IntOrString, ReplicaSet } from "@pilotage/kube-model"

export interface Bounds {
  readonly maxSurge: number
  readonly maxUnavailable: number
}

/** A number, or a share of a total in percent. */
export const shareOf = (value: IntOrString | undefined, total: number, round: (value: number) => number): number => {
  if (typeof value === "number") return value
  const percent = /^(\d+)%$/.exec(value ?? "25%")?.[1]
  return percent === undefined ? 0 : round((Number(percent) * total) / 100)
}

/** Surge rounds up, unavailable down; both zero means one may be missing (deployment/util ResolveFenceposts). */
export const rolloutBounds = (deployment: Deployment): Bounds => {
  const total = deployment.spec.replicas ?? 1
  if (deployment.spec.strategy?.type === "Recreate") return { maxSurge: 0, maxUnavailable: total }
  const { maxSurge, maxUnavailable } = deployment.spec.strategy?.rollingUpdate ?? {}
  const surge = shareOf(maxSurge, total, Math.ceil)
  const unavailable = shareOf(maxUnavailable, total, Math.floor)
  return { maxSurge: surge, maxUnavailable: Math.min(total, surge === 0 && unavailable === 0 ? 1 : unavailable) }
}

export const sizeOf = (rs: ReplicaSet): number => rs.spec.replicas ?? 1
export const availableOf = (rs: ReplicaSet): number => rs.status?.availableReplicas ?? 0
export const total = (sets: readonly ReplicaSet[], measure: (rs: ReplicaSet) => number): number =>
  sets.reduce((sum, rs) => sum + measure(rs), 0)

export type Sizes = ReadonlyMap<ReplicaSet, number>

/** The sizes of all ReplicaSets that go with a change of `spec.replicas` in the middle of a rollout: in proportion. */
export const proportional = (deployment: Deployment, sets: readonly ReplicaSet[]): Sizes => {
  const active = sets.filter((rs) => sizeOf(rs) > 0)
  const wanted = deployment.spec.replicas ?? 1
  const allowed = wanted > 0 ? wanted + rolloutBounds(deployment).maxSurge : 0
  const now = total(active, sizeOf)
  const largestFirst = [...active].sort((a, b) => sizeOf(b) - sizeOf(a) || (a.metadata.name < b.metadata.name ? -1 : 1))
  const sizes = new Map<ReplicaSet, number>()
  for (const rs of largestFirst) sizes.set(rs, now === 0 ? 0 : Math.round((sizeOf(rs) * allowed) / now))
  const [largest] = largestFirst
  if (largest) {
    const rest = allowed - [...sizes.values()].reduce((sum, size) => sum + size, 0)
    sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + rest))
  }
  return sizes
}

/** How far a rolling update may go now: the new set up to the surge, the old ones down to what must stay available. */
export const rollingSizes = (deployment: Deployment, newSet: ReplicaSet, oldSets: readonly ReplicaSet[]): Sizes => {
  const sizes = new Map<ReplicaSet, number>()
  const wanted = deployment.spec.replicas ?? 1
  const { maxSurge, maxUnavailable } = rolloutBounds(deployment)
  const all = [newSet, ...oldSets]
  const current = total(all, sizeOf)
  const room = wanted + maxSurge - current
  if (sizeOf(newSet) > wanted) sizes.set(newSet, wanted)
  else if (sizeOf(newSet) < wanted && room > 0)
    sizes.set(newSet, sizeOf(newSet) + Math.min(room, wanted - sizeOf(newSet)))
  if (sizes.has(newSet)) return sizes

  const unavailableNew = sizeOf(newSet) - availableOf(newSet)
  let mayGo = current - (wanted - maxUnavailable) - unavailableNew
  if (mayGo <= 0) return sizes
  const oldestFirst = [...oldSets].sort((a, b) =>
    (a.metadata.creationTimestamp ?? "") < (b.metadata.creationTimestamp ?? "") ? -1 : 1,
  )
  for (const rs of oldestFirst) {
    const broken = Math.min(mayGo, sizeOf(rs) - availableOf(rs))
    if (broken <= 0) continue
    sizes.set(rs, sizeOf(rs) - broken)
    mayGo -= broken
  }
  // A ReplicaSet that was made smaller just now still reports the pods that it is about to delete.
  const available = total(all, (rs) => Math.min(availableOf(rs), sizeOf(rs)))
  let spare = available - (wanted - maxUnavailable)
  for (const rs of oldestFirst) {
    const size = sizes.get(rs) ?? sizeOf(rs)
    const go = Math.min(spare, size)
    if (go <= 0) continue
    sizes.set(rs, size - go)
    spare -= go
  }
  return sizes
}
