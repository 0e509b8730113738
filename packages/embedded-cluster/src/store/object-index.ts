import type { KubeObject, Pod } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import { createSortedObjects, type SortedObjects } from "./sorted-objects.ts"

/** All objects by resource, namespace and name, and pods by node as well. */
export interface ObjectIndex {
  readonly get: (resource: ResourceName, namespace: string, name: string) => KubeObject | undefined
  /** By name. Without `namespace`: all, in the order of their keys `namespace/name`, so `demo-2/a` comes before `demo/a`. */
  readonly list: (resource: ResourceName, namespace?: string) => readonly KubeObject[]
  readonly podsOnNode: (node: string) => readonly Pod[]
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

const drop = (buckets: Buckets | undefined, bucket: string, key: string): void => {
  const objects = buckets?.get(bucket)
  objects?.remove(key)
  if (objects?.size() === 0) buckets?.delete(bucket)
}

const nodeOf = (object: KubeObject | undefined): string => (object as Pod | undefined)?.spec.nodeName ?? ""

export const createObjectIndex = (from?: {
  readonly byResource: ReadonlyMap<ResourceName, Buckets>
  readonly byNode: Buckets
}): ObjectIndex => {
  const byResource = new Map(
    [...(from?.byResource ?? [])].map(([resource, buckets]) => [resource, forkBuckets(buckets)]),
  )
  const byNode = forkBuckets(from?.byNode ?? new Map())
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
  const podKey = (object: KubeObject): string => `${object.metadata.namespace}/${object.metadata.name}`

  return {
    get: (resource, namespace, name) => byResource.get(resource)?.get(namespace)?.get(name),
    list: (resource, namespace) =>
      namespace === undefined ? listAll(resource) : (byResource.get(resource)?.get(namespace)?.list() ?? NOTHING),
    podsOnNode: (node) => (byNode.get(node)?.list() ?? NOTHING) as readonly Pod[],
    set(resource, object) {
      let buckets = byResource.get(resource)
      if (!buckets) {
        buckets = new Map()
        byResource.set(resource, buckets)
      }
      const bucket = bucketOf(buckets, object.metadata.namespace ?? "")
      if (resource === "pods") {
        const before = nodeOf(bucket.get(object.metadata.name))
        const after = nodeOf(object)
        if (before !== "" && before !== after) drop(byNode, before, podKey(object))
        if (after !== "") bucketOf(byNode, after).set(podKey(object), object)
      }
      bucket.set(object.metadata.name, object)
      everywhere.delete(resource)
    },
    remove(resource, object) {
      drop(byResource.get(resource), object.metadata.namespace ?? "", object.metadata.name)
      if (resource === "pods") drop(byNode, nodeOf(object), podKey(object))
      everywhere.delete(resource)
    },
    resources: () => [...byResource.keys()].sort(),
    fork: () => createObjectIndex({ byResource, byNode }),
  }
}
