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

const CLUSTER_X = 262
const BREAKWATER_X = 238
const MARGIN = 16
const NODE_GAP = 16
const BUOY_ROW = 60
const BUOY_SPACE = 214
const FAIRWAY = 68
const LANE_GAP = 13
const STRIP_HEIGHT = 18
const POD_PITCH_X = 78
const POD_PITCH_Y = 80
/** A packet that only passes a node leaves its strip beside where it came in. */
const JOG = 16
const TITLE_SPACE = 58

interface Frame {
  readonly stripY: number
  readonly laneY: (lane: number) => number
}

const placePods = (state: ClusterState, name: string, box: Box, columns: number, stripY: number): readonly PodPlace[] =>
  visiblePods(state, name).map((pod, index) => {
    const column = index % columns
    const row = Math.floor(index / columns)
    const inset = (box.width - columns * POD_PITCH_X) / 2
    const x = box.x + inset + column * POD_PITCH_X + (POD_PITCH_X - POD_SIZE) / 2
    const y = box.y + STRIP_HEIGHT + TITLE_SPACE + row * POD_PITCH_Y
    const cx = x + POD_SIZE / 2
    const gap = x - (POD_PITCH_X - POD_SIZE) / 2
    const approach: readonly Point[] =
      row === 0
        ? [
            { x: cx, y: stripY },
            { x: cx, y },
          ]
        : [
            { x: gap, y: stripY },
            { x: gap, y: y + POD_SIZE / 2 },
            { x, y: y + POD_SIZE / 2 },
          ]
    return {
      key: objectKey(pod.namespace, pod.name),
      pod,
      box: { x, y, width: POD_SIZE, height: POD_SIZE },
      approach,
    }
  })

const outwards = (berth: Berth, frame: Frame, lane: number): readonly Point[] => {
  const laneY = frame.laneY(lane)
  switch (berth.kind) {
    case "pod": {
      const strip = berth.approach[0] ?? berth.point
      return [...[...berth.approach].reverse(), { x: strip.x, y: laneY }]
    }
    case "node":
      return [berth.point, { x: berth.point.x, y: laneY }]
    case "load-balancer":
      return [
        { x: berth.point.x + 17, y: berth.point.y + 14 },
        { x: BREAKWATER_X - 11, y: berth.point.y + 14 },
        { x: BREAKWATER_X - 11, y: laneY },
      ]
    case "outside":
      return [
        { x: berth.point.x + 34, y: laneY },
        { x: berth.point.x + 40, y: laneY },
      ]
  }
}

const courseIn =
  (frame: Frame) =>
  (from: Berth, to: Berth, lane: number): readonly Point[] => {
    if (from.kind === "pod" && to.kind === "node") return [...[...from.approach].reverse(), to.point]
    if (from.kind === "node" && to.kind === "pod") return [from.point, ...to.approach]
    if (from.kind === "outside" && to.kind === "load-balancer")
      return [
        { x: from.point.x, y: from.point.y - 20 },
        { x: from.point.x, y: to.point.y },
        { x: to.point.x - 16, y: to.point.y },
      ]
    if (from.kind === "node" && from.passing === true) {
      const x = from.point.x + (to.point.x < from.point.x ? -JOG : JOG)
      const aside = { kind: "node", point: { x, y: from.point.y } } as const
      return [from.point, ...outwards(aside, frame, lane), ...[...outwards(to, frame, lane)].reverse()]
    }
    return [...outwards(from, frame, lane), ...[...outwards(to, frame, lane)].reverse()]
  }

/** Sea at the left, the nodes as columns side by side, buoys above them. For drawings at least 640 pixels wide. */
export const wideLayout = (state: ClusterState): MapLayout => {
  const services = visibleServices(state)
  const count = Math.max(1, state.nodes.length)
  const most = Math.max(1, ...state.nodes.map((node) => visiblePods(state, node.name).length))
  const columns = Math.min(3, Math.max(most, 1))
  const nodeWidth = Math.max(columns * POD_PITCH_X + 16, count > 3 ? 172 : 214)
  const rows = Math.ceil(most / columns)
  const clusterWidth = count * nodeWidth + (count - 1) * NODE_GAP
  const perRow = Math.max(1, Math.floor(clusterWidth / BUOY_SPACE))
  const buoyRows = Math.max(1, Math.ceil(services.length / perRow))
  const fairwayY = 16 + buoyRows * BUOY_ROW
  const nodesY = fairwayY + FAIRWAY
  const nodeHeight = STRIP_HEIGHT + TITLE_SPACE + rows * POD_PITCH_Y + 4
  const stripY = nodesY + STRIP_HEIGHT / 2
  const frame: Frame = { stripY, laneY: (lane) => fairwayY + 22 + lane * LANE_GAP }

  const nodes: readonly NodePlace[] = state.nodes.map((node, index) => {
    const box = { x: CLUSTER_X + index * (nodeWidth + NODE_GAP), y: nodesY, width: nodeWidth, height: nodeHeight }
    return {
      node,
      box,
      strip: { ...box, height: STRIP_HEIGHT },
      title: { x: box.x + 14, y: box.y + STRIP_HEIGHT + 22 },
      gate: { x: box.x + box.width / 2, y: stripY },
    }
  })
  const shipY = fairwayY + 22 + LANE_GAP
  const height = nodesY + nodeHeight + MARGIN
  return {
    shape: "wide",
    width: CLUSTER_X + clusterWidth + MARGIN,
    height,
    sea: { x: 0, y: 0, width: BREAKWATER_X, height },
    breakwater: [
      { x: BREAKWATER_X, y: 0 },
      { x: BREAKWATER_X, y: height },
    ],
    ship: { x: 62, y: shipY },
    nodes,
    pods: nodes.flatMap(({ node, box }) => placePods(state, node.name, box, columns, stripY)),
    services: services.map((service, index) => ({
      key: objectKey(service.metadata.namespace, service.metadata.name),
      service,
      center: {
        x: CLUSTER_X + 28 + (index % perRow) * Math.max(BUOY_SPACE, clusterWidth / perRow),
        y: 16 + BUOY_ROW / 2 + Math.floor(index / perRow) * BUOY_ROW,
      },
    })),
    lighthouses: loadBalancerServices(services).map((service, index) => ({
      service,
      center: { x: 172 - index * 48, y: 52 },
    })),
    course: courseIn(frame),
  }
}
