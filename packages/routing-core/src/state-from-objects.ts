import {
  type Container,
  type EndpointSlice,
  ipFamily,
  isPodReady,
  isPodTerminal,
  isTerminating,
  type Namespace,
  type NetworkPolicy,
  type Node,
  type Pod,
  type Service,
} from "@pilotage/kube-model"
import { defaultNetworkConfig } from "./network-config.ts"
import type { ClusterState, DeclaredPort, ListeningSocket, NetworkConfig, NodeFacts, PodFacts } from "./state.ts"

const EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers"
const ZONE_LABEL = "topology.kubernetes.io/zone"

/** Lists of files may be null, and so may their items: to Go's decoder an empty object, which says nothing here. */
const items = <T>(list: readonly (T | null | undefined)[] | null | undefined): readonly T[] =>
  (list ?? []).filter((item): item is T => item !== null && item !== undefined)

const texts = (list: readonly (string | null | undefined)[] | null | undefined): readonly string[] =>
  items(list).filter((text) => text !== "")

/** The first of the list that is of another family than `first`. */
const otherFamily = (first: string | undefined, all: readonly string[]): string | undefined =>
  all.find((text) => first !== undefined && ipFamily(text.split("/")[0] ?? "") !== ipFamily(first.split("/")[0] ?? ""))

/** What routing needs of a Node. A node without an InternalIP has `internalIP: ""`: it is known and holds no address. */
export const nodeFacts = (node: Node, stopped = false): NodeFacts => {
  const labels = node.metadata.labels ?? {}
  const zone = labels[ZONE_LABEL]
  const addresses = items(node.status?.addresses)
  const internal = texts(addresses.map((each) => (each.type === "InternalIP" ? each.address : undefined)))
  const external = addresses.find((each) => each.type === "ExternalIP")?.address
  const blocks = texts(node.spec?.podCIDRs)
  const internalIP = internal[0] ?? ""
  const podCIDR = node.spec?.podCIDR ?? blocks[0] ?? ""
  const secondIP = otherFamily(internal[0], internal)
  const secondPodCIDR = otherFamily(podCIDR || undefined, blocks)
  const otherIPs = internal.filter((ip) => ip !== internalIP && ip !== secondIP)
  return {
    name: node.metadata.name,
    internalIP,
    podCIDR,
    ...(secondIP === undefined ? {} : { secondIP }),
    ...(secondPodCIDR === undefined ? {} : { secondPodCIDR }),
    ...(otherIPs.length ? { otherIPs } : {}),
    ...(external && !internal.includes(external) ? { externalIP: external } : {}),
    ...(zone === undefined ? {} : { zone }),
    ...(stopped ? { stopped } : {}),
    ...(Object.hasOwn(labels, EXCLUDE_LABEL) ? { excludedFromLoadBalancers: true } : {}),
  }
}

const isSidecar = (container: Container): boolean => container.restartPolicy === "Always"

const declaredPorts = (pod: Pod): readonly DeclaredPort[] =>
  [...items(pod.spec?.initContainers).filter(isSidecar), ...items(pod.spec?.containers)].flatMap((container) =>
    items(container.ports).map(({ name, containerPort, protocol, hostPort, hostIP }) => ({
      ...(name ? { name } : {}),
      port: containerPort,
      protocol: protocol ?? "TCP",
      ...(hostPort ? { hostPort } : {}),
      ...(hostIP ? { hostIP } : {}),
    })),
  )

const dnsConfigOf = ({ spec }: Pod): PodFacts["dnsConfig"] => {
  const config = spec?.dnsConfig
  return typeof config === "object" && config !== null ? config : undefined
}

/** What routing needs of a Pod. A pod that has ended (Succeeded, Failed) has given its address back. */
export const podFacts = (pod: Pod, sockets?: readonly ListeningSocket[]): PodFacts => {
  const { status } = pod
  const spec: Partial<Pod["spec"]> = pod.spec ?? {}
  const ip = isPodTerminal(pod) ? undefined : status?.podIP
  const secondIP = ip ? otherFamily(ip, texts(items(status?.podIPs).map((each) => each.ip))) : undefined
  const ports = declaredPorts(pod)
  const dnsConfig = dnsConfigOf(pod)
  return {
    namespace: pod.metadata.namespace ?? "default",
    name: pod.metadata.name,
    ...(ip ? { ip } : {}),
    ...(secondIP ? { secondIP } : {}),
    ...(spec.nodeName ? { nodeName: spec.nodeName } : {}),
    labels: pod.metadata.labels ?? {},
    hostNetwork: spec.hostNetwork ?? false,
    ready: isPodReady(pod),
    terminating: isTerminating(pod),
    ...(spec.hostname ? { hostname: spec.hostname } : {}),
    ...(spec.subdomain ? { subdomain: spec.subdomain } : {}),
    ...(ports.length ? { declaredPorts: ports } : {}),
    ...(spec.dnsPolicy ? { dnsPolicy: spec.dnsPolicy } : {}),
    ...(dnsConfig ? { dnsConfig } : {}),
    ...(sockets ? { sockets } : {}),
  }
}

/** A state from API objects. `sockets` of a pod by `namespace/name`; a pod that is not in the map listens on nobody knows what. */
export const stateFromObjects = (objects: {
  readonly config?: Partial<NetworkConfig>
  readonly nodes: readonly Node[]
  readonly pods: readonly Pod[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly networkPolicies?: readonly NetworkPolicy[]
  readonly namespaces?: readonly Namespace[]
  readonly sockets?: ReadonlyMap<string, readonly ListeningSocket[]>
  readonly stoppedNodes?: ReadonlySet<string>
}): ClusterState => ({
  config: { ...defaultNetworkConfig, ...objects.config },
  nodes: objects.nodes.map((node) => nodeFacts(node, objects.stoppedNodes?.has(node.metadata.name))),
  pods: objects.pods.map((pod) =>
    podFacts(pod, objects.sockets?.get(`${pod.metadata.namespace ?? "default"}/${pod.metadata.name}`)),
  ),
  services: objects.services,
  endpointSlices: objects.endpointSlices,
  networkPolicies: objects.networkPolicies ?? [],
  namespaces: (objects.namespaces ?? []).map(({ metadata }) => ({
    name: metadata.name,
    labels: metadata.labels ?? {},
  })),
})
