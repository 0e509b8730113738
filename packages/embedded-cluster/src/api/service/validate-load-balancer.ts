import type { Service, ServiceSpec } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, refused, required } from "../field-error.ts"
import { legacyCIDRProblems } from "../ip-text.ts"
import { qualifiedNameProblems } from "../names.ts"

const ONLY = "may only be used when `type` is 'LoadBalancer'"
const RANGES_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges"

const fieldRanges = (
  { type, loadBalancerSourceRanges = [] }: ServiceSpec,
  existing: readonly string[],
): FieldError[] => {
  const field = "spec.LoadBalancerSourceRanges"
  return [
    ...(type === "LoadBalancer" ? [] : [refused(field, ONLY)]),
    ...errorsOfEach(loadBalancerSourceRanges, (range, index) =>
      legacyCIDRProblems(range.trim(), existing).map((problem) => invalid(`${field}[${index}]`, range.trim(), problem)),
    ),
  ]
}

const annotationRanges = (service: Service, existing: readonly string[]): FieldError[] => {
  const given = service.metadata.annotations?.[RANGES_ANNOTATION]
  if (given === undefined) return []
  const field = `metadata.annotations[${RANGES_ANNOTATION}]`
  const errors = service.spec.type === "LoadBalancer" ? [] : [refused(field, ONLY)]
  const ranges = given.trim() === "" ? [] : given.trim().split(",")
  return [
    ...errors,
    ...errorsOfEach(ranges, (range) =>
      legacyCIDRProblems(range.trim(), existing).map((problem) => invalid(field, range.trim(), problem)),
    ),
  ]
}

/** Ranges of the field, or of the annotation when the field has none; a stored range is tolerated as it is. */
export const validateSourceRanges = (service: Service, old: Service | undefined): FieldError[] => {
  const stored = old?.metadata.annotations?.[RANGES_ANNOTATION]?.split(",").map((each) => each.trim()) ?? []
  const existing = [...(old?.spec.loadBalancerSourceRanges ?? []).map((each) => each.trim()), ...stored]
  return (service.spec.loadBalancerSourceRanges ?? []).length > 0
    ? fieldRanges(service.spec, existing)
    : annotationRanges(service, existing)
}

export const validateLoadBalancerClass = (spec: ServiceSpec, old: ServiceSpec | undefined): FieldError[] => {
  const field = "spec.loadBalancerClass"
  const { type, loadBalancerClass } = spec
  const errors: FieldError[] = []
  if (old?.type === "LoadBalancer" && type === "LoadBalancer" && old.loadBalancerClass !== loadBalancerClass)
    errors.push(invalid(field, loadBalancerClass, "may not change once set"))
  if (loadBalancerClass === undefined) return errors
  if (type !== "LoadBalancer") return [...errors, refused(field, ONLY)]
  return [...errors, ...qualifiedNameProblems(loadBalancerClass).map((each) => invalid(field, loadBalancerClass, each))]
}

export const validateNodePortChoice = ({ type, allocateLoadBalancerNodePorts: choice }: ServiceSpec): FieldError[] => {
  if (type !== "LoadBalancer") return choice === undefined ? [] : [refused("spec.allocateLoadBalancerNodePorts", ONLY)]
  // Upstream's path has no `spec.` here.
  return choice === undefined ? [required("allocateLoadBalancerNodePorts")] : []
}
