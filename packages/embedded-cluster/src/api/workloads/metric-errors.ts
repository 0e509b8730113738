import { type FieldError, invalid, invalids, notSupported, refused, required } from "../field-error.ts"
import { child, isJson, type Json, text } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import { pathSegmentProblems } from "../path-names.ts"
import { nanosOf, quantityText } from "./quantity-text.ts"

const TYPES = ["Utilization", "Value", "AverageValue"]

/** core rules of a target (autoscaling/validation validateMetricTarget). */
const targetErrors = (target: Json, at: string): FieldError[] => {
  const type = text(target, "type")
  const { averageUtilization: share } = target
  const quantities = ["value", "averageValue"].filter((key) => target[key] !== undefined)
  return [
    ...(type === "" ? [required(`${at}.type`, "must specify a metric target type")] : []),
    ...(TYPES.includes(type)
      ? []
      : [invalid(`${at}.type`, type, "must be either Utilization, Value, or AverageValue")]),
    ...(typeof share === "number" && share < 1
      ? [invalid(`${at}.averageUtilization`, share, "must be greater than 0")]
      : []),
    ...quantities
      .filter((key) => nanosOf(target[key]) <= 0n)
      .map((key) => invalid(`${at}.${key}`, quantityText(target[key]), "must be positive")),
  ]
}

const identifierErrors = (metric: Json, at: string): FieldError[] => {
  const name = text(metric, "name")
  return [
    ...(name === "" ? [required(`${at}.name`, "must specify a metric name")] : []),
    ...invalids(`${at}.name`, name, name === "" ? [] : pathSegmentProblems(name)),
    ...labelSelectorErrors(metric.selector, `${at}.selector`),
  ]
}

const measured = (source: Json, at: string): FieldError[] => [
  ...identifierErrors(child(source, "metric"), `${at}.metric`),
  ...targetErrors(child(source, "target"), `${at}.target`),
]

const podsErrors = (source: Json, at: string): FieldError[] => [
  ...measured(source, at),
  ...(child(source, "target").averageValue === undefined
    ? [required(`${at}.target.averageValue`, "must specify a positive target averageValue")]
    : []),
]

const objectErrors = (source: Json, at: string): FieldError[] => {
  const described = child(source, "describedObject")
  const target = child(source, "target")
  return [
    ...["kind", "name"].flatMap((key) => {
      const value = text(described, key)
      const field = `${at}.describedObject.${key}`
      return value === "" ? [required(field)] : invalids(field, value, pathSegmentProblems(value))
    }),
    ...measured(source, at),
    ...(target.value === undefined && target.averageValue === undefined
      ? [required(`${at}.target.averageValue`, "must set either a target value or averageValue")]
      : []),
  ]
}

const externalErrors = (source: Json, at: string): FieldError[] => {
  const { value, averageValue } = child(source, "target")
  return [
    ...measured(source, at),
    ...(value === undefined && averageValue === undefined
      ? [required(`${at}.target.averageValue`, "must set either a target value for metric or a per-pod target")]
      : []),
    ...(value !== undefined && averageValue !== undefined
      ? [refused(`${at}.target.value`, "may not set both a target value for metric and a per-pod target")]
      : []),
  ]
}

const resourceErrors = (source: Json, at: string): FieldError[] => {
  const target = child(source, "target")
  const { averageUtilization: share, averageValue: value } = target
  return [
    ...(text(source, "name") === "" ? [required(`${at}.name`, "must specify a resource name")] : []),
    ...targetErrors(target, `${at}.target`),
    ...(share === undefined && value === undefined
      ? [required(`${at}.target.averageUtilization`, "must set either a target raw value or a target utilization")]
      : []),
    ...(share !== undefined && value !== undefined
      ? [refused(`${at}.target.averageValue`, "may not set both a target raw value and a target utilization")]
      : []),
  ]
}

const containerErrors = (source: Json, at: string): FieldError[] => [
  ...(text(source, "container") === "" ? [required(`${at}.container`, "must specify a container")] : []),
  ...resourceErrors(source, at),
]

const SOURCES: readonly (readonly [string, string, (source: Json, at: string) => FieldError[]])[] = [
  ["Object", "object", objectErrors],
  ["External", "external", externalErrors],
  ["Pods", "pods", podsErrors],
  ["Resource", "resource", resourceErrors],
  ["ContainerResource", "containerResource", containerErrors],
]

const NAMES = SOURCES.map(([type]) => type).sort()

/** One metric at `at` (autoscaling/validation validateMetricSpec): the source that its type names, and no other. */
export const metricErrors = (metric: Json, at: string): FieldError[] => {
  const type = text(metric, "type")
  const unknown = NAMES.includes(type) ? [] : [notSupported(`${at}.type`, type, NAMES)]
  const given = SOURCES.filter(([, key]) => isJson(metric[key]))
  const [, wanted] = SOURCES.find(([name]) => name === type) ?? []
  return [
    ...(type === "" ? [required(`${at}.type`, "must specify a metric source type")] : []),
    ...unknown,
    ...given.flatMap(([, key, check]) => check(child(metric, key), `${at}.${key}`)),
    ...unknown,
    ...(wanted !== undefined && !given.some(([, key]) => key === wanted)
      ? [required(`${at}.${wanted}`, "must populate information for the given metric source")]
      : []),
    ...(wanted === undefined
      ? []
      : given
          .filter(([, key]) => key !== wanted)
          .map(([, key]) => refused(`${at}.${key}`, "must populate the given metric source only"))),
  ]
}
