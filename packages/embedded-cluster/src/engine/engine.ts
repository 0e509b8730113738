import type { KubeObject, Random, Result } from "@pilotage/kube-model"
import type { Store, StoreError } from "../store/store.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import type { Controller, Outcome, Report } from "./controller.ts"
import type { EventQueue } from "./event-queue.ts"
import { EVENT_TTL_MS, type EventRecorder } from "./event-recorder.ts"

const SWEEPER = "events"
/** A refused write is tried again, as a real controller would: with what the store holds then. */
const RETRY_MS = 1000

export interface EngineParts {
  readonly store: Store
  readonly queue: EventQueue
  readonly random: Random
  readonly recorder: EventRecorder
  readonly controllers: readonly Controller[]
  readonly clock: { now: number }
  /** What a controller's write says of who made it. Absent: nothing. */
  readonly sign?: (controller: string, write: Write) => Write
}

/** Virtual time, the store and the controllers that react to it. */
export interface Engine {
  readonly commit: (write: Write) => Result<StoreEvent | undefined, StoreError>
  readonly report: (report: Report) => void
  readonly wake: (controller: string, key: string, at: number) => void
  /**
   * Steps from due time to due time, up to and including `until`. `onStep` is called after each due time, with the last
   * moment before the next: nothing more will happen until then.
   */
  readonly advanceTo: (until: number, onStep?: (settled: number) => void) => void
}

export const createEngine = ({ store, queue, random, recorder, controllers, clock, sign }: EngineParts): Engine => {
  const byName = new Map(controllers.map((controller) => [controller.name, controller]))

  store.subscribe((event) => {
    if (event.resource === "events") {
      if (event.type === "DELETED") recorder.forget(event.object)
      return
    }
    for (const controller of controllers)
      for (const key of controller.keysOf(event, store))
        queue.wake(controller.name, key, clock.now + controller.delayMs)
  })

  const isGoing = (object: KubeObject): boolean => {
    const { namespace } = object.metadata
    if (namespace === undefined) return false
    const found = store.get("namespaces", "", namespace)
    return found === undefined || found.status?.phase === "Terminating"
  }

  const report = (each: Report): void => {
    if (isGoing(each.about)) return
    for (const write of recorder.record(each, store, clock.now, random)) store.apply(write)
    queue.wake(SWEEPER, "", clock.now + EVENT_TTL_MS)
  }

  const carryOut = (controller: Controller, key: string, { writes, timers, reports }: Outcome): void => {
    let refused = false
    for (const write of writes) if (!store.apply(sign ? sign(controller.name, write) : write).ok) refused = true
    for (const each of reports ?? []) report(each)
    for (const timer of timers ?? []) queue.wake(controller.name, timer.key, clock.now + timer.afterMs)
    if (refused) queue.wake(controller.name, key, clock.now + RETRY_MS)
  }

  const sweep = (): void => {
    const { writes, nextMs } = recorder.sweep(store, clock.now)
    for (const write of writes) store.apply(write)
    if (nextMs !== undefined) queue.wake(SWEEPER, "", nextMs)
  }

  return {
    commit: store.apply,
    report,
    wake: queue.wake,
    advanceTo(until, onStep) {
      for (let due = queue.next(); due && due.at <= until; due = queue.next()) {
        queue.take()
        const moved = due.at > clock.now
        if (moved) {
          onStep?.(due.at - 1)
          clock.now = due.at
        }
        const controller = byName.get(due.controller)
        if (controller)
          carryOut(controller, due.key, controller.reconcile({ view: store, now: clock.now, random }, due.key))
        else if (due.controller === SWEEPER) sweep()
      }
      if (until > clock.now) clock.now = until
      onStep?.(clock.now)
    },
  }
}
