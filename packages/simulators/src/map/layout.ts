import type { Service } from "@pilotage/kube-model"
import type { ClusterState, NodeFacts, PodFacts } from "@pilotage/routing-core"
import type { Box, Point } from "./geometry.ts"

/** Anything that a packet's course can start from or lead to. */
export type Berth =
  | { readonly kind: "outside"; readonly point: Point }
  | { readonly kind: "load-balancer"; readonly point: Point }
  /** A point on the strip at a node's edge: kube-proxy, where routing happens. `passing`: no pod of this node is next to it on the way. */
  | { readonly kind: "node"; readonly point: Point; readonly passing?: boolean }
  /** `approach` leads from the node's strip to the pod. */
  | { readonly kind: "pod"; readonly point: Point; readonly approach: readonly Point[] }

export interface PodPlace {
  readonly key: string
  readonly pod: PodFacts
  readonly box: Box
  readonly approach: readonly Point[]
}

export interface NodePlace {
  readonly node: NodeFacts
  readonly box: Box
  readonly strip: Box
  /** Where name and address are written. */
  readonly title: Point
  readonly gate: Point
}

export interface ServicePlace {
  readonly key: string
  readonly service: Service
  readonly center: Point
}

interface LighthousePlace {
  readonly service: Service
  readonly center: Point
}

/** Where everything stands on one drawing of a cluster, and how a packet gets from one berth to another. */
export interface MapLayout {
  readonly shape: "wide" | "narrow"
  readonly width: number
  readonly height: number
  readonly sea: Box
  readonly breakwater: readonly [Point, Point]
  readonly ship: Point
  readonly nodes: readonly NodePlace[]
  readonly pods: readonly PodPlace[]
  readonly services: readonly ServicePlace[]
  readonly lighthouses: readonly LighthousePlace[]
  /** The course between two berths in the lane of that number (0, 1, 2…): courses in different lanes do not cover each other. */
  readonly course: (from: Berth, to: Berth, lane: number) => readonly Point[]
}

export const POD_SIZE = 44

export const objectKey = (namespace: string | undefined, name: string): string => `${namespace ?? "default"}/${name}`

/** The cluster's own Services stay off the map: a learner's picture shows the learner's objects. */
const isSystemService = (service: Service): boolean =>
  service.metadata.namespace === "kube-system" ||
  (service.metadata.name === "kubernetes" && (service.metadata.namespace ?? "default") === "default")

export const visibleServices = (state: ClusterState): readonly Service[] =>
  state.services.filter((service) => !isSystemService(service))

export const visiblePods = (state: ClusterState, node: string): readonly PodFacts[] =>
  state.pods.filter((pod) => pod.nodeName === node && pod.namespace !== "kube-system")

export const loadBalancerServices = (services: readonly Service[]): readonly Service[] =>
  services.filter((service) => service.spec.type === "LoadBalancer")
