import { err, type KubeObject, ok, type Result } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import { type Json, text, withDefaults } from "../json-object.ts"

const valuesOf = ({ value, preemptionPolicy }: KubeObject): Json => ({
  priority: Number(value ?? 0),
  preemptionPolicy: preemptionPolicy ?? "PreemptLowerPriority",
})

const LABELS: readonly (readonly [string, string])[] = [
  ["priority", "the integer value of priority"],
  ["preemptionPolicy", "the string value of PreemptionPolicy"],
]

/** A pod that is already as its class would have it may say so. */
const merged = (spec: Json, values: Json): Result<Json, string> => {
  for (const [key, what] of LABELS)
    if (spec[key] !== undefined && spec[key] !== values[key])
      return err(
        `${what} (${spec[key]}) must not be provided in pod spec; priority admission controller computed ${values[key]} from the given PriorityClass name`,
      )
  return ok(withDefaults(spec, values))
}

/** What the Priority plugin adds to a pod: the number of its class, or of the class that is for all; an error has no such class. */
export const withPriority = (spec: Json, view: Pick<StoreView, "get" | "list">): Result<Json, string> => {
  const name = text(spec, "priorityClassName")
  if (name !== "") {
    const found = view.get("priorityclasses", "", name)
    return found ? merged(spec, valuesOf(found)) : err(`no PriorityClass with name ${name} was found`)
  }
  const general = view.list("priorityclasses").find((each) => each.globalDefault === true)
  if (!general) return merged(spec, { priority: 0, preemptionPolicy: "PreemptLowerPriority" })
  return merged({ ...spec, priorityClassName: general.metadata.name }, valuesOf(general))
}
