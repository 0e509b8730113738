import { isTerminating, type Pod } from "@pilotage/kube-model"
import { createSortedObjects, type SortedObjects } from "./sorted-objects.ts"

/** Questions about pods that a scheduler and a controller ask for every one of thousands. */
export interface PodLookup {
  /** Pods bound to a node, in order of namespace and name. */
  readonly podsOnNode: (node: string) => readonly Pod[]
  /** How many pods are bound to a node. */
  readonly podCount: (node: string) => number
  /** How many pods of the object with this uid are bound to each node, without those that are being deleted; 0 is left out. */
  readonly podSpread: (controller: string) => ReadonlyMap<string, number>
  /** Pods of a namespace that the object with this uid controls, by name; without a uid, those that nobody controls. */
  readonly podsOwnedBy: (namespace: string, controller?: string) => readonly Pod[]
}

export interface PodIndex extends PodLookup {
  /** A pod came, went or became another version of itself. */
  readonly replace: (before: Pod | undefined, after: Pod | undefined) => void
  readonly fork: () => PodIndex
}

type Buckets = Map<string, SortedObjects>

const NOTHING: readonly never[] = []
const NOWHERE: ReadonlyMap<string, number> = new Map()

const ownerOf = (pod: Pod): string =>
  pod.metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid ?? ""

const nodeOf = (pod: Pod | undefined): string => pod?.spec.nodeName ?? ""

const keyOf = ({ metadata: { namespace, name } }: Pod): string => `${namespace}/${name}`

const place = (namespace: string, owner: string): string => `${namespace}\n${owner}`

type Spread = Map<string, Map<string, number>>

const isCounted = (pod: Pod | undefined): boolean => nodeOf(pod) !== "" && pod !== undefined && !isTerminating(pod)

const count = (spread: Spread, pod: Pod, by: 1 | -1): void => {
  const [owner, node] = [ownerOf(pod), nodeOf(pod)]
  const onNodes = spread.get(owner) ?? new Map<string, number>()
  const now = (onNodes.get(node) ?? 0) + by
  if (now > 0) onNodes.set(node, now)
  else onNodes.delete(node)
  if (onNodes.size > 0) spread.set(owner, onNodes)
  else spread.delete(owner)
}

const put = (buckets: Buckets, bucket: string, key: string, pod: Pod): void => {
  const known = buckets.get(bucket) ?? createSortedObjects()
  known.set(key, pod)
  buckets.set(bucket, known)
}

const drop = (buckets: Buckets, bucket: string, key: string): void => {
  const known = buckets.get(bucket)
  known?.remove(key)
  if (known?.size() === 0) buckets.delete(bucket)
}

const copied = (buckets: Buckets): Buckets => new Map([...buckets].map(([key, objects]) => [key, objects.fork()]))

export const createPodIndex = (
  byNode: Buckets = new Map(),
  byOwner: Buckets = new Map(),
  spread: Spread = new Map(),
): PodIndex => ({
  podsOnNode: (node) => (byNode.get(node)?.list() ?? NOTHING) as readonly Pod[],
  podCount: (node) => byNode.get(node)?.size() ?? 0,
  podSpread: (controller) => spread.get(controller) ?? NOWHERE,
  podsOwnedBy: (namespace, controller = "") =>
    (byOwner.get(place(namespace, controller))?.list() ?? NOTHING) as readonly Pod[],
  replace(before, after) {
    const pod = after ?? before
    if (!pod) return
    const key = keyOf(pod)
    const [from, to] = [nodeOf(before), nodeOf(after)]
    if (from !== "" && from !== to) drop(byNode, from, key)
    if (after && to !== "") put(byNode, to, key, after)
    const [left, joined] = [before, after].map((each) => each && place(each.metadata.namespace ?? "", ownerOf(each)))
    if (left !== undefined && left !== joined) drop(byOwner, left, key)
    if (after && joined !== undefined) put(byOwner, joined, key, after)
    const [was, is] = [isCounted(before), isCounted(after)]
    if (was && is && from === to && left === joined) return
    if (before && was) count(spread, before, -1)
    if (after && is) count(spread, after, 1)
  },
  fork: () =>
    createPodIndex(
      copied(byNode),
      copied(byOwner),
      new Map([...spread].map(([owner, onNodes]) => [owner, new Map(onNodes)])),
    ),
})
