import type { Store } from "../../store/store.ts"
import type { ResourceName, StoreEvent } from "../../store-types.ts"

/** An open watch, as the hub sees it. */
interface Watcher {
  readonly resource: ResourceName
  /** Events come in order; those that the watcher knows already, too. */
  readonly offer: (event: StoreEvent) => void
  /** When the watcher wants to be called by `onTime`; asked again after each call. */
  readonly nextAt: () => number
  readonly onTime: (now: number) => void
}

/** All watches of an API: hands them what happens in the store, and their bookmarks and ends when their time comes. */
export interface WatchHub {
  /** Returns how to leave. */
  readonly join: (watcher: Watcher) => () => void
  /** How many watches have been opened so far. */
  readonly opened: () => number
  readonly nextDue: () => number | undefined
  /** Does what is due at or before `until`, in order of time, then age. */
  readonly advanceTo: (until: number) => void
}

export const createWatchHub = (store: Pick<Store, "subscribe">): WatchHub => {
  const watchers = new Map<ResourceName, Set<Watcher>>()
  let opened = 0
  let soonest = Number.POSITIVE_INFINITY

  const all = (): Watcher[] => [...watchers.values()].flatMap((each) => [...each])
  const findSoonest = (): void => {
    soonest = all().reduce((least, watcher) => Math.min(least, watcher.nextAt()), Number.POSITIVE_INFINITY)
  }
  // A watcher who is told something may write, and all must hear of that after what they are being told now.
  const pending: StoreEvent[] = []
  let busy = false
  store.subscribe((event) => {
    pending.push(event)
    if (busy) return
    busy = true
    try {
      for (let next = pending.shift(); next; next = pending.shift())
        for (const watcher of watchers.get(next.resource) ?? []) watcher.offer(next)
    } finally {
      busy = false
    }
  })

  return {
    join(watcher) {
      const known = watchers.get(watcher.resource) ?? new Set<Watcher>()
      watchers.set(watcher.resource, known.add(watcher))
      opened += 1
      soonest = Math.min(soonest, watcher.nextAt())
      return () => {
        known.delete(watcher)
        if (watcher.nextAt() <= soonest) findSoonest()
      }
    },
    opened: () => opened,
    nextDue: () => (soonest === Number.POSITIVE_INFINITY ? undefined : soonest),
    advanceTo(until) {
      while (soonest <= until && !busy) {
        const now = soonest
        for (const watcher of all()) if (watcher.nextAt() <= now) watcher.onTime(now)
        findSoonest()
      }
    },
  }
}
