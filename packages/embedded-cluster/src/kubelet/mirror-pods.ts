import type { Pod } from "@pilotage/kube-model"
import { MIRROR } from "../bootstrap/static-pods.ts"
import { type Controller, keyOf, NOTHING } from "../engine/controller.ts"
import type { StoreEvent } from "../store-types.ts"

export const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.[MIRROR] !== undefined

/** Shows the static pods of a node in the API, and shows them again when somebody deletes what shows them. */
export const mirrorPods = (node: string, pods: readonly Pod[]): Controller => {
  const byKey = new Map(pods.map((pod) => [keyOf(pod), pod]))
  return {
    name: "mirror-pods",
    delayMs: 100,
    keysOf({ type, resource, object }: StoreEvent) {
      if (resource === "nodes") return type === "ADDED" && object.metadata.name === node ? [...byKey.keys()] : []
      const key = resource === "pods" && type === "DELETED" ? keyOf(object) : ""
      return byKey.has(key) ? [key] : []
    },
    reconcile({ view }, key) {
      const pod = byKey.get(key)
      const owner = view.get("nodes", "", node)
      if (!pod || !owner || view.get("pods", pod.metadata.namespace ?? "", pod.metadata.name)) return NOTHING
      const { uid = "" } = owner.metadata
      const ownerReferences = [{ apiVersion: "v1", kind: "Node", name: node, uid, controller: true }]
      return {
        writes: [
          {
            kind: "create",
            resource: "pods",
            object: { ...pod, metadata: { ...pod.metadata, ownerReferences } } as Pod,
          },
        ],
      }
    },
  }
}
