import {
  type EndpointSlice,
  formatIPv4,
  type NetworkPolicy,
  type Service,
  type ServiceSpec,
} from "@pilotage/kube-model"
import { type ClusterState, defaultNetworkConfig, type NodeFacts, type PodFacts } from "@pilotage/routing-core"

/** Clusters of thousands of Services that all have the same thing wrong with them, or all want the same thing. */

const COUNT = 10_000
const NODES = 100

/** `base` and so many addresses on, four blocks of eight bits: 10.0.0.0 + 258 = 10.0.1.2. */
export const numbered = (first: number, index: number): string => formatIPv4(first * 16_777_216 + index)

export const nodesOf = (count: number): readonly NodeFacts[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `node-${index}`,
    internalIP: numbered(172, 1_179_648 + index),
    podCIDR: "10.244.0.0/16",
    zone: `zone-${index % 3}`,
  }))

export const podOf = (index: number, more: Partial<PodFacts> = {}): PodFacts => ({
  namespace: "shop",
  name: `web-${index}`,
  ip: numbered(10, 8_388_608 + index),
  nodeName: `node-${index % NODES}`,
  labels: { app: "web" },
  hostNetwork: false,
  ready: true,
  terminating: false,
  sockets: [{ address: "0.0.0.0", port: 8080, protocol: "TCP" }],
  ...more,
})

export const serviceOf = (index: number, spec: ServiceSpec = {}, status: Service["status"] = {}): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: `service-${index}`, namespace: "shop" },
  spec: {
    clusterIP: numbered(11, index),
    ports: [{ name: "http", port: 80, targetPort: 8080 }],
    selector: { app: "web" },
    ...spec,
  },
  status,
})

export const sliceOf = (name: string, service: string, pods: readonly PodFacts[]): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name, namespace: "shop", labels: { "kubernetes.io/service-name": service } },
  addressType: "IPv4",
  endpoints: pods.map(({ ip = "", nodeName = "", namespace, name: pod }) => ({
    addresses: [ip],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName,
    targetRef: { kind: "Pod", namespace, name: pod },
  })),
  ports: [{ name: "http", port: 8080, protocol: "TCP" }],
})

const services = (spec: (index: number) => ServiceSpec, status?: Service["status"]): readonly Service[] =>
  Array.from({ length: COUNT }, (_, index) => serviceOf(index, spec(index), status))

const ports = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `p${index}`, port: 1 + index }))

/** One pod of each, `more` in it, and the slice with it. */
const pods = (count: number, more: (index: number) => Partial<PodFacts> = () => ({})): readonly PodFacts[] =>
  Array.from({ length: count }, (_, index) => podOf(index, more(index)))

const ownSlices = (all: readonly PodFacts[]): readonly EndpointSlice[] =>
  Array.from({ length: COUNT }, (_, index) =>
    sliceOf(`service-${index}-1`, `service-${index}`, all.slice(index % all.length, (index % all.length) + 1)),
  )

const isolating = (index: number): NetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: `policy-${index}`, namespace: "shop" },
  spec: { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress", "Egress"], ingress: [], egress: [] },
})

export const stateWith = (parts: Partial<ClusterState>): ClusterState => ({
  config: { ...defaultNetworkConfig, clusterCIDR: "10.0.0.0/8", serviceCIDR: "11.0.0.0/8", loadBalancer: "vip" },
  nodes: nodesOf(NODES),
  pods: [],
  services: [],
  endpointSlices: [],
  networkPolicies: [],
  ...parts,
})

const few = pods(10)
const many = pods(COUNT)
const backed = { pods: few, endpointSlices: ownSlices(few) }
const type = "LoadBalancer"

const lb = (ip: string): Service["status"] => ({ loadBalancer: { ingress: [{ ip }] } })

