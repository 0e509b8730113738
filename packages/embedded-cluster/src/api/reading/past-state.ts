import type { KubeObject } from "@pilotage/kube-model"
import type { Store } from "../../store/store.ts"
import type { ResourceName, StoreEvent } from "../../store-types.ts"

/** Objects of one resource, in one namespace when it is given. */
export interface Range {
  readonly resource: ResourceName
  readonly namespace: string | undefined
}

/** The key of an object within a range: `name` in a namespace or without one, else `namespace/name`. Lists are in this order. */
export const keyIn = ({ namespace }: Range, { metadata }: KubeObject): string =>
  namespace === undefined && metadata.namespace !== undefined ? `${metadata.namespace}/${metadata.name}` : metadata.name

/**
 * The objects of a range as they were at a revision, in order; undefined when that is compacted. What happened since is
 * taken back, so it costs what changed, and nothing where nothing did.
 */
export const stateAt = (store: Store, range: Range, revision: number): readonly KubeObject[] | undefined => {
  const present = store.list(range.resource, range.namespace)
  if (revision === store.revision) return present
  if (revision < store.compactedRevision) return undefined
  const since = store.since(revision)
  if (!since.ok) return undefined
  const changes = since.value.filter(
    ({ resource, object }) =>
      resource === range.resource && (range.namespace === undefined || object.metadata.namespace === range.namespace),
  )
  return changes.length === 0 ? present : takenBack(range, present, changes)
}

const takenBack = (range: Range, present: readonly KubeObject[], changes: readonly StoreEvent[]) => {
  const byKey = new Map<string, KubeObject>(present.map((object) => [keyIn(range, object), object]))
  for (const { object, previous } of changes.toReversed()) {
    if (previous) byKey.set(keyIn(range, previous), previous)
    else byKey.delete(keyIn(range, object))
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, object]) => object)
}
