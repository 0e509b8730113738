import {
  type Condition,
  conditionStatus,
  humanDuration,
  type KubeObject,
  type LabelSelector,
  parseTime,
} from "@pilotage/kube-model"
import { child, children, type Json, text } from "../api/json-object.ts"
import { containersCell, imagesCell, NONE, selectorCell, since } from "./cell-text.ts"
import { ageColumn, boolean, column, integer, nameColumn, type Printer } from "./column.ts"
import {
  containersColumn,
  count,
  imagesColumn,
  selectorColumn,
  specOf,
  statusOf,
  templateOf,
} from "./workload-cells.ts"

/** In the order in which they count. */
const OVER = [
  ["Complete", "Complete"],
  ["Failed", "Failed"],
] as const
const UNDER_WAY = ["Suspended", "FailureTarget", "SuccessCriteriaMet"] as const

const jobStatus = (job: KubeObject): string => {
  const conditions = children(statusOf(job), "conditions") as unknown as readonly Condition[]
  const has = (type: string): boolean => conditionStatus(conditions, type) === "True"
  const over = OVER.find(([type]) => has(type))
  if (over) return over[1]
  if (job.metadata.deletionTimestamp) return "Terminating"
  return UNDER_WAY.find(has) ?? "Running"
}

/** One success is enough when nothing is said; of how many at a time, when there are several. */
const completions = (spec: Json, status: Json): string => {
  const done = count(status, "succeeded")
  if (typeof spec.completions === "number") return `${done}/${spec.completions}`
  const parallel = count(spec, "parallelism")
  return parallel > 1 ? `${done}/1 of ${parallel}` : `${done}/1`
}

const jobDuration = (status: Json, now: number): string => {
  const start = parseTime(text(status, "startTime"))
  if (start === undefined) return ""
  return humanDuration((parseTime(text(status, "completionTime")) ?? now) - start)
}

export const jobPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Status", "Whether the job is running or how it ended."),
    column("Completions", "Successful pods of those wanted."),
    column("Duration", "Time from the start to the end, or till now."),
    ageColumn,
    containersColumn,
    imagesColumn,
    selectorColumn,
  ],
  cells: (job, { now }) => {
    const [spec, status] = [specOf(job), statusOf(job)]
    const template = templateOf(spec)
    return [
      job.metadata.name,
      jobStatus(job),
      completions(spec, status),
      jobDuration(status, now),
      since(job.metadata.creationTimestamp, now),
      containersCell(template),
      imagesCell(template),
      selectorCell(spec.selector as LabelSelector | undefined),
    ]
  },
}

const suspendCell = ({ suspend }: Json): string =>
  typeof suspend === "boolean" ? (suspend ? "True" : "False") : "<unset>"

export const cronJobPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Schedule", "When jobs are made, as cron has it."),
    column("Timezone", "Time zone of the schedule."),
    column("Suspend", "Whether no more jobs are made for now.", boolean),
    column("Active", "Jobs that are running.", integer),
    column("Last Schedule", "Time since a job was made."),
    ageColumn,
    containersColumn,
    imagesColumn,
    selectorColumn,
  ],
  cells: (object, { now }) => {
    const [spec, status] = [specOf(object), statusOf(object)]
    const job = child(child(spec, "jobTemplate"), "spec")
    const last = text(status, "lastScheduleTime")
    return [
      object.metadata.name,
      text(spec, "schedule"),
      text(spec, "timeZone") || NONE,
      suspendCell(spec),
      children(status, "active").length,
      last === "" ? NONE : since(last, now),
      since(object.metadata.creationTimestamp, now),
      containersCell(templateOf(job)),
      imagesCell(templateOf(job)),
      selectorCell(job.selector as LabelSelector | undefined),
    ]
  },
}
