import type { KubeObject, Random } from "@pilotage/kube-model"
import type { Store } from "../../../store/store.ts"
import { COLOURS, KINDS, NAMES, NAMESPACES } from "./selection.ts"
import type { WrittenLog } from "./written-log.ts"

const DELETED_AT = "2026-01-05T09:00:00Z"

/** Writes at random: creates, changes of labels and data, removals, and finalizers that hold an object until they go. */
export const writer = (random: Random, log: WrittenLog) => {
  const present = new Map<string, KubeObject>()

  const draft = (kind: string, namespace: string, name: string): KubeObject => ({
    apiVersion: "v1",
    kind,
    metadata: {
      name,
      namespace,
      labels: { colour: random.pick(COLOURS) },
      ...(random.below(12) === 0 ? { finalizers: ["example.com/hold"] } : {}),
    },
    spec: { n: random.below(4) },
  })
  /** The next state that somebody wants of an object; a held one may be marked as deleted, a marked one let go. */
  const changed = (kind: string, before: KubeObject): KubeObject => {
    const { namespace = "", name, finalizers, deletionTimestamp } = before.metadata
    const next = draft(kind, namespace, name)
    const isHeld = finalizers !== undefined && (deletionTimestamp === undefined || random.below(2) === 0)
    const { finalizers: _, ...metadata } = next.metadata
    return {
      ...next,
      metadata: {
        ...metadata,
        ...(isHeld ? { finalizers } : {}),
        ...(deletionTimestamp !== undefined || (isHeld && random.below(3) === 0)
          ? { deletionTimestamp: DELETED_AT }
          : {}),
      },
    }
  }

  return (store: Store): void => {
    const { resource, kind } = random.pick(KINDS)
    const [namespace, name] = [random.pick(NAMESPACES), random.pick(NAMES)]
    const key = `${namespace}/${name}`
    const slot = `${resource} ${key}`
    const before = present.get(slot)
    const done = !before
      ? store.apply({ kind: "create", resource, object: draft(kind, namespace, name) })
      : random.below(4) === 0
        ? store.apply({ kind: "remove", resource, namespace, name })
        : store.apply({ kind: "update", resource, object: changed(kind, before) })
    if (!done.ok) throw new Error(`${slot} was refused: ${done.error.reason}`)
    if (!done.value) return
    const { type, object, revision } = done.value
    const after = type === "DELETED" ? undefined : object
    if (after) present.set(slot, after)
    else present.delete(slot)
    log.add({ resource, key, revision, before, after })
  }
}
