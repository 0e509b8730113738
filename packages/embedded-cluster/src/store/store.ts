import { err, type KubeObject, ok, type Random, type Result } from "@pilotage/kube-model"
import type { ResourceName, ResourceShapes, StoreEvent, StoreView, Write } from "../store-types.ts"
import { createHistory, type History, type HistoryLimits } from "./history.ts"
import { createObjectIndex, type ObjectIndex } from "./object-index.ts"
import { bornObject, changedObject, isReadyToGo, withoutGrace, withRevision } from "./object-versions.ts"
import type { PodLookup } from "./pod-index.ts"

/**
 * Why a write was refused. `conflict`: the write names a resourceVersion that is not the current one, or another uid.
 */
export interface StoreError {
  readonly reason: "already-exists" | "not-found" | "conflict"
  readonly resource: ResourceName
  readonly namespace: string
  readonly name: string
}

/** All that a store holds, as JSON. History is not part of it: watches from before a restore are told `expired`. */
export interface StoreContents {
  readonly revision: number
  readonly objects: Readonly<Partial<Record<ResourceName, readonly KubeObject[]>>>
}

interface StoreSources {
  readonly random: Random
  /** Virtual milliseconds since 1970. */
  readonly now: () => number
}

export interface Store extends StoreView, PodLookup {
  /**
   * Does a write and tells the subscribers, or says why not. Undefined: nothing changed, no revision was taken.
   * An update without a resourceVersion takes the last word; with one it must name the current version.
   * An update that leaves an object with a deletionTimestamp, no finalizers and no grace period removes it. Who is
   * removed while there is grace left loses that first, by a write of its own.
   */
  readonly apply: (write: Write) => Result<StoreEvent | undefined, StoreError>
  /** Events after `revision`, oldest first; the last 5,000 at least are kept. */
  readonly since: (revision: number) => Result<readonly StoreEvent[], "expired">
  /** The oldest revision that `since` knows. */
  readonly oldestRevision: number
  /** The oldest revision whose state may still be asked for; moves on with time. */
  readonly compactedRevision: number
  /** Called within `apply`, after the store has changed. Returns how to stop. */
  readonly subscribe: (listener: (event: StoreEvent) => void) => () => void
  /** An independent store with the same contents and history and no subscribers. */
  readonly fork: (sources: StoreSources) => Store
  readonly dump: () => StoreContents
}

interface Parts {
  readonly index: ObjectIndex
  readonly history: History
  readonly revision: number
}

const assemble = ({ random, now }: StoreSources, { index, history, revision: start }: Parts): Store => {
  let revision = start
  const listeners = new Set<(event: StoreEvent) => void>()

  const publish = (event: StoreEvent): Result<StoreEvent, StoreError> => {
    history.add(event, now())
    for (const listener of [...listeners]) listener(event)
    return ok(event)
  }
  const remove = (resource: ResourceName, previous: KubeObject, last: KubeObject): Result<StoreEvent, StoreError> => {
    revision += 1
    index.remove(resource, previous)
    return publish({ type: "DELETED", resource, object: withRevision(last, revision), previous, revision })
  }
  /** An object that still had time to go is told as one that has none left first; the version that then goes. */
  const shorten = (resource: ResourceName, previous: KubeObject): KubeObject => {
    const object = withoutGrace(previous, revision + 1)
    if (!object) return previous
    revision += 1
    index.set(resource, object)
    publish({ type: "MODIFIED", resource, object, previous, revision })
    return object
  }
  const refuse = (reason: StoreError["reason"], resource: ResourceName, namespace: string, name: string) =>
    err<StoreError>({ reason, resource, namespace, name })

  const apply = (write: Write): Result<StoreEvent | undefined, StoreError> => {
    const { resource } = write
    const namespace = (write.kind === "remove" ? write.namespace : write.object.metadata.namespace) ?? ""
    const name = write.kind === "remove" ? write.name : write.object.metadata.name
    const previous = index.get(resource, namespace, name)
    if (write.kind === "create") {
      if (previous) return refuse("already-exists", resource, namespace, name)
      revision += 1
      const object = bornObject(resource, write.object, random, now(), revision)
      index.set(resource, object)
      return publish({ type: "ADDED", resource, object, revision })
    }
    if (!previous) return refuse("not-found", resource, namespace, name)
    if (write.kind === "remove") {
      const last = shorten(resource, previous)
      return remove(resource, last, last)
    }
    const { resourceVersion, uid } = write.object.metadata
    const isStale = resourceVersion !== undefined && resourceVersion !== previous.metadata.resourceVersion
    if (isStale || (uid !== undefined && uid !== previous.metadata.uid))
      return refuse("conflict", resource, namespace, name)
    const next = changedObject(resource, previous, write.object)
    if (next && isReadyToGo(next)) return remove(resource, previous, next)
    if (!next) return ok(undefined)
    revision += 1
    const object = withRevision(next, revision)
    index.set(resource, object)
    return publish({ type: "MODIFIED", resource, object, previous, revision })
  }

  return {
    get revision() {
      return revision
    },
    get: <R extends ResourceName>(resource: R, namespace: string, name: string) =>
      index.get(resource, namespace, name) as ResourceShapes[R] | undefined,
    list: <R extends ResourceName>(resource: R, namespace?: string) =>
      index.list(resource, namespace) as readonly KubeObject[] as readonly ResourceShapes[R][],
    podsOnNode: index.podsOnNode,
    podCount: index.podCount,
    podSpread: index.podSpread,
    podsOwnedBy: index.podsOwnedBy,
    apply,
    since: history.since,
    get oldestRevision() {
      return history.oldest()
    },
    get compactedRevision() {
      return history.compacted(now())
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fork: (sources) => assemble(sources, { index: index.fork(), history: history.fork(), revision }),
    dump: () => ({
      revision,
      objects: Object.fromEntries(
        index
          .resources()
          .map((resource) => [resource, index.list(resource)] as const)
          .filter(([, objects]) => objects.length > 0),
      ),
    }),
  }
}

interface StoreOptions extends StoreSources {
  readonly contents?: StoreContents
  /** How much of the past is kept; 5,000 events and 5 minutes when not said. */
  readonly history?: Partial<HistoryLimits>
}

export const createStore = (options: StoreOptions): Store => {
  const index = createObjectIndex()
  for (const [resource, objects] of Object.entries(options.contents?.objects ?? {}))
    for (const object of objects) index.set(resource as ResourceName, object)
  const revision = options.contents?.revision ?? 0
  return assemble(options, { index, history: createHistory(revision, options.history), revision })
}
