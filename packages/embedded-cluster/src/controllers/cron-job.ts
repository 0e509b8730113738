import { formatTime, type KubeObject, parseTime } from "@pilotage/kube-model"
import { jobStrategy, newJob } from "../api/workloads/job.ts"
import {
  type Controller,
  type ControllerContext,
  NOTHING,
  type Outcome,
  type Report,
  splitKey,
} from "../engine/controller.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import { nextTime } from "./cron-times.ts"
import { endOf, type JobStatus } from "./job-object.ts"
import { controllerOf, isControlledBy, ownerReference } from "./owners.ts"

const COMPONENT = "cronjob-controller"
const SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp"
/** More missed times than that are not made up for, one by one. */
const MISSED_LIMIT = 100

interface CronJob extends KubeObject {
  readonly spec: {
    readonly schedule: string
    readonly suspend?: boolean
    readonly concurrencyPolicy?: "Allow" | "Forbid" | "Replace"
    readonly startingDeadlineSeconds?: number
    readonly successfulJobsHistoryLimit?: number
    readonly failedJobsHistoryLimit?: number
    readonly jobTemplate: { readonly metadata?: Partial<KubeObject["metadata"]>; readonly spec: object }
  }
  readonly status?: {
    readonly active?: readonly object[]
    readonly lastScheduleTime?: string
    readonly lastSuccessfulTime?: string
  }
}

const tell = (cron: CronJob, reason: string, message: string, type: Report["type"] = "Normal"): Report => ({
  about: cron,
  type,
  component: COMPONENT,
  reason,
  message,
})

const reference = ({ metadata }: KubeObject): object => ({
  apiVersion: "batch/v1",
  kind: "Job",
  name: metadata.name,
  namespace: metadata.namespace,
  resourceVersion: metadata.resourceVersion,
  uid: metadata.uid,
})

const jobFor = (cron: CronJob, at: number, { random }: ControllerContext): KubeObject => {
  const { metadata = {}, spec } = cron.spec.jobTemplate
  const given: KubeObject = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      ...metadata,
      name: `${cron.metadata.name}-${Math.floor(at / 60_000)}`,
      namespace: cron.metadata.namespace ?? "",
      annotations: { ...metadata.annotations, [SCHEDULED]: formatTime(at) },
      ownerReferences: [ownerReference(cron)],
    },
    spec,
  }
  return newJob(jobStrategy.defaults(given), random)
}

/** The last time that has come since the last run, and the next one. */
const timesOf = (cron: CronJob, now: number): { readonly due?: number; readonly next?: number } => {
  const born = parseTime(cron.metadata.creationTimestamp ?? "") ?? now
  const last = parseTime(cron.status?.lastScheduleTime ?? "") ?? born
  const patience = cron.spec.startingDeadlineSeconds
  let after = patience === undefined ? last : Math.max(last, now - patience * 1000)
  let due: number | undefined
  for (let count = 0; count < MISSED_LIMIT; count += 1) {
    const next = nextTime(cron.spec.schedule, after)
    if (next === undefined) break
    if (next > now) return { next, ...(due === undefined ? {} : { due }) }
    due = next
    after = next
  }
  const next = nextTime(cron.spec.schedule, now)
  return { ...(next === undefined ? {} : { next }), ...(due === undefined ? {} : { due }) }
}

const byAge = (a: KubeObject, b: KubeObject): number =>
  (a.metadata.creationTimestamp ?? "") < (b.metadata.creationTimestamp ?? "") ? -1 : 1

/** Finished Jobs beyond what is kept, the oldest first. */
const surplusOf = (cron: CronJob, jobs: readonly KubeObject[]): readonly KubeObject[] => {
  const ended = (type: string): readonly KubeObject[] => jobs.filter((job) => endOf(job)?.type === type).sort(byAge)
  const beyond = (list: readonly KubeObject[], limit: number) => list.slice(0, Math.max(0, list.length - limit))
  const { successfulJobsHistoryLimit: good = 3, failedJobsHistoryLimit: bad = 1 } = cron.spec
  return [...beyond(ended("Complete"), good), ...beyond(ended("Failed"), bad)]
}

const removal = ({ metadata }: KubeObject): Write => ({
  kind: "remove",
  resource: "jobs",
  namespace: metadata.namespace ?? "",
  name: metadata.name,
})

