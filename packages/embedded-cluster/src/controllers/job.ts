import {
  type Condition,
  formatTime,
  isPodReady,
  isPodTerminal,
  isTerminating,
  type KubeObject,
  type Pod,
  type PodTemplateSpec,
  parseTime,
  randomSuffix,
} from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  NOTHING,
  type Outcome,
  type Report,
  splitKey,
} from "../engine/controller.ts"
import type { Write } from "../store-types.ts"
import { claimPods, keeperKeys } from "./claim-pods.ts"
import {
  endOf,
  indexedTemplate,
  indexesIn,
  indexOf,
  indexText,
  type Job,
  type JobStatus,
  recentFailures,
} from "./job-object.ts"
import { controllerOf } from "./owners.ts"
import { createPods, deletePods, QUOTA_RETRY_MS } from "./pod-creation.ts"

const COMPONENT = "job-controller"
/** From a failure to the next try, doubled with each (`job_controller.go` DefaultJobPodFailureBackOff). */
const BACK_OFF_MS = 10_000
const BACK_OFF_CAP_MS = 600_000

const report = (job: Job, type: Report["type"], reason: string, message: string): Report => ({
  about: job,
  type,
  component: COMPONENT,
  reason,
  message,
})

const condition = (
  type: string,
  status: "True" | "False",
  reason: string,
  message: string,
  now: number,
): Condition => ({
  type,
  status,
  lastProbeTime: formatTime(now),
  lastTransitionTime: formatTime(now),
  reason,
  message,
})

const updated = (job: Job, status: JobStatus): Write => ({
  kind: "update",
  resource: "jobs",
  object: { ...job, status } as KubeObject,
})

/** Keeps a pod until its end has been counted. */
const TRACKING = "batch.kubernetes.io/job-tracking"

const isTracked = (pod: Pod): boolean => pod.metadata.finalizers?.includes(TRACKING) ?? false

const released = (pod: Pod): Write => {
  const { finalizers = [], ...metadata } = pod.metadata
  const rest = finalizers.filter((each) => each !== TRACKING)
  const object = { ...pod, metadata: rest.length > 0 ? { ...metadata, finalizers: rest } : metadata }
  return { kind: "update", resource: "pods", object }
}

const tracked = (template: PodTemplateSpec): PodTemplateSpec => ({
  ...template,
  metadata: { ...template.metadata, finalizers: [...(template.metadata?.finalizers ?? []), TRACKING] },
})

/** Pods that nothing more is to be learned from: they have ended, or go without ever having had a node. */
const isSettled = (pod: Pod): boolean =>
  isTracked(pod) && (isPodTerminal(pod) || (isTerminating(pod) && !pod.spec.nodeName))

/** A pod's end is counted once, when it comes; pods may be gone afterwards. */
const counted = (status: JobStatus, pod: Pod): JobStatus => {
  if (!isPodTerminal(pod)) return status
  if (pod.status?.phase !== "Succeeded") return { ...status, failed: (status.failed ?? 0) + 1 }
  const index = indexOf(pod)
  if (index === "") return { ...status, succeeded: (status.succeeded ?? 0) + 1 }
  const indexes = new Set([...indexesIn(status.completedIndexes), Number(index)])
  return { ...status, completedIndexes: indexText(indexes), succeeded: indexes.size }
}

interface End {
  readonly type: "Complete" | "Failed"
  readonly reason: string
  readonly message: string
}

const deadlineOf = ({ spec, status }: Job): number | undefined => {
  const start = parseTime(status?.startTime ?? "")
  return start === undefined || spec.activeDeadlineSeconds === undefined
    ? undefined
    : start + spec.activeDeadlineSeconds * 1000
}

