import { type Condition, isPodReady, type Pod, parseTime } from "@pilotage/kube-model"

/** Virtual milliseconds since which the pod is ready; undefined when it is not. */
export const readySince = (pod: Pod): number | undefined => {
  const ready = pod.status?.conditions?.find((condition: Condition) => condition.type === "Ready")
  return ready?.status === "True" ? parseTime(ready.lastTransitionTime ?? "") : undefined
}

/** Ready for `minReadySeconds` at least. */
export const isAvailable = (pod: Pod, minReadySeconds: number, now: number): boolean => {
  if (minReadySeconds === 0) return isPodReady(pod)
  const since = readySince(pod)
  return since !== undefined && since + minReadySeconds * 1000 <= now
}

/** How long until another of the pods is available; nothing when none is on its way. */
export const availabilityWaits = (pods: readonly Pod[], minReadySeconds: number, now: number): readonly number[] =>
  (minReadySeconds === 0 ? [] : pods).flatMap((pod) => {
    const left = (readySince(pod) ?? Number.NEGATIVE_INFINITY) + minReadySeconds * 1000 - now
    return left > 0 ? [left] : []
  })
