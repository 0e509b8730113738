import {
  type EndpointSlice,
  isIP,
  type Labels,
  type Node,
  type Pod,
  type Service,
  selectsPods,
} from "@pilotage/kube-model"
import { type ClusterState, type ListeningSocket, type RouteRequest, stateFromObjects } from "@pilotage/routing-core"
import type { PodDraft, RouteDraft, Scenario, ServiceDraft } from "./scenario.ts"

const NAMESPACE = "default"

const nodes: readonly Node[] = [1, 2, 3].map((number) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `node-${number}` },
  spec: { podCIDR: `10.244.${number}.0/24` },
  status: { addresses: [{ type: "InternalIP", address: `172.18.0.${number + 1}` }] },
}))

const toPod = (draft: PodDraft): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: draft.name, namespace: NAMESPACE, labels: { app: draft.app } },
  spec: { nodeName: draft.node, containers: [{ name: "main", image: "main" }] },
  status: {
    phase: "Running",
    podIP: draft.ip,
    podIPs: [{ ip: draft.ip }],
    conditions: [{ type: "Ready", status: draft.ready ? "True" : "False" }],
  },
})

const hasNodePort = ({ type, nodePort }: ServiceDraft): boolean => type !== "ClusterIP" && nodePort > 0

const toService = (draft: ServiceDraft, loadBalancer: Scenario["loadBalancer"]): Service => {
  const balanced = draft.type === "LoadBalancer" && loadBalancer !== "none"
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: draft.name, namespace: NAMESPACE },
    spec: {
      type: draft.type,
      clusterIP: draft.clusterIP,
      clusterIPs: [draft.clusterIP],
      selector: { app: draft.selector },
      ports: [
        {
          port: draft.port,
          protocol: "TCP",
          targetPort: draft.targetPort,
          ...(hasNodePort(draft) ? { nodePort: draft.nodePort } : {}),
        },
      ],
      ...(draft.type === "ClusterIP" ? {} : { externalTrafficPolicy: draft.externalTrafficPolicy }),
      internalTrafficPolicy: "Cluster",
    },
    status: {
      loadBalancer: balanced
        ? { ingress: [{ ip: draft.address, ipMode: loadBalancer === "proxy" ? "Proxy" : "VIP" }] }
        : {},
    },
  }
}

/** The slice that the EndpointSlice controller would write. */
const toSlice = (draft: ServiceDraft, pods: readonly PodDraft[]): EndpointSlice => {
  const chosen = pods.filter((pod) => selectsPods({ app: draft.selector } satisfies Labels, { app: pod.app }))
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${draft.name}-slice`,
      namespace: NAMESPACE,
      labels: { "kubernetes.io/service-name": draft.name },
    },
    addressType: "IPv4",
    ports: chosen.length === 0 ? null : [{ name: "", protocol: "TCP", port: draft.targetPort }],
    endpoints:
      chosen.length === 0
        ? null
        : chosen.map((pod) => ({
            addresses: [pod.ip],
            conditions: { ready: pod.ready, serving: pod.ready, terminating: false },
            nodeName: pod.node,
            targetRef: { kind: "Pod", namespace: NAMESPACE, name: pod.name },
          })),
  }
}

const socketsOf = (pods: readonly PodDraft[]): ReadonlyMap<string, readonly ListeningSocket[]> =>
  new Map(
    pods.map((pod) => [
      `${NAMESPACE}/${pod.name}`,
      pod.listens === undefined ? [] : [{ address: "0.0.0.0", port: pod.listens, protocol: "TCP" }],
    ]),
  )

/** The cluster that a scenario describes, as routing-core takes it. */
export const scenarioState = ({ loadBalancer, pods, routes }: Scenario): ClusterState =>
  stateFromObjects({
    config: { loadBalancer },
    nodes,
    pods: pods.map(toPod),
    services: routes.map((route) => toService(route.service, loadBalancer)),
    endpointSlices: routes.map((route) => toSlice(route.service, pods)),
    sockets: socketsOf(pods),
  })

/** What the reader sends on a route. `{address}` stands for the Service's load balancer, `{clusterIP}` for its cluster IP. */
export const routeRequest = (
  { request, service }: RouteDraft,
  loadBalancer: Scenario["loadBalancer"],
): RouteRequest => {
  const address = loadBalancer === "none" ? "<pending>" : service.address
  const to = request.to.replace("{address}", address).replace("{clusterIP}", service.clusterIP)
  return {
    from: request.from,
    to: isIP(to) ? to : to.trim(),
    port: request.port,
    protocol: "TCP",
    picks: request.picks,
  }
}