/** Whether and how the Job is over (`job_controller.go` syncJob). */
const endNow = (job: Job, active: readonly Pod[], now: number): End | undefined => {
  const { backoffLimit = 6, completions, template } = job.spec
  const { failed = 0, succeeded = 0 } = job.status ?? {}
  const restarts = active
    .flatMap(({ status }) => status?.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0)
  const isWorn = template.spec.restartPolicy === "OnFailure" && restarts > 0 && restarts >= backoffLimit
  if (failed > backoffLimit || isWorn)
    return { type: "Failed", reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" }
  const deadline = deadlineOf(job)
  if (deadline !== undefined && now >= deadline)
    return { type: "Failed", reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" }
  const isDone = completions === undefined ? succeeded > 0 && active.length === 0 : succeeded >= completions
  if (!isDone) return undefined
  return { type: "Complete", reason: "CompletionsReached", message: "Reached expected number of succeeded pods" }
}

/** First the Job says what it will come to, then its pods go, then it has come to it. */
const finish = (job: Job, pods: readonly Pod[], { type, reason, message }: End, now: number): Outcome => {
  const active = pods.filter((pod) => !isPodTerminal(pod))
  const going = active.filter((pod) => !isTerminating(pod))
  const target = type === "Complete" ? "SuccessCriteriaMet" : "FailureTarget"
  const had = (job.status?.conditions ?? []).filter((each) => each.type !== type)
  const known = had.some((each) => each.type === target)
  const conditions = known ? had : [...had, condition(target, "True", reason, message, now)]
  const { active: _, ready: __, terminating: ___, ...rest } = job.status ?? {}
  const base: JobStatus = { ...rest, ready: 0, terminating: active.length }
  const deleted = deletePods(job, going, now, COMPONENT)
  if (active.length > 0)
    return { writes: [...deleted.writes, updated(job, { ...base, conditions })], reports: deleted.reports }
  const status: JobStatus = {
    ...base,
    ...(type === "Complete" ? { completionTime: formatTime(now) } : {}),
    conditions: [...conditions, condition(type, "True", reason, message, now)],
  }
  const told =
    type === "Complete" ? report(job, "Normal", "Completed", "Job completed") : report(job, "Warning", reason, message)
  return { writes: [updated(job, status)], reports: [told] }
}

const suspension = (
  job: Job,
  now: number,
): { readonly conditions: readonly Condition[]; readonly reports: readonly Report[] } => {
  const conditions = job.status?.conditions ?? []
  const old = conditions.find(({ type }) => type === "Suspended")
  const wanted = job.spec.suspend === true
  if ((old?.status === "True") === wanted) return { conditions, reports: [] }
  const [status, reason, message] = wanted
    ? (["True", "Suspended", "Job suspended"] as const)
    : (["False", "Resumed", "Job resumed"] as const)
  const next = condition("Suspended", status, `Job${reason}`, message, now)
  return {
    conditions: [...conditions.filter((each) => each !== old), next],
    reports: [report(job, "Normal", reason, message)],
  }
}

/** How many pods should be at work. */
const wantedActive = ({ spec, status }: Job, active: number): number => {
  const { parallelism = 1, completions } = spec
  const { succeeded = 0 } = status ?? {}
  if (spec.suspend) return 0
  if (completions === undefined) return succeeded > 0 ? Math.min(active, parallelism) : parallelism
  return Math.min(parallelism, Math.max(0, completions - succeeded))
}

const freeIndexes = (job: Job, active: readonly Pod[]): readonly number[] => {
  const taken = new Set([...indexesIn(job.status?.completedIndexes), ...active.map((pod) => Number(indexOf(pod)))])
  return Array.from({ length: job.spec.completions ?? 0 }, (_, index) => index).filter((index) => !taken.has(index))
}

const work = (job: Job, owned: readonly Pod[], context: ControllerContext, key: string): Outcome => {
  const { now, random } = context
  const active = owned.filter((pod) => !isPodTerminal(pod) && !isTerminating(pod))
  const target = job.status?.conditions?.find(({ type }) => type === "SuccessCriteriaMet" || type === "FailureTarget")
  const end: End | undefined = target
    ? {
        type: target.type === "FailureTarget" ? "Failed" : "Complete",
        reason: target.reason ?? "",
        message: target.message ?? "",
      }
    : endNow(job, active, now)
  if (end) return finish(job, owned, end, now)
  const wanted = wantedActive(job, active.length)
  const failures = recentFailures(owned)
  const wait = failures.count === 0 ? 0 : Math.min(BACK_OFF_MS * 2 ** (failures.count - 1), BACK_OFF_CAP_MS)
  const resumeAt = (parseTime(failures.last) ?? 0) + wait
  const isHeld = failures.count > 0 && now < resumeAt
  const isIndexed = job.spec.completionMode === "Indexed"
  const free = isIndexed ? freeIndexes(job, active) : []
  const missing = isHeld ? 0 : Math.max(0, wanted - active.length)
  const suffix = (): string => randomSuffix(random)
  const created = createPods(
    job,
    {
      count: isIndexed ? Math.min(missing, free.length) : missing,
      pod: (at) => {
        const index = free[at]
        return index === undefined
          ? { name: `${job.metadata.name}-${suffix()}`, template: tracked(job.spec.template) }
          : { name: `${job.metadata.name}-${index}-${suffix()}`, template: tracked(indexedTemplate(job, index)) }
      },
      spec: job.spec.template.spec,
    },
    context,
    COMPONENT,
  )
  const surplus = active.slice(0, Math.max(0, active.length - wanted))
  const deleted = deletePods(job, surplus, now, COMPONENT)
  const { conditions, reports } = suspension(job, now)
  const { active: _, startTime = formatTime(now), conditions: __, ...rest } = job.status ?? {}
  const count = active.length - surplus.length + created.writes.length
  const status: JobStatus = {
    ...rest,
    ...(count > 0 ? { active: count } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
    ready: active.filter(isPodReady).length,
    ...(job.spec.suspend ? {} : { startTime }),
    terminating: owned.filter((pod) => isTerminating(pod) && !isPodTerminal(pod)).length,
    uncountedTerminatedPods: {},
  }
  const waits = [
    ...(isHeld ? [resumeAt - now] : []),
    ...(created.isShort ? [QUOTA_RETRY_MS] : []),
    ...[deadlineOf({ ...job, status })].flatMap((at) => (at !== undefined && at > now ? [at - now] : [])),
  ]
  return {
    writes: [...created.writes, ...deleted.writes, updated(job, status)],
    reports: [...reports, ...created.reports, ...deleted.reports],
    timers: waits.length > 0 ? [{ key, afterMs: Math.min(...waits) }] : [],
  }
}

/** A finished Job goes by itself when it says so, and its pods with it. */
const outlived = (job: Job, end: Condition, now: number, key: string): Outcome => {
  const ttl = job.spec.ttlSecondsAfterFinished
  const since = parseTime(end.lastTransitionTime ?? "")
  if (ttl === undefined || since === undefined) return NOTHING
  const left = since + ttl * 1000 - now
  const { namespace = "", name } = job.metadata
  if (left > 0) return { writes: [], timers: [{ key, afterMs: left }] }
  return { writes: [{ kind: "remove", resource: "jobs", namespace, name }] }
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { view, now } = context
  const { namespace, name } = splitKey(key)
  const job = view.get("jobs", namespace, name) as Job | undefined
  const end = job && endOf(job)
  if (!job || end || job.metadata.deletionTimestamp !== undefined) {
    const pods = view.list("pods", namespace).filter((pod) => controllerOf(pod)?.name === name && isSettled(pod))
    const outcome = job && end ? outlived(job, end, now, key) : NOTHING
    return { ...outcome, writes: [...pods.map(released), ...outcome.writes] }
  }
  if (view.get("namespaces", "", namespace)?.status?.phase !== "Active") return NOTHING
  const { owned, writes } = claimPods(job, view.list("pods", namespace))
  const over = owned.filter(isSettled)
  const known = over.length === 0 ? job : { ...job, status: over.reduce(counted, job.status ?? {}) }
  const outcome = work(known, owned, context, key)
  return { ...outcome, writes: [...writes, ...over.map(released), ...outcome.writes] }
}

const keysOf = keeperKeys("jobs", "Job")

export const jobController: Controller = { name: "job", delayMs: 20, keysOf, reconcile }
