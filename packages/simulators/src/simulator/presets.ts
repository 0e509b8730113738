import type { PodDraft, RouteDraft, Scenario, ServiceDraft } from "./scenario.ts"

const OUTSIDE = { kind: "outside", ip: "203.0.113.7" } as const
const MICROSERVICE_2 = { kind: "pod", namespace: "default", name: "orders" } as const

const pods: readonly PodDraft[] = [
  { name: "shop-1", node: "node-1", ip: "10.244.1.5", app: "shop", ready: true, listens: 8080 },
  { name: "shop-2", node: "node-2", ip: "10.244.2.5", app: "shop", ready: true, listens: 8080 },
  { name: "orders", node: "node-2", ip: "10.244.2.9", app: "orders", ready: true },
  { name: "shop-3", node: "node-3", ip: "10.244.3.5", app: "shop", ready: true, listens: 8080 },
]

const service = (
  own: Pick<ServiceDraft, "name" | "type" | "clusterIP" | "port"> & Partial<ServiceDraft>,
): ServiceDraft => ({
  selector: "shop",
  targetPort: 8080,
  nodePort: 0,
  externalTrafficPolicy: "Cluster",
  address: "172.18.255.200",
  ...own,
})

/** Within equal choices of three: the first, the second, the third. */
const FIRST = 0
const SECOND = 0.4
const THIRD = 0.8

const clusterIP: RouteDraft = {
  id: "clusterip",
  title: "ClusterIP",
  service: service({ name: "shop-internal", type: "ClusterIP", clusterIP: "10.96.20.10", port: 80 }),
  request: { from: MICROSERVICE_2, to: "shop-internal", port: 80, picks: [FIRST] },
}

const nodePort: RouteDraft = {
  id: "nodeport",
  title: "NodePort",
  service: service({ name: "shop-nodes", type: "NodePort", clusterIP: "10.96.30.10", port: 80, nodePort: 30036 }),
  request: { from: OUTSIDE, to: "172.18.0.2", port: 30036, picks: [THIRD] },
}

const loadBalancer: RouteDraft = {
  id: "loadbalancer",
  title: "LoadBalancer",
  service: service({ name: "shop-public", type: "LoadBalancer", clusterIP: "10.96.40.10", port: 443, nodePort: 31147 }),
  request: { from: OUTSIDE, to: "{address}", port: 443, picks: [THIRD, SECOND] },
}

/** Starting points of simulators, by the name that lessons use. */
export const PRESETS = {
  "one-glance": { loadBalancer: "proxy", pods, routes: [clusterIP, nodePort, loadBalancer] },
  clusterip: { loadBalancer: "none", pods, routes: [clusterIP] },
  nodeport: { loadBalancer: "none", pods, routes: [nodePort] },
  loadbalancer: { loadBalancer: "proxy", pods, routes: [loadBalancer] },
} as const satisfies Readonly<Record<string, Scenario>>

export type PresetName = keyof typeof PRESETS
