import type { KubeObject } from "@pilotage/kube-model"
import { child, children, isJson, type Json, text, without } from "../json-object.ts"
import { parseJsonText } from "../json-text.ts"
import type { Conversion } from "../resources/resource-info.ts"
import { remembered } from "./remembered.ts"

const METRICS = "autoscaling.alpha.kubernetes.io/metrics"
const BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior"
const CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions"
const CURRENT = "autoscaling.alpha.kubernetes.io/current-metrics"

const isCpu = (metric: Json, target: string): boolean =>
  metric.type === "Resource" &&
  text(child(metric, "resource"), "name") === "cpu" &&
  child(child(metric, "resource"), target).averageUtilization !== undefined

const given = (entries: Json): Json =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))

/** A metric by resource as version 1 wrote it in an annotation; the other sources have no other names. */
const flat = (metric: Json): Json => {
  if (metric.type !== "Resource") return metric
  const { name, target } = child(metric, "resource")
  const { averageUtilization, averageValue } = isJson(target) ? target : {}
  return {
    type: "Resource",
    resource: given({ name, targetAverageUtilization: averageUtilization, targetAverageValue: averageValue }),
  }
}

const unflat = (metric: Json): Json => {
  const { name, targetAverageUtilization, targetAverageValue, target } = child(metric, "resource")
  if (metric.type !== "Resource" || target !== undefined) return metric
  const wanted =
    targetAverageUtilization === undefined
      ? { type: "AverageValue", averageValue: targetAverageValue }
      : { type: "Utilization", averageUtilization: targetAverageUtilization }
  return { type: "Resource", resource: { name, target: wanted } }
}

const noted = (annotations: Json, key: string): unknown => {
  const parsed = parseJsonText(text(annotations, key))
  return parsed.ok ? parsed.value.value : undefined
}

const withAnnotations = (object: KubeObject, annotations: Json): KubeObject["metadata"] => {
  const { annotations: _, ...metadata } = object.metadata
  return Object.keys(annotations).length === 0
    ? metadata
    : { ...metadata, annotations: annotations as Readonly<Record<string, string>> }
}

const fromStored = (object: KubeObject): KubeObject => {
  const { metrics: _, behavior, ...spec } = child(object, "spec")
  const { currentMetrics: __, conditions, ...status } = child(object, "status")
  const metrics = children(child(object, "spec"), "metrics")
  const current = children(child(object, "status"), "currentMetrics")
  const others = metrics.filter((metric) => !isCpu(metric, "target"))
  const otherCurrent = current.filter((metric) => !isCpu(metric, "current"))
  const cpu = metrics.find((metric) => isCpu(metric, "target"))
  const now = current.find((metric) => isCpu(metric, "current"))
  const annotations = given({
    ...object.metadata.annotations,
    [METRICS]: others.length > 0 ? JSON.stringify(others.map(flat)) : undefined,
    [BEHAVIOR]: behavior === undefined ? undefined : JSON.stringify(behavior),
    [CONDITIONS]: Array.isArray(conditions) ? JSON.stringify(conditions) : undefined,
    [CURRENT]: otherCurrent.length > 0 ? JSON.stringify(otherCurrent) : undefined,
  })
  return {
    ...object,
    apiVersion: "autoscaling/v1",
    metadata: withAnnotations(object, annotations),
    spec: given({
      ...spec,
      targetCPUUtilizationPercentage: cpu && child(child(cpu, "resource"), "target").averageUtilization,
    }),
    ...(object.status === undefined
      ? {}
      : {
          status: given({
            ...status,
            currentCPUUtilizationPercentage: now && child(child(now, "resource"), "current").averageUtilization,
          }),
        }),
  }
}

const toStored = (object: KubeObject): KubeObject => {
  const { targetCPUUtilizationPercentage: cpu, ...spec } = child(object, "spec")
  const { currentCPUUtilizationPercentage: now, ...status } = child(object, "status")
  const annotations: Json = object.metadata.annotations ?? {}
  const others = noted(annotations, METRICS)
  const metric = {
    type: "Resource",
    resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpu } },
  }
  const metrics = [
    ...(Array.isArray(others) ? others.filter(isJson).map(unflat) : []),
    ...(cpu === undefined ? [] : [metric]),
  ]
  const current = noted(annotations, CURRENT)
  const currentMetrics = [
    ...(Array.isArray(current) ? current : []),
    ...(now === undefined
      ? []
      : [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: now } } }]),
  ]
  return {
    ...object,
    apiVersion: "autoscaling/v2",
    metadata: withAnnotations(object, without(annotations, METRICS, BEHAVIOR, CONDITIONS, CURRENT)),
    spec: given({
      ...spec,
      metrics: metrics.length > 0 ? metrics : undefined,
      behavior: noted(annotations, BEHAVIOR),
    }),
    ...(object.status === undefined
      ? {}
      : {
          status: given({
            ...status,
            conditions: noted(annotations, CONDITIONS),
            currentMetrics: currentMetrics.length > 0 ? currentMetrics : undefined,
          }),
        }),
  }
}

/**
 * autoscaling/v1: it knows one target, the share of CPU; all else of version 2 stands in annotations
 * (kubernetes 1.36 `pkg/apis/autoscaling/v1/conversion.go`).
 */
export const autoscalerVersion1: Conversion = { toStored, fromStored: remembered(fromStored) }
