import type { KubeObject, Pod } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import { createPodIndex, type PodIndex, type PodLookup } from "./pod-index.ts"
import { createSortedObjects, type SortedObjects } from "./sorted-objects.ts"

/** All objects by resource, namespace and name; pods by node and by owner as well. */
export interface ObjectIndex extends PodLookup {
  readonly get: (resource: ResourceName, namespace: string, name: string) => KubeObject | undefined
  /** By name. Without `namespace`: all, in the order of their keys `namespace/name`, so `demo-2/a` comes before `demo/a`. */
  readonly list: (resource: ResourceName, namespace?: string) => readonly KubeObject[]
  readonly set: (resource: ResourceName, object: KubeObject) => void
  readonly remove: (resource: ResourceName, object: KubeObject) => void
  readonly resources: () => readonly ResourceName[]
  readonly fork: () => ObjectIndex
}

type Buckets = Map<string, SortedObjects>

const NOTHING: readonly never[] = []

const forkBuckets = (buckets: ReadonlyMap<string, SortedObjects>): Buckets =>
  new Map([...buckets].map(([key, objects]) => [key, objects.fork()]))

const bucketOf = (buckets: Buckets, key: string): SortedObjects => {
  const known = buckets.get(key)
  if (known) return known
  const made = createSortedObjects()
  buckets.set(key, made)
  return made
}

export const createObjectIndex = (from?: {
  readonly byResource: ReadonlyMap<ResourceName, Buckets>
  readonly pods: PodIndex
}): ObjectIndex => {
  const byResource = new Map(
    [...(from?.byResource ?? [])].map(([resource, buckets]) => [resource, forkBuckets(buckets)]),
  )
  const pods = from?.pods ?? createPodIndex()
  const everywhere = new Map<ResourceName, readonly KubeObject[]>()

  const listAll = (resource: ResourceName): readonly KubeObject[] => {
    const cached = everywhere.get(resource)
    if (cached) return cached
    const buckets = [...(byResource.get(resource) ?? [])].sort(([a], [b]) => (`${a}/` < `${b}/` ? -1 : 1))
    const only = buckets.length === 1 ? buckets[0]?.[1].list() : undefined
    const all = only ?? buckets.flatMap(([, objects]) => objects.list())
    everywhere.set(resource, all)
    return all
  }

  return {
    get: (resource, namespace, name) => byResource.get(resource)?.get(namespace)?.get(name),
    list: (resource, namespace) =>
      namespace === undefined ? listAll(resource) : (byResource.get(resource)?.get(namespace)?.list() ?? NOTHING),
    podsOnNode: pods.podsOnNode,
    podCount: pods.podCount,
    podSpread: pods.podSpread,
    podsOwnedBy: pods.podsOwnedBy,
    set(resource, object) {
      let buckets = byResource.get(resource)
      if (!buckets) {
        buckets = new Map()
        byResource.set(resource, buckets)
      }
      const bucket = bucketOf(buckets, object.metadata.namespace ?? "")
      if (resource === "pods") pods.replace(bucket.get(object.metadata.name) as Pod | undefined, object as Pod)
      bucket.set(object.metadata.name, object)
      everywhere.delete(resource)
    },
    remove(resource, object) {
      const { namespace = "", name } = object.metadata
      const buckets = byResource.get(resource)
      const bucket = buckets?.get(namespace)
      if (resource === "pods") pods.replace(bucket?.get(name) as Pod | undefined, undefined)
      bucket?.remove(name)
      if (bucket?.size() === 0) buckets?.delete(namespace)
      everywhere.delete(resource)
    },
    resources: () => [...byResource.keys()].sort(),
    fork: () => createObjectIndex({ byResource, pods: pods.fork() }),
  }
}
