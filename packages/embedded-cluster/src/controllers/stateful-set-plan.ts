import { isPodReady, isPodTerminal, isTerminating, type Pod } from "@pilotage/kube-model"
import { isAvailable } from "./pod-availability.ts"
import { REVISION_LABEL } from "./revisions.ts"
import { ordinalOf, type StatefulSet } from "./stateful-set-object.ts"

interface StatefulPlan {
  /** Ordinals that get a pod. */
  readonly create: readonly number[]
  readonly remove: readonly Pod[]
  /** Pods that have ended and make room for a new one of their name. */
  readonly recreate: readonly Pod[]
}

interface Situation {
  readonly pods: readonly Pod[]
  readonly updateRevision: string
  readonly now: number
}

/** Ordinals that the set has now. */
export const ordinalsOf = (set: StatefulSet): readonly number[] => {
  const start = set.spec.ordinals?.start ?? 0
  return Array.from({ length: set.spec.replicas ?? 1 }, (_, index) => start + index)
}

/** The highest first: so the set grows smaller and is updated. */
const fromTheEnd = (set: StatefulSet, pods: readonly Pod[]): readonly Pod[] =>
  [...pods].sort((a, b) => ordinalOf(set, b) - ordinalOf(set, a))

/** What a rolling update deletes next: the highest outdated pod, once all above it are well (`stateful_set_control.go`). */
const outdated = (set: StatefulSet, pods: readonly Pod[], revision: string): readonly Pod[] => {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {}
  if (type === "OnDelete") return []
  const from = (set.spec.ordinals?.start ?? 0) + (rollingUpdate?.partition ?? 0)
  for (const pod of fromTheEnd(set, pods)) {
    if (ordinalOf(set, pod) < from) return []
    const isOld = pod.metadata.labels?.[REVISION_LABEL] !== revision
    if (isOld && !isTerminating(pod)) return [pod]
    if (isTerminating(pod) || !isPodReady(pod)) return []
  }
  return []
}

/**
 * The next step of a set. In order, each step waits until the pods before are ready and those that go are gone; in
 * parallel pods come and go at once, while updates still take one after another.
 */
export const statefulPlan = (set: StatefulSet, { pods, updateRevision, now }: Situation): StatefulPlan => {
  const wanted = ordinalsOf(set)
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod), pod]))
  const members = wanted.flatMap((ordinal) => byOrdinal.get(ordinal) ?? [])
  const condemned = fromTheEnd(
    set,
    pods.filter((pod) => !wanted.includes(ordinalOf(set, pod))),
  )
  const inParallel = set.spec.podManagementPolicy === "Parallel"
  const isWell = (pod: Pod): boolean => !isTerminating(pod) && isAvailable(pod, set.spec.minReadySeconds ?? 0, now)
  const create: number[] = []
  const recreate: Pod[] = []
  const plan = (remove: readonly Pod[] = []): StatefulPlan => ({ create, remove, recreate })
  for (const ordinal of wanted) {
    const pod = byOrdinal.get(ordinal)
    if (pod && isPodTerminal(pod) && !isTerminating(pod)) recreate.push(pod)
    else if (!pod) create.push(ordinal)
    else if (isWell(pod)) continue
    if (!inParallel) return plan()
  }
  if (inParallel) {
    const going = condemned.filter((pod) => !isTerminating(pod))
    if (create.length + recreate.length + going.length > 0) return plan(going)
  }
  const [last] = condemned
  if (last) return plan(isTerminating(last) ? [] : [last])
  return plan(outdated(set, members, updateRevision))
}
