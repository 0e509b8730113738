import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  notSupported,
  refused,
  required,
} from "../field-error.ts"
import { legacyCIDRProblems, parseSubnet } from "../ip-text.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { parseJsonText } from "../json-text.ts"
import { labelValueProblems, qualifiedNameProblems } from "../names.ts"
import { nanosOf, quantityText } from "../workloads/quantity-text.ts"

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
const AVOIDED = "scheduler.alpha.kubernetes.io/preferAvoidPods"

const effectErrors = (effect: string, at: string): FieldError[] =>
  effect === "" ? [required(at)] : EFFECTS.includes(effect) ? [] : [notSupported(at, effect, EFFECTS)]

/** core/validation validateNodeTaints; upstream takes them for metadata. */
const taintErrors = (spec: Json): FieldError[] => {
  const seen = new Set<string>()
  return errorsOfEach(children(spec, "taints"), (taint, index) => {
    const at = `metadata.taints[${index}]`
    const [key, value, effect] = [text(taint, "key"), text(taint, "value"), text(taint, "effect")]
    const isAgain = seen.has(`${effect}/${key}`)
    seen.add(`${effect}/${key}`)
    const shown = { Key: key, Value: value, Effect: effect, TimeAdded: taint.timeAdded ?? null }
    return [
      ...invalids(`${at}.key`, key, qualifiedNameProblems(key)),
      ...invalids(`${at}.value`, value, labelValueProblems(value)),
      ...effectErrors(effect, `${at}.effect`),
      ...(isAgain ? [{ ...duplicate(at, shown), detail: "taints must be unique by key and effect pair" }] : []),
    ]
  })
}

const rangesOf = (spec: Json): string[] => {
  if (Array.isArray(spec.podCIDRs)) return spec.podCIDRs.map(String)
  return text(spec, "podCIDR") === "" ? [] : [text(spec, "podCIDR")]
}

const rangeErrors = (spec: Json): FieldError[] => {
  const ranges = rangesOf(spec)
  const families = ranges.map((range) => parseSubnet(range)?.address.family)
  const isSingle = ranges.length < 2 || (ranges.length === 2 && families[0] !== families[1])
  return [
    ...errorsOfEach(ranges, (range, index) => invalids(`spec.podCIDRs[${index}]`, range, legacyCIDRProblems(range))),
    ...(isSingle || families.includes(undefined)
      ? []
      : [invalid("spec.podCIDRs", ranges, "may specify no more than one CIDR for each IP family")]),
  ]
}

const amountErrors = (status: Json): FieldError[] =>
  ["capacity", "allocatable"].flatMap((list) =>
    Object.entries(child(status, list))
      .filter(([, amount]) => nanosOf(amount) < 0n)
      .map(([name, amount]) =>
        invalid(`status.${list}.${name}`, quantityText(amount), "must be greater than or equal to 0"),
      ),
  )

const avoidedErrors = ({ metadata }: KubeObject): FieldError[] => {
  const given = metadata.annotations?.[AVOIDED]
  if (given === undefined) return []
  const parsed = parseJsonText(given)
  return parsed.ok ? [] : [invalid("metadata.annotations.AvoidPods", AVOIDED, parsed.error)]
}

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidateNode; of a change only what is asked twice. */
export const nodeErrors = (object: KubeObject, old: KubeObject | undefined): FieldError[] => {
  const spec = child(object, "spec")
  return [
    ...avoidedErrors(object),
    ...taintErrors(spec),
    ...amountErrors(child(object, "status")),
    ...(old ? [] : rangeErrors(spec)),
  ]
}

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidateNodeUpdate. */
export const nodeUpdateErrors = (object: KubeObject, old: KubeObject): FieldError[] => {
  const [next, before] = [child(object, "spec"), child(old, "spec")]
  const isMoved = rangesOf(before).length > 0 && !deepEqual(rangesOf(next), rangesOf(before))
  const isRenamed = text(before, "providerID") !== "" && next.providerID !== before.providerID
  return [
    ...(isMoved
      ? [refused("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid')]
      : rangesOf(before).length > 0
        ? []
        : rangeErrors(next)),
    ...(isRenamed
      ? [refused("spec.providerID", 'node updates may not change providerID except from "" to valid')]
      : []),
    ...taintErrors(next),
    ...(text(next, "externalID") === text(before, "externalID")
      ? []
      : [refused("spec.externalID", "may not be updated")]),
  ]
}
