import { err, ok, type Result } from "@pilotage/kube-model"
import type { StoreEvent } from "../store-types.ts"

/** The last events of a store, for watches that begin in the past. */
export interface History {
  readonly add: (event: StoreEvent) => void
  /** Events after `revision`, oldest first. `expired`: some of them are no longer kept. */
  readonly since: (revision: number) => Result<readonly StoreEvent[], "expired">
  readonly fork: () => History
}

const HISTORY_LIMIT = 5000

/** `start`: revision of the state that the first kept event builds upon. */
export const createHistory = (start: number, limit = HISTORY_LIMIT, kept: readonly StoreEvent[] = []): History => {
  let events = [...kept]
  let floor = start
  return {
    add(event) {
      events.push(event)
      if (events.length <= limit * 1.25) return
      events = events.slice(-limit)
      floor = (events[0]?.revision ?? event.revision) - 1
    },
    since(revision) {
      if (revision < floor) return err("expired")
      let low = 0
      let high = events.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((events[middle]?.revision ?? 0) <= revision) low = middle + 1
        else high = middle
      }
      return ok(events.slice(low))
    },
    fork: () => createHistory(floor, limit, events),
  }
}
