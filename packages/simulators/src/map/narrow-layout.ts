import type { ClusterState } from "@pilotage/routing-core"
import type { Box, Point } from "./geometry.ts"
import {
  type Berth,
  loadBalancerServices,
  type MapLayout,
  type NodePlace,
  objectKey,
  POD_SIZE,
  type PodPlace,
  visiblePods,
  visibleServices,
} from "./layout.ts"

const WIDTH = 360
const SEA_HEIGHT = 132
const BUOY_ROW = 54
const GUTTER = 44
const STRIP_WIDTH = 18
const COLUMNS = 4
const POD_PITCH_X = 70
const POD_PITCH_Y = 86
const TITLE_SPACE = 34
const NODE_GAP = 14

const laneX = (lane: number): number => 12 + lane * 11

const placePods = (state: ClusterState, name: string, box: Box): readonly PodPlace[] =>
  visiblePods(state, name).map((pod, index) => {
    const x = box.x + STRIP_WIDTH + 14 + (index % COLUMNS) * POD_PITCH_X
    const y = box.y + TITLE_SPACE + 20 + Math.floor(index / COLUMNS) * POD_PITCH_Y
    const gap = y - 12
    return {
      key: objectKey(pod.namespace, pod.name),
      pod,
      box: { x, y, width: POD_SIZE, height: POD_SIZE },
      approach: [
        { x: box.x + STRIP_WIDTH / 2, y: gap },
        { x: x + POD_SIZE / 2, y: gap },
        { x: x + POD_SIZE / 2, y },
      ],
    }
  })

const outwards = (berth: Berth, lane: number): readonly Point[] => {
  const x = laneX(lane)
  switch (berth.kind) {
    case "pod": {
      const strip = berth.approach[0] ?? berth.point
      return [...[...berth.approach].reverse(), { x, y: strip.y }]
    }
    case "node":
      return [berth.point, { x, y: berth.point.y }]
    case "load-balancer":
      return [
        { x: berth.point.x - 17, y: berth.point.y + 20 },
        { x: berth.point.x - 56, y: berth.point.y + 20 },
        { x: berth.point.x - 56, y: SEA_HEIGHT - 11 },
        { x, y: SEA_HEIGHT - 11 },
      ]
    case "outside":
      return [
        { x: berth.point.x - 30, y: berth.point.y },
        { x, y: berth.point.y },
      ]
  }
}

const course = (from: Berth, to: Berth, lane: number): readonly Point[] => {
  if (from.kind === "pod" && to.kind === "node") return [...[...from.approach].reverse(), to.point]
  if (from.kind === "node" && to.kind === "pod") return [from.point, ...to.approach]
  if (from.kind === "outside" && to.kind === "load-balancer")
    return [
      { x: from.point.x + 30, y: from.point.y },
      { x: to.point.x - 16, y: from.point.y },
    ]
  return [...outwards(from, lane), ...[...outwards(to, lane)].reverse()]
}

/** Sea on top, the nodes below one another, packets travel in the gutter at the left. For phones and narrow panes. */
export const narrowLayout = (state: ClusterState): MapLayout => {
  const services = visibleServices(state)
  const nodesY = SEA_HEIGHT + 16 + services.length * BUOY_ROW + 8
  let y = nodesY
  const nodes: readonly NodePlace[] = state.nodes.map((node) => {
    const rows = Math.max(1, Math.ceil(visiblePods(state, node.name).length / COLUMNS))
    const box = { x: GUTTER, y, width: WIDTH - GUTTER - 8, height: TITLE_SPACE + 8 + rows * POD_PITCH_Y }
    y += box.height + NODE_GAP
    return {
      node,
      box,
      strip: { ...box, width: STRIP_WIDTH },
      title: { x: box.x + STRIP_WIDTH + 14, y: box.y + 24 },
      gate: { x: box.x + STRIP_WIDTH / 2, y: box.y + 42 },
    }
  })
  return {
    shape: "narrow",
    width: WIDTH,
    height: y,
    sea: { x: 0, y: 0, width: WIDTH, height: SEA_HEIGHT },
    breakwater: [
      { x: 0, y: SEA_HEIGHT },
      { x: WIDTH, y: SEA_HEIGHT },
    ],
    ship: { x: 92, y: 46 },
    nodes,
    pods: nodes.flatMap(({ node, box }) => placePods(state, node.name, box)),
    services: services.map((service, index) => ({
      key: objectKey(service.metadata.namespace, service.metadata.name),
      service,
      center: { x: GUTTER + 26, y: SEA_HEIGHT + 16 + BUOY_ROW / 2 + index * BUOY_ROW },
    })),
    lighthouses: loadBalancerServices(services).map((service, index) => ({
      service,
      center: { x: 262 + index * 46, y: 56 },
    })),
    course,
  }
}
