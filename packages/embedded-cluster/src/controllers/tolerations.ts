import type { Pod, PodSpec, Taint } from "@pilotage/kube-model"

export interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  /** Of NoExecute taints only: how long the pod stays. Absent: for ever. */
  readonly tolerationSeconds?: number
}

export const tolerationsOf = ({ tolerations }: PodSpec): readonly Toleration[] =>
  (tolerations ?? []) as readonly Toleration[]

/**
 * An empty key with Exists tolerates everything; an empty effect every effect (core/v1 Toleration.ToleratesTaint).
 */
export const toleratesTaint = (
  { key = "", operator = "Equal", value = "", effect = "" }: Toleration,
  taint: Taint,
): boolean => {
  if (effect !== "" && effect !== taint.effect) return false
  if (key !== "" && key !== taint.key) return false
  return operator === "Exists" || (key !== "" && value === (taint.value ?? ""))
}

export const tolerates = (pod: Pick<Pod, "spec">, taint: Taint): boolean =>
  tolerationsOf(pod.spec).some((each) => toleratesTaint(each, taint))
