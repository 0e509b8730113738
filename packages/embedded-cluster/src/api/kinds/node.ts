import type { KubeObject, Node } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, notSupported, refused } from "../field-error.ts"
import { child, children, text } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

const taintErrors = (object: KubeObject): FieldError[] =>
  children(child(object, "spec"), "taints").flatMap((taint, index) => {
    const at = `spec.taints[${index}]`
    const key = text(taint, "key")
    const effect = text(taint, "effect")
    return [
      ...qualifiedNameProblems(key).map((problem) => invalid(`${at}.key`, key, problem)),
      ...(EFFECTS.includes(effect) ? [] : [notSupported(`${at}.effect`, effect, EFFECTS)]),
    ]
  })

export const nodeStrategy: Strategy = {
  defaults: (object) => ({ ...object, spec: object.spec ?? {} }),
  validate: taintErrors,
  validateUpdate: (object, old) => {
    const [next, before] = [child(object, "spec"), child(old, "spec")]
    const isMoved = before.podCIDR !== undefined && !deepEqual(next.podCIDRs, before.podCIDRs)
    return isMoved ? [refused("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid')] : []
  },
  selectable: {
    "spec.unschedulable": (object) => String((object as Node).spec?.unschedulable === true),
  },
}
