import { formatTime, type KubeObject, type OwnerReference, type Pod } from "@pilotage/kube-model"
import type { Write } from "../store-types.ts"

export const controllerOf = (object: KubeObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true)

export const isControlledBy = (object: KubeObject, owner: KubeObject): boolean =>
  controllerOf(object)?.uid === owner.metadata.uid

export const ownerReference = (owner: KubeObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid ?? "",
  controller: true,
  blockOwnerDeletion: true,
})

/** Deletes a pod as the API does: at once when no kubelet has it, else with its grace period. */
export const deletePod = (pod: Pod, now: number): readonly Write[] => {
  if (pod.metadata.deletionTimestamp !== undefined) return []
  const { name, namespace = "" } = pod.metadata
  const isOver = pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed"
  if (!pod.spec.nodeName || isOver) return [{ kind: "remove", resource: "pods", namespace, name }]
  const grace = pod.spec.terminationGracePeriodSeconds ?? 30
  if (grace === 0) return [{ kind: "remove", resource: "pods", namespace, name }]
  return [
    {
      kind: "update",
      resource: "pods",
      object: {
        ...pod,
        metadata: {
          ...pod.metadata,
          deletionTimestamp: formatTime(now + grace * 1000),
          deletionGracePeriodSeconds: grace,
        },
      },
    },
  ]
}
