import type { DnsStep, Hop, Origin, Place, Trace } from "@pilotage/routing-core"
import { centerOf, type Point } from "./geometry.ts"
import { type Berth, type MapLayout, objectKey } from "./layout.ts"

/** What a reader steps through: the questions to DNS are one stage, each hop is another. */
export type Stage =
  | { readonly kind: "dns"; readonly steps: readonly DnsStep[] }
  | { readonly kind: "hop"; readonly hop: Hop; readonly index: number }

export const stagesOf = (trace: Trace): readonly Stage[] => [
  ...(trace.dns.length > 0 ? [{ kind: "dns" as const, steps: trace.dns }] : []),
  ...trace.hops.map((hop, index) => ({ kind: "hop" as const, hop, index })),
]

/** One stage on the map: the course that leads to it (a single point when nothing moves) and where it happens. */
export interface Leg {
  readonly stage: Stage
  readonly course: readonly Point[]
  readonly at: Point
}

const originBerth = (layout: MapLayout, from: Origin): Berth => {
  const pod = from.kind === "pod" ? podBerth(layout, objectKey(from.namespace, from.name)) : undefined
  if (pod !== undefined) return pod
  const node = from.kind === "node" ? layout.nodes.find((place) => place.node.name === from.name) : undefined
  return node === undefined ? { kind: "outside", point: layout.ship } : { kind: "node", point: node.gate }
}

const podBerth = (layout: MapLayout, key: string): Berth | undefined => {
  const place = layout.pods.find((candidate) => candidate.key === key)
  return place === undefined ? undefined : { kind: "pod", point: centerOf(place.box), approach: place.approach }
}

/** On a node's strip a packet stays at the column of the pod that it comes from or goes to, so that its way has no needless bends. */
const nodeBerth = (layout: MapLayout, name: string, neighbours: readonly (Place | undefined)[]): Berth | undefined => {
  const node = layout.nodes.find((place) => place.node.name === name)
  if (node === undefined) return undefined
  const pod = neighbours.find((place) => place?.kind === "pod" && place.node === name)
  const berth = pod?.kind === "pod" ? podBerth(layout, objectKey(pod.namespace, pod.name)) : undefined
  const point = berth?.kind === "pod" ? (berth.approach[0] ?? node.gate) : node.gate
  return { kind: "node", point, passing: berth === undefined }
}

const berthOf = (layout: MapLayout, trace: Trace, index: number): Berth => {
  const place = trace.hops[index]?.at
  const outside: Berth = { kind: "outside", point: layout.ship }
  switch (place?.kind) {
    case "pod":
      return podBerth(layout, objectKey(place.namespace, place.name)) ?? outside
    case "node":
      return (
        nodeBerth(layout, place.name, [trace.hops[index + 1]?.at, trace.hops[index - 1]?.at]) ??
        originBerth(layout, trace.request.from)
      )
    case "load-balancer": {
      const holds = (ip: string | undefined): boolean => ip === place.ip
      const lighthouse =
        layout.lighthouses.find(({ service }) => service.status?.loadBalancer?.ingress?.some(({ ip }) => holds(ip))) ??
        layout.lighthouses[0]
      return lighthouse === undefined ? outside : { kind: "load-balancer", point: lighthouse.center }
    }
    default:
      return outside
  }
}

/** The way of a traced request over the map. Every stage has a leg; a trace without stages (a literal address that nobody asked for) has none. */
export const journey = (layout: MapLayout, trace: Trace, lane: number): readonly Leg[] => {
  let previous: Berth | undefined
  return stagesOf(trace).map((stage): Leg => {
    const berth = stage.kind === "dns" ? originBerth(layout, trace.request.from) : berthOf(layout, trace, stage.index)
    const still = previous === undefined || samePlace(previous, berth)
    const course = still || previous === undefined ? [berth.point] : layout.course(previous, berth, lane)
    previous = berth
    return { stage, course, at: course.at(-1) ?? berth.point }
  })
}

const samePlace = (a: Berth, b: Berth): boolean =>
  a.kind === b.kind && a.point.x === b.point.x && a.point.y === b.point.y
