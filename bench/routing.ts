import {
  type Change,
  type ClusterState,
  compile,
  decide,
  type RoutingTable,
  trace,
  update,
} from "@pilotage/routing-core"
import { type Latency, latency } from "./latency.ts"
import { lookupFloor } from "./lookup-floor.ts"
import { type Figure, heapOf, median, middle, timed } from "./measure.ts"
import { naiveScan } from "./naive-scan.ts"
import { serviceChanges, sliceChanges } from "./routing-changes.ts"
import { type Destination, requestsOf } from "./routing-requests.ts"
import { type RoutingWorld, routingWorld } from "./routing-world.ts"

/** Measured rounds, each with so many calls of its own; a shorter one before them warms up. */
const ROUNDS = 3
const WARM_UP = 30_000
const REQUESTS = 100_000
const CHANGES = 20_000

const compiled = (state: ClusterState): RoutingTable => {
  const table = compile(state)
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return table.value
}

/** Lists of inputs, none of them twice the same. */
const rounds = <T>(count: number, list: (length: number, seed: number) => readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: ROUNDS + 1 }, (_, round) => list(round === 0 ? Math.min(WARM_UP, count) : count, round + 1))

const ofRequests = (
  world: RoutingWorld,
  count: number,
  call: (request: ReturnType<ReturnType<typeof requestsOf>>) => unknown,
  only?: Destination,
): Latency =>
  latency(
    rounds(count, (length, seed) => {
      const next = requestsOf(world, seed, only)
      return Array.from({ length }, next)
    }),
    call,
  )

/** A thousand requests that are asked again and again, as a page, a grader or a probe asks. */
const ofFewRequests = (
  world: RoutingWorld,
  call: (request: ReturnType<ReturnType<typeof requestsOf>>) => unknown,
): Latency =>
  latency(
    rounds(REQUESTS, (length, seed) => {
      const next = requestsOf(world, seed)
      const few = Array.from({ length: 1_000 }, next)
      return Array.from({ length: length / few.length }, () => few).flat()
    }),
    call,
  )

/** Each change is made to the table that the one before it left. `afterwards` is timed with it. */
const ofChanges = (
  start: RoutingTable,
  changes: (length: number, seed: number) => readonly Change[],
  afterwards: (table: RoutingTable) => unknown = (table) => table,
): Latency => {
  let table = start
  return latency(rounds(CHANGES, changes), (change) => {
    const next = update(table, change)
    if (!next.ok) throw new Error(`${next.error.path}: ${next.error.message}`)
    table = next.value
    return afterwards(table)
  })
}

interface Measured {
  readonly decided: Latency
  readonly explained: Latency
  readonly service: Latency
  readonly slice: Latency
}

const measure = (world: RoutingWorld, table: RoutingTable): Measured => {
  const small = world.services.filter((each) => each.kind !== "crowd")
  return {
    decided: ofRequests(world, REQUESTS, (request) => decide(table, request)),
    explained: ofRequests(world, REQUESTS, (request) => trace(table, request)),
    service: ofChanges(table, (length, seed) => serviceChanges(small, length, seed)),
    slice: ofChanges(table, (length, seed) => sliceChanges(small, length, seed)),
  }
}

const figures = (name: string, { p50, p99 }: Latency, aim: number): readonly Figure[] => [
  { name: `${name}, p50`, value: p50, unit: "µs", aim: Number.NaN },
  { name: `${name}, p99`, value: p99, unit: "µs", aim },
]

const WHAT = ["decided", "explained", "service", "slice"] as const
const AIM = { decided: 2, explained: 15, service: 50, slice: 50 } as const
const NAME = {
  decided: "decide, without explanation",
  explained: "trace, explained",
  service: "a Service changes",
  slice: "an EndpointSlice changes",
} as const

const compileFigures = (world: RoutingWorld): readonly Figure[] => {
  const from = { kind: "node", name: "node-1" } as const
  const toAll = (): void => {
    const table = compiled(world.state)
    for (const { clusterIP } of world.services) trace(table, { from, to: clusterIP, port: 80, protocol: "TCP" })
  }
  return [
    { name: "compile", value: median(5, () => timed(() => compiled(world.state)), 2), unit: "ms", aim: 1_500 },
    {
      name: "compile, then a trace to each Service",
      value: median(3, () => timed(toAll), 1),
      unit: "ms",
      aim: Number.NaN,
    },
    {
      name: "memory of the compiled table",
      value: middle([1, 2, 3].map(() => heapOf(() => compiled(world.state)))),
      unit: "MiB",
      aim: Number.NaN,
    },
  ]
}

