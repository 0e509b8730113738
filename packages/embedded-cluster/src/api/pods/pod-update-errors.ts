import { deepEqual } from "../../store/deep-equal.ts"
import { errorsOfEach, type FieldError, invalid, refused, required } from "../field-error.ts"
import { children, type Json, text, without } from "../json-object.ts"
import { sortedText } from "../sorted-text.ts"

const UPDATABLE =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

const LISTS = ["containers", "initContainers"]

const imageErrors = (next: Json): FieldError[] =>
  LISTS.flatMap((list) =>
    errorsOfEach(children(next, list), (container, index) => {
      const [image, field] = [text(container, "image"), `spec.${list}[${index}].image`]
      if (image === "") return [required(field)]
      return image === image.trim() ? [] : [invalid(field, image, "must not have leading or trailing whitespace")]
    }),
  )

const deadlineErrors = (next: Json, old: Json): FieldError[] => {
  const [seconds, before] = [next.activeDeadlineSeconds, old.activeDeadlineSeconds]
  const field = "spec.activeDeadlineSeconds"
  if (typeof seconds === "number") {
    if (seconds < 0 || seconds > 2 ** 31 - 1)
      return [invalid(field, seconds, "must be between 0 and 2147483647, inclusive")]
    return typeof before === "number" && seconds > before
      ? [invalid(field, seconds, "must be less than or equal to previous value")]
      : []
  }
  return before === undefined ? [] : [invalid(field, null, "must not update from a positive integer to nil value")]
}

const gateErrors = (next: Json, old: Json): FieldError[] => {
  const known = new Set(children(old, "schedulingGates").map((gate) => text(gate, "name")))
  return errorsOfEach(children(next, "schedulingGates"), (gate, index) => {
    const name = text(gate, "name")
    if (known.has(name)) return []
    const field = `spec.schedulingGates[${index}].name`
    return [refused(field, `only deletion is allowed, but found new scheduling gate '${name}'`)]
  })
}

/** How long a taint is tolerated may change, and more may be tolerated; nothing less (core/validation validateOnlyAddedTolerations). */
const tolerationErrors = (next: Json, old: Json): FieldError[] => {
  const textOf = (each: Json): string => sortedText(without(each, "tolerationSeconds"))
  const given = new Set(children(next, "tolerations").map(textOf))
  const isKept = children(old, "tolerations").every((before) => given.has(textOf(before)))
  return isKept
    ? []
    : [refused("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds")]
}

const withOldImages = (next: Json, old: Json, list: string): Json =>
  Array.isArray(next[list])
    ? {
        [list]: children(next, list).map((container, index) => ({
          ...container,
          image: children(old, list)[index]?.image ?? container.image,
        })),
      }
    : {}

const kept = (old: Json, key: string): Json => (old[key] === undefined ? {} : { [key]: old[key] })

/** A pod that waits at a gate may still be told where not to go: that only ever narrows its choice. */
const isGated = (old: Json): boolean => children(old, "schedulingGates").length > 0
const NARROWED = ["nodeSelector", "affinity"]

/** The spec with the stored values where a change is allowed. */
const withFreeFields = (next: Json, old: Json): Json => {
  const free = ["activeDeadlineSeconds", "tolerations", "schedulingGates", ...(isGated(old) ? NARROWED : [])]
  const isGraceMended = next.terminationGracePeriodSeconds === 1 && Number(old.terminationGracePeriodSeconds) < 0
  if (isGraceMended) free.push("terminationGracePeriodSeconds")
  return Object.assign(
    {},
    without(next, ...free),
    ...free.map((key) => kept(old, key)),
    ...LISTS.map((list) => withOldImages(next, old, list)),
  ) as Json
}

/** What may change in a pod that exists (core/validation ValidatePodUpdate). */
export const podUpdateErrors = (next: Json, old: Json): FieldError[] => {
  for (const list of LISTS)
    if (children(next, list).length !== children(old, list).length)
      return [refused(`spec.${list}`, "pod updates may not add or remove containers")]
  return [
    ...imageErrors(next),
    ...deadlineErrors(next, old),
    ...gateErrors(next, old),
    ...tolerationErrors(next, old),
    ...(deepEqual(withFreeFields(next, old), old) ? [] : [refused("spec", UPDATABLE)]),
  ]
}
