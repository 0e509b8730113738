import { formatTime, type KubeObject, type Pod } from "@pilotage/kube-model"
import { customNames, isCustomName } from "../api/custom/custom-names.ts"
import { STORED } from "../api/resources.ts"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  NOTHING,
  type Outcome,
} from "../engine/controller.ts"
import type { ResourceName, StoreEvent, Write } from "../store-types.ts"
import { deletePod } from "./owners.ts"

/** What may own objects and be owned: everything but events. Those that often are come first. */
const DEPENDENTS: readonly ResourceName[] = [
  ...new Set<ResourceName>([
    "replicasets",
    "pods",
    "endpointslices",
    "endpoints",
    "services",
    "configmaps",
    ...STORED.filter((resource) => resource !== "events" && resource !== "namespaces" && resource !== "nodes"),
  ]),
]
const OWNERS: ReadonlySet<ResourceName> = new Set(DEPENDENTS)

/** What has dependents of its own, and so goes in the foreground when its owner does. */
const OWNERS_OF_PODS: ReadonlySet<ResourceName> = new Set<ResourceName>([
  "cronjobs",
  "daemonsets",
  "deployments",
  "jobs",
  "replicasets",
  "replicationcontrollers",
  "statefulsets",
])

const isOwnedBy = (object: KubeObject, uid: string): boolean =>
  object.metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false

/** Of an owner in a namespace those that live there; of one outside of namespaces those everywhere. */
const dependents = (view: ControllerView, namespace: string, uid: string) =>
  [...DEPENDENTS, ...customNames(view)].flatMap((resource) =>
    (namespace === "" ? view.list(resource) : view.list(resource, namespace))
      .filter((object) => isOwnedBy(object, uid))
      .map((object) => ({ resource, object: object as KubeObject })),
  )

const withoutFinalizer = (object: KubeObject, finalizer: string): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, finalizers: (object.metadata.finalizers ?? []).filter((each) => each !== finalizer) },
})

const remove = (resource: ResourceName, object: KubeObject, now: number): readonly Write[] => {
  const { namespace = "", name, finalizers = [] } = object.metadata
  if (resource === "pods") return deletePod(object as Pod, now)
  if (finalizers.length === 0) return [{ kind: "remove", resource, namespace, name }]
  if (object.metadata.deletionTimestamp) return []
  const metadata = { ...object.metadata, deletionTimestamp: formatTime(now), deletionGracePeriodSeconds: 0 }
  return [{ kind: "update", resource, object: { ...object, metadata } }]
}

const without = (object: KubeObject, uid: string): KubeObject => {
  const { ownerReferences = [], ...metadata } = object.metadata
  const rest = ownerReferences.filter((owner) => owner.uid !== uid)
  return { ...object, metadata: rest.length > 0 ? { ...metadata, ownerReferences: rest } : metadata }
}

/** Key: `resource/namespace/uid/name` of an owner that goes or went. */
const reconcile = ({ view, now }: ControllerContext, key: string): Outcome => {
  const [resource = "", namespace = "", uid = "", name = ""] = key.split("/")
  const current = view.get(resource as ResourceName, namespace, name) as KubeObject | undefined
  const owner = current?.metadata.uid === uid ? current : undefined
  const owned = dependents(view, namespace, uid)
  if (!owner) return { writes: owned.flatMap((each) => remove(each.resource, each.object, now)) }
  if (!owner.metadata.deletionTimestamp) return NOTHING
  const finalizers = owner.metadata.finalizers ?? []
  const release = (finalizer: string): Write => ({
    kind: "update",
    resource: resource as ResourceName,
    object: withoutFinalizer(owner, finalizer),
  })
  if (finalizers.includes("orphan"))
    return {
      writes: [
        ...owned.map((each): Write => ({ kind: "update", resource: each.resource, object: without(each.object, uid) })),
        release("orphan"),
      ],
    }
  if (!finalizers.includes("foregroundDeletion")) return NOTHING
  const blocking = owned.filter((each) =>
    each.object.metadata.ownerReferences?.some((ref) => ref.uid === uid && ref.blockOwnerDeletion),
  )
  if (blocking.length === 0)
    return {
      writes: [...owned.flatMap((each) => remove(each.resource, each.object, now)), release("foregroundDeletion")],
    }
  // What has dependents of its own goes in the foreground too.
  const writes = owned.flatMap((each): readonly Write[] => {
    if (!OWNERS_OF_PODS.has(each.resource)) return remove(each.resource, each.object, now)
    if (each.object.metadata.deletionTimestamp) return []
    const metadata = {
      ...each.object.metadata,
      finalizers: [...(each.object.metadata.finalizers ?? []), "foregroundDeletion"],
      deletionTimestamp: formatTime(now),
      deletionGracePeriodSeconds: 0,
    }
    return [{ kind: "update", resource: each.resource, object: { ...each.object, metadata } }]
  })
  return { writes, timers: [{ key, afterMs: 500 }] }
}

const keysOf = (event: StoreEvent): readonly string[] => {
  if (!OWNERS.has(event.resource) && !isCustomName(event.resource)) return []
  const { uid = "", namespace = "", name, deletionTimestamp, finalizers = [] } = event.object.metadata
  const isHeld =
    deletionTimestamp !== undefined && finalizers.some((each) => each === "orphan" || each === "foregroundDeletion")
  if (event.type === "DELETED" || isHeld) {
    // Nothing is ever owned by these.
    if (event.resource === "endpoints" || event.resource === "endpointslices" || event.resource === "configmaps")
      return []
    return [`${event.resource}/${namespace}/${uid}/${name}`]
  }
  return []
}

export const garbageCollector: Controller = { name: "garbage-collector", delayMs: 20, keysOf, reconcile }
