import { err, type KubeObject, ok, type Result } from "@pilotage/kube-model"
import type { StoreEvent } from "../store-types.ts"

/** How much of the past a store keeps. The same writes at the same virtual times always leave the same past. */
export interface HistoryLimits {
  /** Events at least; up to a twentieth more are kept. What is older can neither be watched nor listed. */
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
  /** `at`: virtual time of the event; never less than that of the event before. Its revision is the one after that of the event before. */
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

/** What is kept of an event: the rest follows from where it stands, for every event has the revision after the one before. */
interface Past {
  readonly sorts: readonly Sort[]
  readonly objects: readonly KubeObject[]
  readonly previous: readonly (KubeObject | undefined)[]
}

interface Kept {
  readonly floor: number
  readonly past: Past
  readonly marks: readonly Mark[]
}

type Sort = Pick<StoreEvent, "type" | "resource">

const sorts = new Map<string, Sort>()

/** Always the same one for a type and a resource: thousands of events are of few sorts. */
const sortOf = ({ type, resource }: StoreEvent): Sort => {
  const key = `${type}/${resource}`
  const known = sorts.get(key) ?? { type, resource }
  sorts.set(key, known)
  return known
}

/** `start`: revision of the state that the first event will build upon. */
export const createHistory = (start: number, given: Partial<HistoryLimits> = {}, kept?: Kept): History => {
  const limits = { ...DEFAULT_LIMITS, ...given }
  const periodOf = (at: number): number => Math.floor(at / limits.compactionMs)
  let floor = kept?.floor ?? start
  let marks = kept?.marks ?? []
  let [kinds, objects, previous] = [
    [...(kept?.past.sorts ?? [])],
    [...(kept?.past.objects ?? [])],
    [...(kept?.past.previous ?? [])],
  ]
  const last = (): number => floor + objects.length
  const after = (revision: number): readonly StoreEvent[] => {
    const events: StoreEvent[] = []
    for (let index = Math.max(0, revision - floor); index < objects.length; index += 1) {
      const [sort, object, before] = [kinds[index], objects[index], previous[index]]
      if (sort && object)
        events.push({ ...sort, object, ...(before ? { previous: before } : {}), revision: floor + index + 1 })
    }
    return events
  }
  return {
    add(event, at) {
      const period = periodOf(at)
      if (period > (marks.at(-1)?.period ?? -1)) marks = [...marks.slice(-2), { period, revision: last() }]
      kinds.push(sortOf(event))
      objects.push(event.object)
      previous.push(event.previous)
      if (objects.length <= limits.events * 1.05) return
      floor = last() - limits.events
      kinds = kinds.slice(-limits.events)
      objects = objects.slice(-limits.events)
      previous = previous.slice(-limits.events)
    },
    since: (revision) => (revision < floor ? err("expired") : ok(after(revision))),
    oldest: () => floor,
    compacted(now) {
      // The present period began with a compaction to what was current when the one before it began.
      const before = periodOf(now) - 1
      return Math.max(floor, marks.find(({ period }) => period >= before)?.revision ?? last())
    },
    fork: () => createHistory(floor, limits, { floor, past: { sorts: kinds, objects, previous }, marks }),
  }
}
