import type { Condition, ConditionStatus } from "./object-meta.ts"
import type { Pod } from "./workload-objects.ts"

export const conditionStatus = (
  conditions: readonly Condition[] | undefined,
  type: string,
): ConditionStatus | undefined => conditions?.find((condition) => condition?.type === type)?.status

export const isPodReady = (pod: Pod): boolean => conditionStatus(pod.status?.conditions, "Ready") === "True"

export const isTerminating = (pod: Pod): boolean => (pod.metadata.deletionTimestamp ?? undefined) !== undefined

/** Succeeded or Failed: such a pod is never an endpoint again. */
export const isPodTerminal = (pod: Pod): boolean => pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed"
