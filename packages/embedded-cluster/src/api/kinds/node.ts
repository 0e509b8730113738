import type { KubeObject, Node } from "@pilotage/kube-model"
import { child } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { nodeErrors, nodeUpdateErrors } from "./node-errors.ts"

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
  validate: nodeErrors,
  validateUpdate: nodeUpdateErrors,
  selectable: {
    "spec.unschedulable": (object) => String((object as Node).spec?.unschedulable === true),
  },
}