/** What one Service with 5,000 endpoints in 50 slices costs. */
const crowdFigures = (world: RoutingWorld, table: RoutingTable): readonly Figure[] => {
  const crowd = world.services.filter((each) => each.kind === "crowd")
  const request = requestsOf(world, 1, "crowd")()
  return [
    ...figures(
      "decide, to a Service with 5,000 endpoints",
      ofRequests(world, 20_000, (request) => decide(table, request), "crowd"),
      AIM.decided,
    ),
    ...figures(
      "trace, explained: to 5,000 endpoints",
      ofRequests(world, 2_000, (request) => trace(table, request), "crowd"),
      Number.NaN,
    ),
    ...figures(
      "one of its EndpointSlices changes",
      ofChanges(table, (length, seed) => sliceChanges(crowd, length / 20, seed)),
      AIM.slice,
    ),
    ...figures(
      "one of them changes, then the first decide",
      ofChanges(
        table,
        (length, seed) => sliceChanges(crowd, length / 20, seed),
        (changed) => decide(changed, request),
      ),
      Number.NaN,
    ),
  ]
}

const naiveFigures = (world: RoutingWorld, ours: Latency): readonly Figure[] => {
  const naive = ofRequests(world, 2_000, (request) => naiveScan(world.state, request))
  return [
    { name: "naive scan of all objects, p50", value: naive.p50, unit: "µs", aim: Number.NaN },
    { name: "naive scan ÷ decide, p50", value: naive.p50 / ours.p50, unit: "×", aim: 1, better: "more" },
  ]
}

interface Floor {
  readonly silent: Latency
  readonly told: Latency
  readonly decided: Latency
  readonly explained: Latency
}

/** What the look-ups alone cost beside our answers to the same requests, which go to cluster IPs. */
const floorOf = (world: RoutingWorld, table: RoutingTable): Floor => {
  const timed = (call: (request: ReturnType<ReturnType<typeof requestsOf>>) => unknown): Latency =>
    ofRequests(world, 40_000, call, "cluster-ip")
  return {
    silent: timed(lookupFloor(world, false)),
    told: timed(lookupFloor(world, true)),
    decided: timed((request) => decide(table, request)),
    explained: timed((request) => trace(table, request)),
  }
}

const floorFigures = (small: Floor, large: Floor): readonly Figure[] => {
  const ratio = (name: string, value: number): Figure => ({ name, value, unit: "×", aim: Number.NaN })
  return [
    ...figures("floor: three look-ups in Maps, no decision", large.silent, Number.NaN),
    ...figures("floor: those of all ten endpoints", large.told, Number.NaN),
    ratio("floor: 10,000 ÷ 10 Services, p50", large.silent.p50 / small.silent.p50),
    ratio("decide, cluster IP ÷ its floor, p50", large.decided.p50 / large.silent.p50),
    ratio("decide, cluster IP ÷ its floor, p99", large.decided.p99 / large.silent.p99),
    ratio("trace, cluster IP ÷ its floor, p50", large.explained.p50 / large.told.p50),
    ratio("trace, cluster IP ÷ its floor, p99", large.explained.p99 / large.told.p99),
  ]
}

const ratios = (small: Measured, large: Measured): readonly Figure[] =>
  WHAT.flatMap((what) =>
    (["p50", "p99"] as const).map((share) => ({
      name: `${NAME[what]}: 30,000 ÷ 10 Services, ${share}`,
      value: large[what][share] / small[what][share],
      unit: "×",
      aim: 2,
    })),
  )

/** Questions and changes at four sizes of a cluster; one world at a time is in memory. */
export const routingFigures = (): readonly Figure[] => {
  const sized = (count: number): Measured => {
    const world = routingWorld(count)
    return measure(world, compiled(world.state))
  }
  const few = routingWorld(10)
  const lowest = floorOf(few, compiled(few.state))
  const small = sized(10)
  const medium = sized(1_000)
  const world = routingWorld(10_000)
  const compiling = compileFigures(world)
  const table = compiled(world.state)
  const wanted = measure(world, table)
  const again = [
    ...figures(
      "decide, the same 1,000 requests again and again",
      ofFewRequests(world, (request) => decide(table, request)),
      AIM.decided,
    ),
    ...figures(
      "trace, the same 1,000 requests again and again",
      ofFewRequests(world, (request) => trace(table, request)),
      AIM.explained,
    ),
  ]
  const floor = floorFigures(lowest, floorOf(world, table))
  const more = [...floor, ...crowdFigures(world, table), ...naiveFigures(world, wanted.decided)]
  const large = sized(30_000)
  return [
    ...compiling,
    ...WHAT.flatMap((what) => figures(NAME[what], wanted[what], AIM[what])),
    ...again,
    ...figures("trace, explained: 10 Services", small.explained, Number.NaN),
    ...figures("trace, explained: 1,000 Services", medium.explained, Number.NaN),
    ...figures("trace, explained: 30,000 Services", large.explained, Number.NaN),
    ...ratios(small, large),
    ...more,
  ]
}
