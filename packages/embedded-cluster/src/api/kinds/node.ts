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

/** All that a node has may be used unless it says otherwise (core/v1 SetDefaults_NodeStatus). */
const nodeDefaults = (object: KubeObject): KubeObject => {
  const status = child(object, "status")
  const isAllFree = status.allocatable === undefined && status.capacity !== undefined
  return {
    ...object,
    spec: object.spec ?? {},
    ...(isAllFree ? { status: { ...status, allocatable: status.capacity } } : {}),
  }
}

export const nodeStrategy: Strategy = {
  defaults: nodeDefaults,
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
