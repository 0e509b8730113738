import type { HttpExchange } from "../cluster.ts"

/** The last HTTP exchanges, numbered from 1. */
export interface ExchangeMemory {
  /** Of the last one; 0 when there was none. */
  readonly lastId: () => number
  readonly add: (exchange: HttpExchange) => void
  /** Oldest first; the list never changes once handed out. */
  readonly list: () => readonly HttpExchange[]
}

const KEPT = 1000

/** Copies only now and then: a session sends thousands, and few ask for all of them. */
export const createExchangeMemory = (
  given: { readonly list: readonly HttpExchange[]; readonly lastId: number } = { list: [], lastId: 0 },
): ExchangeMemory => {
  let kept = [...given.list]
  let { lastId } = given
  let handedOut: readonly HttpExchange[] | undefined
  return {
    lastId: () => lastId,
    add(exchange) {
      lastId = exchange.id
      handedOut = undefined
      kept.push(exchange)
      if (kept.length >= 2 * KEPT) kept = kept.slice(-KEPT)
    },
    list() {
      handedOut ??= kept.slice(-KEPT)
      return handedOut
    },
  }
}
