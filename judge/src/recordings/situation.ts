import { selectsPods } from "@pilotage/kube-model"
import type { Manifests } from "./manifests.ts"
import { ALL_IS_WELL, type Situation } from "./world.ts"

/**
 * What a row's note says was going on. More than one: controllers and proxies were just catching up, and either may be
 * what the try met. `later`: what it became while the connection was open.
 */
export interface Moment {
  readonly either: readonly Situation[]
  readonly later?: Situation
}

/** How long after a change of a label or address every node may still have the old rules (facts A.9). */
const SYNC_MS = 1_200
/** How long a node is silent before its pods are taken out of Services, at least and at most (facts A.12). */
const SILENCE_MS = [40_000, 45_000] as const
/** How long after its return a node's pods are back in Services (facts A.12). */
const RETURN_MS = 6_000

const TRIES_EVERY_MS = 600
const FIRST_TRY_BEFORE_MS = 1_000

const set = (...names: readonly string[]): ReadonlySet<string> => new Set(names)

/** Pods that carry the labels of `name`, itself left out. */
const siblings = ({ pods }: Manifests, name: string): readonly string[] => {
  const labels = pods.find((pod) => pod.metadata.name === name)?.metadata.labels
  return pods
    .filter((pod) => pod.metadata.name !== name && selectsPods(labels, pod.metadata.labels))
    .map((pod) => pod.metadata.name)
}

const now = (situation: Partial<Situation>): Moment => ({ either: [{ ...ALL_IS_WELL, ...situation }] })

const pausedNode = (manifests: Manifests, node: string, destination: string): Moment => {
  const ms = Number(/^(\d+) s/.exec(destination)?.[1] ?? "0") * 1000
  const unready = set(...manifests.pods.filter((pod) => pod.spec.nodeName === node).map((pod) => pod.metadata.name))
  const silent: Situation = { ...ALL_IS_WELL, stoppedNodes: set(node) }
  const noticed: Situation = { ...silent, unready }
  const [least, most] = SILENCE_MS
  return { either: ms < least ? [silent] : ms < most ? [silent, noticed] : [noticed] }
}

const returnedNode = (manifests: Manifests, node: string, destination: string): Moment => {
  const ms = Number(/^(\d+) s/.exec(destination)?.[1] ?? "0") * 1000
  const unready = set(...manifests.pods.filter((pod) => pod.spec.nodeName === node).map((pod) => pod.metadata.name))
  return { either: ms < RETURN_MS ? [{ ...ALL_IS_WELL, unready }, ALL_IS_WELL] : [ALL_IS_WELL] }
}

const newConnection = (relabelled: string, destination: string): Moment => {
  const number = Number(/^new connection, (\d+)$/.exec(destination)?.[1] ?? "0")
  const sinceChange = (number + 1) * TRIES_EVERY_MS - FIRST_TRY_BEFORE_MS
  const after: Situation = { ...ALL_IS_WELL, relabelled: set(relabelled) }
  return { either: sinceChange < 0 ? [ALL_IS_WELL] : sinceChange < SYNC_MS ? [ALL_IS_WELL, after] : [after] }
}

/** A pod that loses its label while connections are open; `undefined` when the note tells of none. */
export const relabelledIn = (note: string): string | undefined =>
  /^only endpoint (\S+), its label is changed/.exec(note)?.[1] ?? /^(\S+) relabelled/.exec(note)?.[1]

/**
 * Reads a note. `relabelledHere`: the pod whose label was changed in this case for the Service that the row asks; the
 * notes of new connections do not name it.
 */
export const momentOf = (
  manifests: Manifests,
  row: { readonly note: string; readonly destination: string },
  relabelledHere: string | undefined,
): Moment => {
  const { note, destination } = row
  const relabelled = relabelledIn(note)
  if (relabelled !== undefined) return { ...now({}), later: { ...ALL_IS_WELL, relabelled: set(relabelled) } }
  const deleted = /^(\S+) deleted /.exec(note)?.[1]
  if (deleted !== undefined) return { ...now({}), later: { ...ALL_IS_WELL, gone: set(deleted) } }
  if (/before the label change/.test(note) && relabelledHere !== undefined)
    return newConnection(relabelledHere, destination)
  const paused = /^(\S+),.* is paused /.exec(note)?.[1]
  if (paused !== undefined) return pausedNode(manifests, paused, destination)
  const unpaused = /^(\S+) unpaused$/.exec(note)?.[1]
  if (unpaused !== undefined) return returnedNode(manifests, unpaused, destination)
  const terminating = [...note.matchAll(/(\S+) on \S+ terminating/g)].map(([, name = ""]) => name)
  const gone = [...note.matchAll(/(\S+) is gone/g)].map(([, name = ""]) => name)
  const only = /^only (\S+) on /.exec(note)?.[1]
  return now({
    terminating: set(...terminating),
    gone: set(...gone, ...(only === undefined ? [] : siblings(manifests, only))),
  })
}
