import {
  isPodTerminal,
  isTerminating,
  type KubeObject,
  type LabelSelector,
  type Labels,
  matchesSelector,
  type Pod,
} from "@pilotage/kube-model"
import { type ControllerView, keyOf } from "../engine/controller.ts"
import type { ResourceName, StoreEvent, Write } from "../store-types.ts"
import { controllerOf, ownerReference } from "./owners.ts"

/** Who keeps pods that a selector names. */
export interface PodKeeper extends KubeObject {
  readonly spec: { readonly selector: LabelSelector }
}

interface Claims {
  readonly owned: readonly Pod[]
  readonly writes: readonly Write[]
}

const byName = (a: Pod, b: Pod): number => (a.metadata.name < b.metadata.name ? -1 : 1)

/** The pods of a keeper's namespace that are its own or nobody's, by name: all that `claimPods` has to look at. */
export const claimable = ({ metadata: { namespace = "", uid } }: PodKeeper, view: ControllerView): readonly Pod[] => {
  const [orphans, owned] = [view.podsOwnedBy(namespace), uid === undefined ? [] : view.podsOwnedBy(namespace, uid)]
  return orphans.length === 0 ? owned : [...orphans, ...owned].sort(byName)
}

/** The same question about one object of labels after another: the pods of a template share theirs. */
const selection = (selector: LabelSelector): ((labels: Labels | undefined) => boolean) => {
  let asked: { readonly labels: Labels | undefined; readonly matches: boolean } | undefined
  return (labels) => {
    if (asked?.labels !== labels) asked = { labels, matches: matchesSelector(selector, labels) }
    return asked?.matches ?? false
  }
}

/**
 * Pods that belong to a keeper: owned ones, and orphans that match are adopted; owned ones that no longer match are let
 * go (kubernetes `pkg/controller/controller_ref_manager.go`). One that is being deleted adopts nobody.
 */
export const claimPods = (keeper: PodKeeper, pods: readonly Pod[]): Claims => {
  const owned: Pod[] = []
  const writes: Write[] = []
  const isGoing = keeper.metadata.deletionTimestamp !== undefined
  const isSelected = selection(keeper.spec.selector)
  for (const pod of pods) {
    const owner = controllerOf(pod)
    if (owner !== undefined && owner.uid !== keeper.metadata.uid) continue
    const matches = isSelected(pod.metadata.labels)
    if (owner && matches) owned.push(pod)
    else if (owner && !isTerminating(pod)) {
      const { ownerReferences = [], ...metadata } = pod.metadata
      const rest = ownerReferences.filter((each) => each.uid !== keeper.metadata.uid)
      writes.push({
        kind: "update",
        resource: "pods",
        object: { ...pod, metadata: rest.length > 0 ? { ...metadata, ownerReferences: rest } : metadata },
      })
    } else if (!owner && matches && !isGoing && !isTerminating(pod) && !isPodTerminal(pod)) {
      const ownerReferences = [...(pod.metadata.ownerReferences ?? []), ownerReference(keeper)]
      owned.push(pod)
      writes.push({
        kind: "update",
        resource: "pods",
        object: { ...pod, metadata: { ...pod.metadata, ownerReferences } },
      })
    }
  }
  return { owned, writes }
}

const asItIs = (object: KubeObject): PodKeeper => object as PodKeeper

/**
 * Keys of the keepers of a kind that a change concerns: themselves, a pod's owner, the owner it had, or for an orphan all
 * that would take it. `asKeeper` reads a keeper whose selector is written in another way.
 */
export const keeperKeys =
  (resource: ResourceName, kind: string, asKeeper = asItIs) =>
  (event: StoreEvent, view: ControllerView): readonly string[] => {
    if (event.resource === resource) return event.type === "DELETED" ? [] : [keyOf(event.object)]
    if (event.resource !== "pods") return []
    const pod = event.object as Pod
    const namespace = pod.metadata.namespace ?? ""
    const keys: string[] = []
    for (const each of [pod, event.previous]) {
      const owner = each && controllerOf(each)
      if (owner?.kind === kind) keys.push(`${namespace}/${owner.name}`)
    }
    if (!controllerOf(pod))
      for (const keeper of view.list(resource, namespace) as readonly KubeObject[])
        if (matchesSelector(asKeeper(keeper).spec.selector, pod.metadata.labels)) keys.push(keyOf(keeper))
    return keys
  }
