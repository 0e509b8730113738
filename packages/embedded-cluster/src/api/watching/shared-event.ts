import type { KubeObject, WatchEvent } from "@pilotage/kube-model"
import type { StoreEvent } from "../../store-types.ts"

type Shared = { [Type in WatchEvent["type"]]?: WatchEvent }

const shared = new WeakMap<object, Shared>()
const lastStates = new WeakMap<StoreEvent, KubeObject>()

/** The one event of a type about a version of an object, whoever is told: hosts write it once for all. */
export const sharedEvent = (type: WatchEvent["type"], object: WatchEvent["object"]): WatchEvent => {
  const known = shared.get(object) ?? {}
  const event = known[type] ?? { type, object }
  if (known[type]) return event
  known[type] = event
  shared.set(object, known)
  return event
}

/** The object as it was before it went or left a selection, with the revision at which it did (apiserver `storage/cacher`). */
export const lastState = (event: StoreEvent): KubeObject => {
  const known = lastStates.get(event)
  if (known) return known
  const { previous = event.object, revision } = event
  const state: KubeObject = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } }
  lastStates.set(event, state)
  return state
}
