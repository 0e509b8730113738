import { err, type KubeObject, ok, type Result } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import { type Json, text, withDefaults } from "../json-object.ts"

const valuesOf = ({ value, preemptionPolicy }: KubeObject): Json => ({
  priority: Number(value ?? 0),
  preemptionPolicy: preemptionPolicy ?? "PreemptLowerPriority",
})

/** What the Priority plugin adds to a pod: the number of its class, or of the class that is for all; an error has no such class. */
export const withPriority = (spec: Json, view: Pick<StoreView, "get" | "list">): Result<Json, string> => {
  const name = text(spec, "priorityClassName")
  if (name !== "") {
    const found = view.get("priorityclasses", "", name)
    return found ? ok(withDefaults(spec, valuesOf(found))) : err(`no PriorityClass with name ${name} was found`)
  }
  const general = view.list("priorityclasses").find((each) => each.globalDefault === true)
  if (!general) return ok(withDefaults(spec, { priority: 0, preemptionPolicy: "PreemptLowerPriority" }))
  return ok(withDefaults({ ...spec, priorityClassName: general.metadata.name }, valuesOf(general)))
}
