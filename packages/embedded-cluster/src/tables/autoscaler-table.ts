import type { KubeObject } from "@pilotage/kube-model"
import { child, children, type Json, text } from "../api/json-object.ts"
import { NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer } from "./column.ts"
import { count, specOf, statusOf } from "./workload-cells.ts"

const UNKNOWN = "<unknown>"

/** Where in a metric its kind's particulars stand. */
const SOURCES: Readonly<Record<string, string>> = {
  External: "external",
  Pods: "pods",
  Object: "object",
  Resource: "resource",
  ContainerResource: "containerResource",
}

const shown = (value: unknown, suffix = ""): string => (value === undefined ? UNKNOWN : `${value}${suffix}`)

const metricText = (metric: Json, status: Json | undefined): string => {
  const type = text(metric, "type")
  const key = SOURCES[type]
  if (key === undefined) return "<unknown type>"
  const source = child(metric, key)
  const target = child(source, "target")
  const current = child(child(status, key), "current")
  if (type === "Resource" || type === "ContainerResource") {
    const name = text(source, "name")
    if (target.averageValue !== undefined)
      return `${name}: ${shown(current.averageValue)}/${shown(target.averageValue)}`
    const wanted = target.averageUtilization === undefined ? "<auto>" : `${target.averageUtilization}%`
    return `${name}: ${shown(current.averageUtilization, "%")}/${wanted}`
  }
  if (type === "Pods") return `${shown(current.averageValue)}/${shown(target.averageValue)}`
  return target.averageValue === undefined
    ? `${shown(current.value)}/${shown(target.value)}`
    : `${shown(current.averageValue)}/${shown(target.averageValue)} (avg)`
}

const MOST_METRICS = 2

const targetsCell = (object: KubeObject): string => {
  const metrics = children(specOf(object), "metrics")
  const statuses = children(statusOf(object), "currentMetrics")
  if (metrics.length === 0) return NONE
  const texts = metrics.map((metric, index) => metricText(metric, statuses[index]))
  const more = texts.length - MOST_METRICS
  return `${texts.slice(0, MOST_METRICS).join(", ")}${more > 0 ? ` + ${more} more...` : ""}`
}

/** HorizontalPodAutoscaler, autoscaling/v2. */
export const autoscalerPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Reference", "What is scaled."),
    column("Targets", "Measured and wanted values."),
    column("MinPods", "Fewest pods."),
    column("MaxPods", "Most pods."),
    column("Replicas", "Pods that there are."),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const spec = specOf(object)
    const target = child(spec, "scaleTargetRef")
    return [
      object.metadata.name,
      `${text(target, "kind")}/${text(target, "name")}`,
      targetsCell(object),
      typeof spec.minReplicas === "number" ? String(spec.minReplicas) : "<unset>",
      count(spec, "maxReplicas"),
      count(statusOf(object), "currentReplicas"),
      since(object.metadata.creationTimestamp, now),
    ]
  },
}
