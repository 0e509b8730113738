import {
  type Condition,
  isPodTerminal,
  type KubeObject,
  type LabelSelector,
  type Pod,
  type PodTemplateSpec,
} from "@pilotage/kube-model"
import type { PodKeeper } from "./claim-pods.ts"

export interface JobStatus {
  readonly active?: number
  readonly completedIndexes?: string
  readonly completionTime?: string
  readonly conditions?: readonly Condition[]
  readonly failed?: number
  readonly ready?: number
  readonly startTime?: string
  readonly succeeded?: number
  readonly terminating?: number
  readonly uncountedTerminatedPods?: object
}

export interface Job extends PodKeeper {
  readonly spec: {
    readonly selector: LabelSelector
    readonly template: PodTemplateSpec
    readonly parallelism?: number
    readonly completions?: number
    readonly completionMode?: "NonIndexed" | "Indexed"
    readonly backoffLimit?: number
    readonly activeDeadlineSeconds?: number
    readonly ttlSecondsAfterFinished?: number
    readonly suspend?: boolean
  }
  readonly status?: JobStatus
}

const INDEX = "batch.kubernetes.io/job-completion-index"

/** The number of a pod of an indexed Job; "" of others. */
export const indexOf = (pod: Pod): string => pod.metadata.annotations?.[INDEX] ?? ""

/** `0-2,5`. */
export const indexText = (indexes: ReadonlySet<number>): string => {
  const parts: string[] = []
  for (const each of [...indexes].sort((a, b) => a - b)) {
    const [first, last = first] = (parts.at(-1) ?? "").split("-")
    if (last !== "" && Number(last) === each - 1) parts[parts.length - 1] = `${first}-${each}`
    else parts.push(String(each))
  }
  return parts.join(",")
}

export const indexesIn = (text: string | undefined): ReadonlySet<number> => {
  const indexes = new Set<number>()
  for (const part of (text ?? "").split(",").filter((each) => each !== "")) {
    const [first = 0, last = first] = part.split("-").map(Number)
    for (let index = first; index <= last; index += 1) indexes.add(index)
  }
  return indexes
}

/** Complete or Failed; undefined while it goes on. */
export const endOf = (job: KubeObject): Condition | undefined =>
  (job.status as JobStatus | undefined)?.conditions?.find(
    ({ type, status }) => (type === "Complete" || type === "Failed") && status === "True",
  )

/** The template of a pod with a number: a Job's program learns it from its environment and its host name. */
export const indexedTemplate = (job: Job, index: number): PodTemplateSpec => {
  const { template } = job.spec
  const told = { name: "JOB_COMPLETION_INDEX", valueFrom: { fieldRef: { fieldPath: `metadata.labels['${INDEX}']` } } }
  const withIndex = (container: PodTemplateSpec["spec"]["containers"][number]) => ({
    ...container,
    env: [...(container.env ?? []), told],
  })
  const { initContainers } = template.spec
  return {
    metadata: {
      ...template.metadata,
      annotations: { ...template.metadata?.annotations, [INDEX]: String(index) },
      labels: { ...template.metadata?.labels, [INDEX]: String(index) },
    },
    spec: {
      ...template.spec,
      containers: template.spec.containers.map(withIndex),
      ...(initContainers ? { initContainers: initContainers.map(withIndex) } : {}),
      hostname: `${job.metadata.name}-${index}`,
    },
  }
}

const finishedAt = (pod: Pod): string =>
  (pod.status?.containerStatuses ?? [])
    .map(({ state }) => state?.terminated?.finishedAt ?? "")
    .sort()
    .at(-1) ?? ""

/** Failures since the last success, and when the last was; RFC 3339. */
export const recentFailures = (pods: readonly Pod[]): { readonly count: number; readonly last: string } => {
  const over = pods.filter(isPodTerminal).map((pod) => ({ pod, at: finishedAt(pod) }))
  const success =
    over
      .filter(({ pod }) => pod.status?.phase === "Succeeded")
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? ""
  const failures = over
    .filter(({ pod, at }) => pod.status?.phase === "Failed" && at > success)
    .map(({ at }) => at)
    .sort()
  return { count: failures.length, last: failures.at(-1) ?? "" }
}
