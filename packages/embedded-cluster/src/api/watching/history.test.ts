import { createRandom, type Random } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { createStore, type Store } from "../../store/store.ts"
import { createApi } from "../api.ts"
import { createClients, type Server } from "./history-check/clients.ts"
import { createLists } from "./history-check/lists.ts"
import { writer } from "./history-check/writer.ts"
import { createWrittenLog } from "./history-check/written-log.ts"

/** For a long run by hand: 50 seeds of 20,000 and more. */
const SEEDS = 10
const OPERATIONS = 10_000

/** Small enough for clients that stay away a while to find their past gone. */
const HISTORY = { events: 120, compactionMs: 60_000 }

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

const play = (seed: number) => {
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
  for (let operation = 0; operation < OPERATIONS; operation += 1) {
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
  return { log, clients, lists, restarts }
}

test.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
  "watches are ordered, unique, reliable, resumable, bookmarkable and filterable, lists snapshots: seed %i",
  (seed) => {
    const { log, clients, lists, restarts } = play(seed)
    expect(clients.breaches.slice(0, 3)).toEqual([])
    expect(lists.problems.slice(0, 3)).toEqual([])
    // Atomic: every revision is one write, and no write is without one.
    expect(log.all.every(({ revision }, index) => revision === (log.all[index - 1]?.revision ?? 0) + 1)).toBe(true)
    // The run was worth it.
    expect(restarts).toBeGreaterThan(5)
    expect(clients.figures.events).toBeGreaterThan(OPERATIONS)
    expect(Math.min(clients.figures.expired, lists.figures.expired)).toBeGreaterThan(3)
    expect(lists.figures.complete).toBeGreaterThan(20)
  },
)
