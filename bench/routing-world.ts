import { type Endpoint, type EndpointSlice, formatIPv4, parseIPv4, type Service } from "@pilotage/kube-model"
import { type ClusterState, defaultNetworkConfig, type NodeFacts, type PodFacts } from "@pilotage/routing-core"

const NODES = 100
const ENDPOINTS = 10
const SLICE_LIMIT = 100
/** Services of a namespace, and their names: every team calls its own ones alike. */
const NAMES = [
  ...["web", "api", "db", "cache", "auth", "cart", "search", "orders", "mail", "billing"],
  ...["users", "media", "queue", "stats", "admin", "proxy", "jobs", "audit", "feed", "geo"],
]
/** Pods of the Service with many endpoints, when the world is large enough to have it. */
const CROWD = 5_000

export type ServiceKind = "plain" | "node-port" | "load-balancer" | "headless" | "sticky" | "empty" | "crowd"

/** A Service of the world with what a request needs to know of it. */
export interface PlacedService {
  readonly kind: ServiceKind
  readonly namespace: string
  readonly name: string
  readonly clusterIP: string
  readonly nodePort: number
  readonly loadBalancerIP: string
  readonly service: Service
  readonly slices: readonly EndpointSlice[]
}

export interface RoutingWorld {
  readonly state: ClusterState
  readonly services: readonly PlacedService[]
}

const address = (base: string, offset: number): string => formatIPv4(((parseIPv4(base) ?? 0) + offset) >>> 0)

const nodeName = (index: number): string => `node-${(index % NODES) + 1}`

const nodes: readonly NodeFacts[] = Array.from({ length: NODES }, (_, index) => ({
  name: nodeName(index),
  internalIP: address("172.18.0.2", index),
  podCIDR: `${address("10.128.0.0", index * 4096)}/20`,
  zone: `zone-${(index % 3) + 1}`,
}))

/** Of ten Services one has a node port, one a load balancer, one is headless, one has affinity; of fifty one has no pods. */
const kindOf = (index: number): ServiceKind => {
  if (index % 50 === 4) return "empty"
  return (["node-port", "load-balancer", "headless", "sticky"] as const)[index % 10] ?? "plain"
}

const namespaceOf = (service: number): string => `team-${Math.floor(service / NAMES.length)}`

const nameOf = (service: number): string => NAMES[service % NAMES.length] ?? ""

const podAt = (index: number): PodFacts => {
  const service = Math.floor(index / ENDPOINTS)
  const name = nameOf(service)
  return {
    namespace: namespaceOf(service),
    name: `${name}-${index % ENDPOINTS}`,
    ip: address("10.128.0.2", (index % NODES) * 4096 + Math.floor(index / NODES)),
    nodeName: nodeName(index),
    labels: { app: name, tier: "backend", ...(index < CROWD ? { crowd: "yes" } : {}) },
    hostNetwork: false,
    ready: true,
    terminating: false,
    sockets: [
      { address: "0.0.0.0", port: 8080, protocol: "TCP" },
      { address: "0.0.0.0", port: 9090, protocol: "TCP" },
    ],
  }
}

const endpointOf = (pod: PodFacts): Endpoint => ({
  addresses: [pod.ip ?? ""],
  conditions: { ready: true, serving: true, terminating: false },
  nodeName: pod.nodeName ?? "",
  targetRef: { kind: "Pod", namespace: pod.namespace, name: pod.name },
})

const slicesOf = (namespace: string, name: string, pods: readonly PodFacts[]): readonly EndpointSlice[] =>
  Array.from({ length: Math.ceil(pods.length / SLICE_LIMIT) }, (_, index) => ({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${name}-${index + 1}`, namespace, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    endpoints: pods.slice(index * SLICE_LIMIT, (index + 1) * SLICE_LIMIT).map(endpointOf),
    ports: [
      { name: "http", port: 8080, protocol: "TCP" },
      { name: "metrics", port: 9090, protocol: "TCP" },
    ],
  }))

const place = (index: number, kind: ServiceKind, name: string, pods: readonly PodFacts[]): PlacedService => {
  const namespace = namespaceOf(index)
  const clusterIP = kind === "headless" ? "None" : address("10.96.1.0", index)
  const nodePort = kind === "node-port" || kind === "load-balancer" ? 20_000 + index : 0
  const loadBalancerIP = kind === "load-balancer" ? address("172.18.64.0", index) : ""
  const service: Service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: {
      type: kind === "node-port" ? "NodePort" : kind === "load-balancer" ? "LoadBalancer" : "ClusterIP",
      clusterIP,
      clusterIPs: [clusterIP],
      selector: kind === "crowd" ? { crowd: "yes" } : { app: kind === "empty" ? `${name}-gone` : name },
      ports: [
        { name: "http", port: 80, targetPort: 8080, protocol: "TCP", ...(nodePort ? { nodePort } : {}) },
        ...(index % 5 === 4 ? [{ name: "metrics", port: 9090, targetPort: 9090, protocol: "TCP" } as const] : []),
      ],
      ...(kind === "sticky" ? { sessionAffinity: "ClientIP" } : {}),
      ...(index % 40 === 0 ? { externalTrafficPolicy: "Local" } : {}),
      ...(index % 40 === 5 ? { internalTrafficPolicy: "Local" } : {}),
    },
    status: { loadBalancer: loadBalancerIP ? { ingress: [{ ip: loadBalancerIP, ipMode: "VIP" }] } : {} },
  }
  const slices = slicesOf(namespace, name, kind === "empty" ? [] : pods)
  return { kind, namespace, name, clusterIP, nodePort, loadBalancerIP, service, slices }
}

/**
 * A cluster of 100 nodes with so many Services, ten pods of each, twenty Services to a namespace. From 1,000 Services on
 * one more has the first 5,000 pods as endpoints, in slices of 100.
 */
export const routingWorld = (count: number): RoutingWorld => {
  const pods = Array.from({ length: count * ENDPOINTS }, (_, index) => podAt(index))
  const services = Array.from({ length: count }, (_, index) =>
    place(index, kindOf(index), nameOf(index), pods.slice(index * ENDPOINTS, (index + 1) * ENDPOINTS)),
  )
  if (count >= 1_000) services.push(place(count, "crowd", "crowd", pods.slice(0, CROWD)))
  return {
    services,
    state: {
      config: {
        ...defaultNetworkConfig,
        clusterCIDR: "10.128.0.0/13",
        serviceCIDR: "10.96.0.0/15",
        nodePortRange: { from: 20_000, to: 65_000 },
      },
      nodes,
      pods,
      services: services.map((each) => each.service),
      endpointSlices: services.flatMap((each) => each.slices),
      networkPolicies: [],
    },
  }
}
