import { err, ok, type Result } from "@pilotage/kube-model"
import type { StoreEvent } from "../store-types.ts"

/** How much of the past a store keeps. The same writes at the same virtual times always leave the same past. */
export interface HistoryLimits {
  /** Events at least; up to a quarter more are kept. What is older can neither be watched nor listed. */
  readonly events: number
  /**
   * Every so many virtual milliseconds, what was current one such period before is compacted: it can no longer be listed
   * (kube-apiserver --etcd-compaction-interval, 5 minutes). Watches are served from memory and go back further.
   */
  readonly compactionMs: number
}

const DEFAULT_LIMITS: HistoryLimits = { events: 5000, compactionMs: 300_000 }

/** The last events of a store, for watches that begin in the past and lists of a past revision. */
export interface History {
  /** `at`: virtual time of the event; never less than that of the event before. */
  readonly add: (event: StoreEvent, at: number) => void
  /** Events after `revision`, oldest first. `expired`: some of them are no longer kept. */
  readonly since: (revision: number) => Result<readonly StoreEvent[], "expired">
  /** The oldest revision that `since` knows. */
  readonly oldest: () => number
  /** The oldest revision whose state may be asked for at the time `now`. */
  readonly compacted: (now: number) => number
  readonly fork: () => History
}

/** The revision that was current when a period began. */
interface Mark {
  readonly period: number
  readonly revision: number
}

interface Kept {
  readonly floor: number
  readonly events: readonly StoreEvent[]
  readonly marks: readonly Mark[]
}

/** Index of the first event after a revision. */
const firstAfter = (events: readonly StoreEvent[], revision: number): number => {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.revision ?? 0) <= revision) low = middle + 1
    else high = middle
  }
  return low
}

/** `start`: revision of the state that the first event will build upon. */
export const createHistory = (start: number, given: Partial<HistoryLimits> = {}, kept?: Kept): History => {
  const limits = { ...DEFAULT_LIMITS, ...given }
  const periodOf = (at: number): number => Math.floor(at / limits.compactionMs)
  let events = [...(kept?.events ?? [])]
  let floor = kept?.floor ?? start
  let marks = kept?.marks ?? []
  let last = events.at(-1)?.revision ?? floor
  return {
    add(event, at) {
      const period = periodOf(at)
      if (period > (marks.at(-1)?.period ?? -1)) marks = [...marks.slice(-2), { period, revision: last }]
      last = event.revision
      events.push(event)
      if (events.length <= limits.events * 1.25) return
      events = events.slice(-limits.events)
      floor = (events[0]?.revision ?? event.revision) - 1
    },
    since: (revision) => (revision < floor ? err("expired") : ok(events.slice(firstAfter(events, revision)))),
    oldest: () => floor,
    compacted(now) {
      // The present period began with a compaction to what was current when the one before it began.
      const before = periodOf(now) - 1
      return Math.max(floor, marks.find(({ period }) => period >= before)?.revision ?? last)
    },
    fork: () => createHistory(floor, limits, { floor, events, marks }),
  }
}
