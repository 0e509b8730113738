import {
  type Endpoint,
  type EndpointSlice,
  type Labels,
  type Service,
  type ServiceSpec,
  selectsPods,
} from "@pilotage/kube-model"
import { defaultNetworkConfig } from "../network-config.ts"
import type { ClusterState, ListeningSocket, NetworkConfig, NodeFacts, PodFacts } from "../state.ts"
import { compile } from "../table/compile.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Origin, Trace } from "../trace-types.ts"

/** Small clusters for tests. EndpointSlices follow from selectors and pods, as the controller would write them. */

export const NODES: readonly NodeFacts[] = [1, 2, 3].map((number) => ({
  name: `node-${number}`,
  internalIP: `172.18.0.${number + 1}`,
  podCIDR: `10.244.${number}.0/24`,
}))

export const listens = (port: number, address: ListeningSocket["address"] = "0.0.0.0"): ListeningSocket => ({
  address,
  port,
  protocol: "TCP",
})

export const pod = (name: string, ip: string, app: string, more: Partial<PodFacts> = {}): PodFacts => ({
  namespace: "shop",
  name,
  ip,
  nodeName: `node-${ip.split(".")[2]}`,
  labels: { app },
  hostNetwork: false,
  ready: true,
  terminating: false,
  sockets: app === "web" ? [listens(8080)] : [],
  ...more,
})

export const service = (
  name: string,
  clusterIP: string,
  spec: ServiceSpec = {},
  ingress?: { ip: string; ipMode?: "VIP" | "Proxy" },
): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop" },
  spec: { clusterIP, selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 8080 }], ...spec },
  status: { loadBalancer: ingress ? { ingress: [ingress] } : {} },
})

const endpointOf = (pod: PodFacts): Endpoint => ({
  addresses: [pod.ip ?? ""],
  conditions: { ready: pod.ready && !pod.terminating, serving: pod.ready, terminating: pod.terminating },
  ...(pod.nodeName ? { nodeName: pod.nodeName } : {}),
  ...(pod.hostname ? { hostname: pod.hostname } : {}),
  targetRef: { kind: "Pod", namespace: pod.namespace, name: pod.name },
})

export const slice = ({ metadata, spec }: Service, endpoints: readonly Endpoint[], number = 1): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: `${metadata.name}-${number}`,
    namespace: metadata.namespace ?? "default",
    labels: { "kubernetes.io/service-name": metadata.name },
  },
  addressType: "IPv4",
  endpoints,
  ports: (spec.ports ?? []).flatMap(({ name, targetPort, port, protocol }) =>
    typeof targetPort === "string" ? [] : [{ name: name ?? "", port: targetPort ?? port, protocol: protocol ?? "TCP" }],
  ),
})

export const slicesFor = (services: readonly Service[], pods: readonly PodFacts[]): readonly EndpointSlice[] =>
  services
    .filter((each) => each.spec.selector)
    .map((each) => {
      const selected = pods.filter(
        (one) => one.ip && one.namespace === each.metadata.namespace && selectsPods(each.spec.selector, one.labels),
      )
      return slice(each, selected.map(endpointOf))
    })

export interface World {
  readonly config?: Partial<NetworkConfig>
  readonly nodes?: readonly NodeFacts[]
  readonly pods?: readonly PodFacts[]
  readonly services?: readonly Service[]
  /** Instead of those that follow from selectors. */
  readonly slices?: readonly EndpointSlice[]
}

export const stateOf = ({ config, nodes = NODES, pods = [], services = [], slices }: World): ClusterState => ({
  config: { ...defaultNetworkConfig, ...config },
  nodes,
  pods,
  services,
  endpointSlices: slices ?? slicesFor(services, pods),
  networkPolicies: [],
})

export const tableOf = (world: World): RoutingTable => {
  const table = compile(stateOf(world))
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return table.value
}

/** `outside`, `container`, `node-2`, else a pod of namespace shop or `namespace/pod`. */
export const origin = (text: string): Origin => {
  if (text === "outside") return { kind: "outside", ip: "203.0.113.7" }
  if (text === "container") return { kind: "node-network", ip: "172.18.0.99" }
  if (text.startsWith("node-")) return { kind: "node", name: text }
  const [namespace, name] = text.includes("/") ? text.split("/") : ["shop", text]
  return { kind: "pod", namespace: namespace ?? "", name: name ?? "" }
}

const certaintyText = (trace: Trace): string => (trace.certainty === "environment" ? " (environment)" : "")

/** `delivered: web-1 sees 10.244.1.10`, `refused: wrong-target-port`, `timeout (environment): pod-gone`. */
export const summary = (trace: Trace): string => {
  if (trace.verdict !== "delivered") return `${trace.verdict}${certaintyText(trace)}: ${trace.failure?.code}`
  const backends = trace.backends.map((each) => `${each.pod ?? each.node ?? each.ip} sees ${each.sourceSeen}`)
  return `delivered${certaintyText(trace)}: ${backends.join(", ")}`
}

export const labels = (text: string): Labels => Object.fromEntries(text.split(",").map((pair) => pair.split("=")))
