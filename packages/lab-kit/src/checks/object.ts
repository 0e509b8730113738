import type { KubeObject } from "@pilotage/kube-model"
import { fieldAt, parseFieldPath } from "../field-path.ts"
import { type Finding, failed, type Grading, passed } from "../grading.ts"
import { sameJson } from "../same-json.ts"
import type { CheckOf, FieldCondition } from "../schema/check-schema.ts"

const show = (value: unknown): string => (value === undefined ? "absent" : JSON.stringify(value))

const sayCondition = (field: FieldCondition): string => {
  if (field.equals !== undefined) return `${field.path} is ${show(field.equals)}`
  if (field.in) return `${field.path} is ${field.in.map(show).join(" or ")}`
  if (field.matches !== undefined) return `${field.path} matches /${field.matches}/`
  return field.absent ? `${field.path} is absent` : `${field.path} is as it was at the start`
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))

const holds = (field: FieldCondition, value: unknown, atStart: unknown): boolean => {
  if (field.equals !== undefined) return sameJson(value, field.equals)
  if (field.in) return field.in.some((each) => each === value)
  if (field.matches !== undefined) return value !== undefined && new RegExp(field.matches, "mu").test(asText(value))
  return field.absent ? value === undefined : sameJson(value, atStart)
}

const whyDiffers = (field: FieldCondition, label: string): string =>
  field.why ??
  (field.unchangedSinceStart
    ? `${label} was changed at a place that the task leaves alone.`
    : `${label} says something else at ${field.path}.`)

export const checkObject = async (check: CheckOf<"object">, { port, lab }: Grading): Promise<Finding> => {
  const key = { ...check.object, namespace: check.object.namespace ?? lab.namespace }
  const label = `${key.kind} ${key.namespace}/${key.name}`
  const object: KubeObject | undefined = await port.get(key)
  if (!check.exists)
    return object
      ? failed(`${label} is gone.`, `${label} is there.`, "It has not been deleted.", "object-present")
      : passed(`${label} is gone.`, `${label} is not there.`, "It has been deleted.")
  const expected = `${label} exists${check.fields.map((field) => `; ${sayCondition(field)}`).join("")}.`
  if (!object) return failed(expected, `${label} does not exist.`, "Nothing of that name is there.", "object-missing")
  const atStart = check.fields.some((field) => field.unchangedSinceStart) ? await port.getAtStart(key) : undefined
  for (const field of check.fields) {
    const path = parseFieldPath(field.path) ?? []
    const value = fieldAt(object, path)
    const before = fieldAt(atStart, path)
    if (holds(field, value, before)) continue
    const observed = `${field.path} is ${show(value)}${field.unchangedSinceStart ? `; at the start it was ${show(before)}` : ""}.`
    const reason = field.unchangedSinceStart ? "field-changed" : "field-differs"
    return failed(expected, observed, whyDiffers(field, label), reason, { path: field.path, value, before })
  }
  return passed(expected, `${label} is as asked.`, "Every field that was asked about holds.")
}
