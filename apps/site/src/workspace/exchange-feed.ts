import type { HttpExchange } from "@pilotage/embedded-cluster"

/** The requests of a view as they are sent: each request crosses once, then only its id does. */
export interface ExchangeUpdate {
  /** What the reader had before is of another session: forget it. */
  readonly anew: boolean
  readonly fresh: readonly HttpExchange[]
  /** All requests of the view, oldest first. */
  readonly ids: readonly number[]
}

/** Ids that both ends remember at most. */
const KNOWN = 4_000

/** The worker's end. A function of all requests of a view; `forget` when their ids begin to mean others. */
export const exchangeWriter = (): {
  readonly write: (exchanges: readonly HttpExchange[]) => ExchangeUpdate
  readonly forget: () => void
} => {
  let known: ReadonlySet<number> = new Set()
  let anew = true
  return {
    write(exchanges) {
      anew ||= known.size > KNOWN
      const had = anew ? new Set<number>() : known
      const fresh = exchanges.filter(({ id }) => !had.has(id))
      const update = { anew, fresh, ids: exchanges.map(({ id }) => id) }
      known = fresh.length > 0 || anew ? new Set([...had, ...fresh.map(({ id }) => id)]) : known
      anew = false
      return update
    },
    forget() {
      anew = true
    },
  }
}

/** The page's end: the requests of the view. One that was there before stays the same object. */
export const exchangeReader = (): ((update: ExchangeUpdate) => readonly HttpExchange[]) => {
  const known = new Map<number, HttpExchange>()
  return ({ anew, fresh, ids }) => {
    if (anew) known.clear()
    for (const exchange of fresh) known.set(exchange.id, exchange)
    return ids.flatMap((id) => known.get(id) ?? [])
  }
}
