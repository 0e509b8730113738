import { createRandom, type Random } from "@pilotage/kube-model"
import { createStore, type Store } from "../../../store/store.ts"
import { createApi } from "../../api.ts"
import { createClients, type Server } from "./clients.ts"
import { createLists } from "./lists.ts"
import type { Breach } from "./watched.ts"
import { writer } from "./writer.ts"
import { createWrittenLog } from "./written-log.ts"

/** Small enough for clients that stay away a while to find their past gone. */
const HISTORY = { events: 120, compactionMs: 60_000 }

/** What came of one random history, held to etcd's seven invariants of watches and to what lists promise. */
export interface HistoryReport {
  readonly breaches: readonly (Breach | { readonly invariant: "atomic"; readonly detail: string })[]
  /** Lists that were no snapshot of one revision. */
  readonly listProblems: readonly string[]
  readonly writes: number
  readonly restarts: number
  readonly watches: number
  /** Events and bookmarks that were checked. */
  readonly events: number
  /** Watches, and lists that went on, whose past had been compacted. */
  readonly expired: { readonly watches: number; readonly lists: number }
  /** Lists that were read to their end and compared. */
  readonly lists: number
}

const serve = (store: Store, random: Random, clock: { readonly now: number }) => ({
  store,
  api: createApi({ store, random, now: () => clock.now, commit: store.apply }),
})

/** A server that goes on after a restart: from a snapshot as JSON, without its past, or from a copy with it. */
const restarted = ({ store }: { readonly store: Store }, random: Random, clock: { readonly now: number }) => {
  const sources = { random, now: () => clock.now }
  const next =
    random.below(2) === 0
      ? store.fork(sources)
      : createStore({ ...sources, contents: JSON.parse(JSON.stringify(store.dump())), history: HISTORY })
  return serve(next, random, clock)
}

/** Plays a history of so many operations, writes and reads, out of a seed: the same seed, the same history. */
export const checkHistory = (seed: number, operations: number): HistoryReport => {
  const random = createRandom(seed)
  const clock = { now: 1_767_603_600_000 }
  const log = createWrittenLog()
  const [write, clients, lists] = [writer(random, log), createClients(random, log), createLists(random, log)]
  let server: Server & { readonly store: Store } = serve(
    createStore({ random, now: () => clock.now, history: HISTORY }),
    random,
    clock,
  )
  let restarts = 0
  for (let operation = 0; operation < operations; operation += 1) {
    const draw = random.below(1000)
    if (draw < 700) write(server.store)
    else if (draw < 740) clients.open(server)
    else if (draw < 790) clients.leave()
    else if (draw < 860) clients.resume(server)
    else if (draw < 900) {
      clock.now += random.below(30_000)
      server.api.watches.advanceTo(clock.now)
    } else if (draw < 940) lists.step(server)
    else if (draw < 997) clients.checkOne()
    else {
      restarts += 1
      clients.lose()
      server = restarted(server, random, clock)
    }
  }
  clients.checkAll()
  // Every revision is one write, and no write is without one.
  const torn = log.all.filter(({ revision }, index) => revision !== (log.all[index - 1]?.revision ?? 0) + 1)
  return {
    breaches: [
      ...clients.breaches,
      ...torn.map(({ revision }) => ({
        invariant: "atomic" as const,
        detail: `revision ${revision} is not one write`,
      })),
    ],
    listProblems: lists.problems,
    writes: log.all.length,
    restarts,
    watches: clients.figures.watches,
    events: clients.figures.events,
    expired: { watches: clients.figures.expired, lists: lists.figures.expired },
    lists: lists.figures.complete,
  }
}
