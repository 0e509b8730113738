import { conditionStatus, type Endpoint, type EndpointSlice, type Node, type Service } from "@pilotage/kube-model"
import { parseQuantity } from "../api/workloads/quantity.ts"
import { ZONE_LABEL } from "./endpoint-slice-content.ts"
import { type HintedSlices, isReadyEndpoint, withHints, withoutHints } from "./traffic-hints.ts"

/** So much more than its share an endpoint may have to carry. */
const OVERLOAD = 0.2

const ANNOTATIONS = ["service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode"] as const

/** The older annotation counts when both are there. */
export const wantsTopologyHints = ({ metadata: { annotations = {} } }: Service): boolean => {
  const key = ANNOTATIONS.find((each) => annotations[each] !== undefined)
  return key !== undefined && ["Auto", "auto"].includes(annotations[key] ?? "")
}

const CONTROL_PLANE = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"]

/** Zone to its part of all ready workers' processors; undefined when a worker's is not known, or there is but one zone. */
const zoneShares = (nodes: readonly Node[]): ReadonlyMap<string, number> | undefined => {
  const cores = new Map<string, number>()
  for (const { metadata, status } of nodes) {
    const labels = metadata.labels ?? {}
    if (CONTROL_PLANE.some((label) => Object.hasOwn(labels, label))) continue
    if (conditionStatus(status?.conditions, "Ready") !== "True") continue
    const own = parseQuantity(status?.allocatable?.cpu ?? "0") ?? 0
    const zone = labels[ZONE_LABEL]
    if (!zone || own === 0) return undefined
    cores.set(zone, (cores.get(zone) ?? 0) + own)
  }
  const total = [...cores.values()].reduce((sum, each) => sum + each, 0)
  return cores.size < 2 ? undefined : new Map([...cores].map(([zone, own]) => [zone, own / total]))
}

interface Allocation {
  readonly minimum: number
  readonly maximum: number
  readonly desired: number
}

type Allocations = ReadonlyMap<string, Allocation>

/** Undefined when some zone's endpoints would be overloaded whatever the hints. */
const allocationsOf = (shares: ReadonlyMap<string, number>, endpoints: number): Allocations | undefined => {
  if (shares.size > endpoints) return undefined
  const zones = [...shares].map(([zone, share]) => {
    const minimum = Math.ceil(share * endpoints * (1 / (1 + OVERLOAD)))
    return { zone, minimum, desired: Math.max(share * endpoints, minimum) }
  })
  const spare = endpoints - zones.reduce((sum, { minimum }) => sum + minimum, 0)
  if (spare < 0) return undefined
  return new Map(zones.map(({ zone, minimum, desired }) => [zone, { minimum, desired, maximum: minimum + spare }]))
}

const readyOf = ({ endpoints }: EndpointSlice): readonly Endpoint[] => (endpoints ?? []).filter(isReadyEndpoint)

/** Hinted endpoints by zone; undefined when the slice's hints cannot stay as they are. */
const hintsIn = (
  slice: EndpointSlice,
  counted: ReadonlyMap<string, number>,
  allocations: Allocations,
): ReadonlyMap<string, number> | undefined => {
  const zones = new Map<string, number>()
  for (const { hints } of readyOf(slice)) {
    if (!hints?.forZones?.length) return undefined
    for (const { name } of hints.forZones) zones.set(name, (zones.get(name) ?? 0) + 1)
  }
  for (const [zone, count] of zones) {
    const allocation = allocations.get(zone)
    if (!allocation || count + (counted.get(zone) ?? 0) > allocation.maximum) return undefined
  }
  return zones
}

const greatest = (zones: ReadonlyMap<string, number>): readonly [string, number] =>
  [...zones].reduce<readonly [string, number]>((best, each) => (each[1] > best[1] ? each : best), ["", 0])

const add = (zones: Map<string, number>, zone: string, by: number): void => {
  zones.set(zone, (zones.get(zone) ?? 0) + by)
}

/** How many endpoints each zone gives to others, and how many each receives. */
const exchange = (allocations: Allocations, counted: ReadonlyMap<string, number>) => {
  const surplus = new Map<string, number>()
  const want = new Map<string, number>()
  for (const [zone, { desired }] of allocations) {
    const difference = (counted.get(zone) ?? 0) - desired
    if (difference > 0) surplus.set(zone, difference)
    else if (difference < 0) want.set(zone, -difference)
  }
  const giving = new Map<string, number>()
  const receiving = new Map<string, number>()
  for (;;) {
    const [giver, toGive] = greatest(surplus)
    const [receiver, toReceive] = greatest(want)
    const isWorth = toGive >= 0.5 && toReceive >= 0.5 && (toGive >= 1 || toReceive >= 1)
    if (giver === "" || receiver === "" || !isWorth) return { giving, receiving }
    add(giving, giver, 1)
    add(surplus, giver, -1)
    add(receiving, receiver, 1)
    add(want, receiver, -1)
  }
}

/** Each ready endpoint is for its own zone, but for those that a zone with too many gives away. */
const hinter = (allocations: Allocations, counted: ReadonlyMap<string, number>) => {
  const { giving, receiving } = exchange(allocations, counted)
  return (endpoint: Endpoint): Endpoint => {
    const { zone = "" } = endpoint
    if (!isReadyEndpoint(endpoint)) return endpoint
    const receiver = (giving.get(zone) ?? 0) > 0 ? [...receiving].find(([, count]) => count > 0)?.[0] : undefined
    if (receiver !== undefined) {
      add(giving, zone, -1)
      add(receiving, receiver, -1)
    }
    return withHints(endpoint, { forZones: [{ name: receiver ?? zone }] })
  }
}

/**
 * Hints of a Service that asks for topology mode Auto: each zone gets endpoints by its share of the processors, or there
 * are no hints at all (kubernetes `endpointslice/topologycache` AddHints). Slices whose hints still do stay as they are.
 */
export const hintTopology = (slices: HintedSlices, nodes: readonly Node[]): HintedSlices => {
  const all = [...slices.create, ...slices.update, ...slices.unchanged]
  const shares = zoneShares(nodes)
  const allocations = shares && allocationsOf(shares, all.flatMap(readyOf).length)
  if (!allocations) return withoutHints(slices)
  const counted = new Map<string, number>()
  const unchanged: EndpointSlice[] = []
  const update = [...slices.update]
  for (const slice of slices.unchanged) {
    const hints = hintsIn(slice, counted, allocations)
    for (const [zone, count] of hints ?? []) add(counted, zone, count)
    ;(hints ? unchanged : update).push(slice)
  }
  const changing = [...slices.create, ...update].flatMap(readyOf)
  if (changing.some(({ zone }) => !zone)) return withoutHints(slices)
  for (const { zone = "" } of changing) add(counted, zone, 1)
  const hint = hinter(allocations, counted)
  const hinted = (slice: EndpointSlice): EndpointSlice => ({ ...slice, endpoints: slice.endpoints?.map(hint) ?? null })
  return { create: slices.create.map(hinted), update: update.map(hinted), unchanged }
}