/** 10,000 Services each. */
export const crowdedServices: Readonly<Record<string, () => ClusterState>> = {
  "one cluster IP and port": () => stateWith({ ...backed, services: services(() => ({ clusterIP: "11.0.0.1" })) }),
  "one cluster IP, each its own port": () =>
    stateWith({
      ...backed,
      services: services((index) => ({ clusterIP: "11.0.0.1", ports: [{ port: 1 + index, targetPort: 8080 }] })),
    }),
  "one cluster IP, twenty ports each": () =>
    stateWith({ ...backed, services: services(() => ({ clusterIP: "11.0.0.1", ports: ports(20) })) }),
  "one node port": () =>
    stateWith({
      ...backed,
      services: services(() => ({ type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30_000 }] })),
    }),
  "one health check node port": () =>
    stateWith({
      ...backed,
      services: services(() => ({ type, externalTrafficPolicy: "Local", healthCheckNodePort: 30_000 })),
    }),
  "a node port that 100 pods hold": () =>
    stateWith({
      pods: pods(10_000, () => ({
        hostNetwork: true,
        sockets: [{ address: "0.0.0.0", port: 30_000, protocol: "TCP" }],
      })),
      services: services(() => ({
        type: "NodePort",
        ports: [{ port: 80, targetPort: 8080, nodePort: 30_000 }],
        selector: { app: "none" },
      })),
    }),
  "one external IP": () => stateWith({ ...backed, services: services(() => ({ externalIPs: ["203.0.113.9"] })) }),
  "one load balancer address": () => stateWith({ ...backed, services: services(() => ({ type }), lb("203.0.113.9")) }),
  "traffic policies Local": () =>
    stateWith({
      pods: many,
      endpointSlices: ownSlices(few),
      services: services(() => ({
        type: "NodePort",
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Local",
        selector: { app: "none" },
      })),
    }),
  "trafficDistribution without hints": () =>
    stateWith({ ...backed, nodes: nodesOf(5_000), services: services(() => ({ trafficDistribution: "PreferClose" })) }),
  "the same 10,000 pods selected": () => stateWith({ pods: many, services: services(() => ({})) }),
  "the same 10,000 pods selected, none ready": () =>
    stateWith({ pods: pods(COUNT, () => ({ ready: false })), services: services(() => ({})) }),
  "the same 10,000 pods selected, headless, by name": () =>
    stateWith({
      pods: pods(COUNT, (index) => ({
        declaredPorts: [{ name: `n${index}`, port: 1 + index, protocol: "TCP" }],
        sockets: [],
      })),
      services: services(() => ({ clusterIP: "None", ports: [{ port: 80, targetPort: "http" }] })),
    }),
  "the same 10,000 pods selected, of 10,000 programs": () =>
    stateWith({
      pods: pods(COUNT, (index) => ({
        labels: { app: `web-${index}`, tier: "web" },
        declaredPorts: [{ port: index + 1, protocol: "UDP" }],
      })),
      services: services(() => ({ selector: { tier: "web" }, publishNotReadyAddresses: true })),
    }),
  "selectors that nearly match": () =>
    stateWith({
      pods: pods(COUNT, (index) => ({
        labels: { app: `some-long-name-of-an-application-${index}`, tier: "web", team: "shop" },
      })),
      services: services((index) => ({
        selector: { app: `some-long-name-of-an-aplication-${index}`, tier: "wed", team: "shop" },
      })),
    }),
  "selectors that match elsewhere": () =>
    stateWith({
      pods: pods(COUNT, () => ({ namespace: "elsewhere" })),
      services: services(() => ({})),
    }),
  "aliases of nothing": () =>
    stateWith({
      services: services((index) => ({
        type: "ExternalName",
        externalName: `servica-${index + 20_000}.shop.svc.cluster.local`,
      })),
    }),
  "aliases in a circle": () =>
    stateWith({
      services: services((index) => ({
        type: "ExternalName",
        externalName: `service-${(index % 190 === 189 ? index - 189 : index + 1) % COUNT}.shop.svc.cluster.local`,
      })),
    }),
  "EndpointSlices of no Service": () =>
    stateWith({
      pods: few,
      endpointSlices: Array.from({ length: COUNT }, (_, index) => sliceOf(`slice-${index}`, `servica-${index}`, few)),
      services: services(() => ({ selector: {} })),
    }),
  "endpoints that nobody has": () =>
    stateWith({
      services: services(() => ({ selector: {} })),
      endpointSlices: Array.from({ length: COUNT }, (_, index) =>
        sliceOf(`service-${index}-1`, `service-${index}`, pods(10)),
      ),
    }),
  "policies that let nobody in": () =>
    stateWith({
      pods: pods(1_000, (index) => ({ labels: { app: "web", number: `${index % 999}` } })),
      endpointSlices: ownSlices(pods(1_000, (index) => ({ labels: { app: "web", number: `${index % 999}` } }))),
      services: services(() => ({})),
      networkPolicies: [isolating(0), isolating(1), isolating(2)],
    }),
  "excluded nodes": () =>
    stateWith({
      ...backed,
      nodes: nodesOf(5_000).map((node) => ({ ...node, excludedFromLoadBalancers: true })),
      services: services(() => ({ type, externalTrafficPolicy: "Local" }), lb("203.0.113.9")),
    }),
}