interface Launch {
  readonly writes: readonly Write[]
  readonly reports: readonly Report[]
  readonly started: boolean
}

const launch = (cron: CronJob, due: number, running: readonly KubeObject[], context: ControllerContext): Launch => {
  const { concurrencyPolicy = "Allow" } = cron.spec
  if (concurrencyPolicy === "Forbid" && running.length > 0) {
    const message = "Not starting job because prior execution is running and concurrency policy is Forbid"
    return { writes: [], reports: [tell(cron, "JobAlreadyActive", message)], started: false }
  }
  const replaced = concurrencyPolicy === "Replace" ? running : []
  const job = jobFor(cron, due, context)
  if (context.view.get("jobs", cron.metadata.namespace ?? "", job.metadata.name))
    return { writes: [], reports: [], started: true }
  return {
    writes: [...replaced.map(removal), { kind: "create", resource: "jobs", object: job }],
    reports: [
      ...replaced.map(({ metadata }) => tell(cron, "SuccessfulDelete", `Deleted job ${metadata.name}`)),
      tell(cron, "SuccessfulCreate", `Created job ${job.metadata.name}`),
    ],
    started: true,
  }
}

/** Jobs that were running when this was looked at last, and have ended since. */
const seenEnds = (cron: CronJob, jobs: readonly KubeObject[]): readonly KubeObject[] => {
  const active = new Set((cron.status?.active ?? []).map((each) => (each as { readonly uid?: string }).uid))
  return jobs.filter((job) => endOf(job) && active.has(job.metadata.uid))
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { view, now } = context
  const { namespace, name } = splitKey(key)
  const cron = view.get("cronjobs", namespace, name) as CronJob | undefined
  if (!cron || cron.metadata.deletionTimestamp !== undefined) return NOTHING
  if (view.get("namespaces", "", namespace)?.status?.phase !== "Active") return NOTHING
  const jobs = view.list("jobs", namespace).filter((job) => isControlledBy(job, cron))
  const running = jobs.filter((job) => !endOf(job) && job.metadata.deletionTimestamp === undefined)
  const surplus = surplusOf(cron, jobs)
  const { due, next } = timesOf(cron, now)
  const isDue = due !== undefined && cron.spec.suspend !== true
  const done: Launch = isDue ? launch(cron, due, running, context) : { writes: [], reports: [], started: false }
  const successes = jobs.flatMap((job) => (job.status as JobStatus | undefined)?.completionTime ?? []).sort()
  const last = [cron.status?.lastSuccessfulTime ?? "", ...successes].sort().at(-1) ?? ""
  const lastScheduleTime = done.started && due !== undefined ? formatTime(due) : cron.status?.lastScheduleTime
  const status = {
    ...(running.length > 0 ? { active: running.map(reference) } : {}),
    ...(lastScheduleTime === undefined ? {} : { lastScheduleTime }),
    ...(last === "" ? {} : { lastSuccessfulTime: last }),
  }
  return {
    writes: [
      ...surplus.map(removal),
      ...done.writes,
      { kind: "update", resource: "cronjobs", object: { ...cron, status } as KubeObject },
    ],
    reports: [
      ...seenEnds(cron, jobs).map((job) =>
        tell(cron, "SawCompletedJob", `Saw completed job: ${job.metadata.name}, condition: ${endOf(job)?.type}`),
      ),
      ...surplus.map(({ metadata }) => tell(cron, "SuccessfulDelete", `Deleted job ${metadata.name}`)),
      ...done.reports,
    ],
    timers: next === undefined || cron.spec.suspend ? [] : [{ key, afterMs: next - now }],
  }
}

const keysOf = ({ resource, type, object }: StoreEvent): readonly string[] => {
  const { namespace, name } = object.metadata
  if (resource === "cronjobs") return type === "DELETED" ? [] : [`${namespace}/${name}`]
  const owner = resource === "jobs" ? controllerOf(object) : undefined
  return owner?.kind === "CronJob" ? [`${namespace}/${owner.name}`] : []
}

/** Starts Jobs at their times, all in UTC. */
export const cronJobController: Controller = { name: "cronjob", delayMs: 20, keysOf, reconcile }
