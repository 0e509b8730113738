import {
  type EndpointSlice,
  isPodReady,
  isPodTerminal,
  isTerminating,
  type NetworkPolicy,
  type Node,
  type Pod,
  type Service,
} from "@pilotage/kube-model"
import { defaultNetworkConfig } from "./network-config.ts"
import type { ClusterState, ListeningSocket, NetworkConfig, NodeFacts, PodFacts } from "./state.ts"

const EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers"
const ZONE_LABEL = "topology.kubernetes.io/zone"

/** What routing needs of a Node. A node without an InternalIP has `internalIP: ""`: it is known and holds no address. */
export const nodeFacts = (node: Node, stopped = false): NodeFacts => {
  const labels = node.metadata.labels ?? {}
  const zone = labels[ZONE_LABEL]
  return {
    name: node.metadata.name,
    internalIP: node.status?.addresses?.find((address) => address.type === "InternalIP")?.address ?? "",
    podCIDR: node.spec?.podCIDR ?? node.spec?.podCIDRs?.[0] ?? "",
    ...(zone === undefined ? {} : { zone }),
    ...(stopped ? { stopped } : {}),
    ...(Object.hasOwn(labels, EXCLUDE_LABEL) ? { excludedFromLoadBalancers: true } : {}),
  }
}

/** What routing needs of a Pod. A pod that has ended (Succeeded, Failed) has given its address back. */
export const podFacts = (pod: Pod, sockets?: readonly ListeningSocket[]): PodFacts => {
  const ip = isPodTerminal(pod) ? undefined : pod.status?.podIP
  return {
    namespace: pod.metadata.namespace ?? "default",
    name: pod.metadata.name,
    ...(ip ? { ip } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    labels: pod.metadata.labels ?? {},
    hostNetwork: pod.spec.hostNetwork ?? false,
    ready: isPodReady(pod),
    terminating: isTerminating(pod),
    ...(pod.spec.hostname ? { hostname: pod.spec.hostname } : {}),
    ...(pod.spec.dnsPolicy ? { dnsPolicy: pod.spec.dnsPolicy } : {}),
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
})
