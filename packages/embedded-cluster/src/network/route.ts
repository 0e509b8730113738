import type { Protocol, Random } from "@pilotage/kube-model"
import { type Origin, type RouteRequest, type RoutingTable, type Trace, trace } from "@pilotage/routing-core"
import { type AffinityMemory, recall, remember } from "./affinity.ts"

export interface RouteParts {
  readonly table: RoutingTable
  readonly random: Random
  readonly affinity: AffinityMemory
  readonly now: number
}

interface Target {
  readonly host: string
  readonly port: number
  readonly protocol: Protocol
}

/** An ephemeral port (Linux: net.ipv4.ip_local_port_range). */
export const sourcePortOf = (random: Random): number => 32768 + random.below(28232)

/** Where a new connection goes, with the cluster's dice and what its nodes remember of the client. */
export const findRoute = (parts: RouteParts, from: Origin, { host, port, protocol }: Target): Trace => {
  const { table, random, affinity, now } = parts
  // Always the same number of draws: what one connection decides does not shift the next one's chances.
  const picks = [random.next(), random.next(), random.next()]
  const route: RouteRequest = { from, to: host, port, protocol, picks }
  const first = trace(table, route)
  const slot = first.affinity
  if (!slot) return first
  const known = recall(affinity, slot, now)
  const found = known === undefined ? first : trace(table, { ...route, affinity: known })
  if (found.chosen) remember(affinity, slot, `${found.chosen.ip}:${found.chosen.port}`, now)
  return found
}
