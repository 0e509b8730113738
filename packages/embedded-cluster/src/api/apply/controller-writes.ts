import { formatTime, type KubeObject } from "@pilotage/kube-model"
import type { ResourceName, StoreView, Write } from "../../store-types.ts"
import { apiVersionOf, RESOURCES } from "../resources.ts"
import { capped, liveOwners, managedFieldsOf } from "./managers.ts"
import { afterUpdate } from "./ownership.ts"
import { statusTracking, unmanaged, withOwnersOver } from "./tracking.ts"

/** Under which name each program writes; the controllers are one program. */
const PROGRAMS: Readonly<Record<string, string>> = { kubelet: "kubelet", scheduler: "kube-scheduler" }
const CONTROLLERS = "kube-controller-manager"

const infoOf = (resource: ResourceName) => RESOURCES.find((info) => info.stored === resource && !info.conversion)

/**
 * Tells in managedFields what controllers write into the status of objects that clients own: an object that nobody owns
 * stays so, which keeps clusters small.
 */
export const signer =
  (store: Pick<StoreView, "get">, now: () => number) =>
  (controller: string, write: Write): Write => {
    if (write.kind !== "update" || write.object.metadata.managedFields === undefined) return write
    const { resource, object } = write
    const info = infoOf(resource)
    const live = store.get(resource, object.metadata.namespace ?? "", object.metadata.name) as KubeObject | undefined
    if (!live || !info?.subresources.includes("status")) return write
    const manager = {
      manager: PROGRAMS[controller] ?? CONTROLLERS,
      operation: "Update",
      apiVersion: apiVersionOf(info),
      subresource: "status",
    } as const
    const tracking = statusTracking(info, formatTime(now()))
    const owners = afterUpdate(unmanaged(live), unmanaged(object), liveOwners(live), manager, tracking)
    return { ...write, object: withOwnersOver(live, object, managedFieldsOf(capped(owners))) }
  }
