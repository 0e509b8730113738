import type { KubeObject, Random } from "@pilotage/kube-model"
import type { PodLookup } from "../store/pod-index.ts"
import type { Effects, StoreEvent, StoreView } from "../store-types.ts"

/** The store as controllers read it. */
export interface ControllerView extends StoreView, PodLookup {}

export interface ControllerContext {
  readonly view: ControllerView
  /** Virtual milliseconds since 1970. */
  readonly now: number
  readonly random: Random
}

/** An Event to be recorded about an object; equal ones are counted, not repeated. */
export interface Report {
  readonly about: KubeObject
  /** For example `spec.containers{web}`. */
  readonly fieldPath?: string
  readonly type: "Normal" | "Warning"
  readonly reason: string
  readonly message: string
  readonly component: string
  /** The node of a kubelet. */
  readonly host?: string
}

export interface Outcome extends Effects {
  readonly reports?: readonly Report[]
}

/**
 * A control loop without a loop. A change of the store names keys; some time later each key is reconciled once,
 * however often it was named. A key is `namespace/name` unless the controller says otherwise. Timers name keys as well.
 */
export interface Controller {
  readonly name: string
  /** From a change to the reconciliation: changes in between are seen together. */
  readonly delayMs: number
  readonly keysOf: (event: StoreEvent, view: ControllerView) => readonly string[]
  readonly reconcile: (context: ControllerContext, key: string) => Outcome
}

export const NOTHING: Outcome = { writes: [] }

export const keyOf = (object: KubeObject): string => `${object.metadata.namespace ?? ""}/${object.metadata.name}`

export const splitKey = (key: string): { readonly namespace: string; readonly name: string } => {
  const at = key.indexOf("/")
  return { namespace: key.slice(0, at), name: key.slice(at + 1) }
}
