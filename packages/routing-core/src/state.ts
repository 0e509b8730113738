import type { EndpointSlice, Labels, NetworkPolicy, Protocol, Service } from "@pilotage/kube-model"

export type ProxyMode = "iptables" | "nftables" | "ipvs"

/** What the network around the Services does. Everything that is not an API object but decides where a packet goes. */
export interface NetworkConfig {
  readonly proxyMode: ProxyMode
  /** The cluster's pod network, `10.244.0.0/16`. */
  readonly clusterCIDR: string
  readonly serviceCIDR: string
  /** The network that nodes share, `172.18.0.0/16`. */
  readonly nodeCIDR: string
  readonly nodePortRange: { readonly from: number; readonly to: number }
  readonly clusterDomain: string
  /** The cluster IP of kube-dns. */
  readonly dnsServiceIP: string
  /** Does the CNI rewrite the source of pod traffic that leaves for an address outside the pod network (kindnet does)? */
  readonly podMasquerade: "non-pod-destinations" | "none"
  /** `proxy`: a load balancer of its own connects to a node port; `vip`: kube-proxy owns the address on every node. */
  readonly loadBalancer: "none" | "vip" | "proxy"
  /** What the outside network does with an address that nobody holds. Makes such verdicts `certainty: environment`. */
  readonly unknownAddress: "drop" | "unreachable"
  /** Decides curl's words: 8.9 and later say "Could not connect". */
  readonly curlVersion: string
}

export interface NodeFacts {
  readonly name: string
  readonly internalIP: string
  readonly podCIDR: string
  readonly zone?: string
  readonly stopped?: boolean
  readonly excludedFromLoadBalancers?: boolean
}

/** A socket that a container listens on. `127.0.0.1`: reachable only inside the pod. */
export interface ListeningSocket {
  readonly address: "0.0.0.0" | "127.0.0.1"
  readonly port: number
  readonly protocol: Protocol
}

export interface PodFacts {
  readonly namespace: string
  readonly name: string
  readonly ip?: string
  readonly nodeName?: string
  readonly labels: Labels
  readonly hostNetwork: boolean
  readonly ready: boolean
  readonly terminating: boolean
  /** spec.hostname; the pod's own name is its host name when absent. */
  readonly hostname?: string
  /** Only told apart for hostNetwork pods: those ask the node's resolver unless it is ClusterFirstWithHostNet. */
  readonly dnsPolicy?: string
  /** Absent: not known (a cluster that we only read); a connection is then taken to be answered. */
  readonly sockets?: readonly ListeningSocket[]
}

export interface ClusterState {
  readonly config: NetworkConfig
  readonly nodes: readonly NodeFacts[]
  readonly pods: readonly PodFacts[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly networkPolicies: readonly NetworkPolicy[]
}

/** One thing that changed; a whole new value, or its disappearance. */
export type Change =
  | { readonly kind: "service"; readonly namespace: string; readonly name: string; readonly value: Service | undefined }
  | {
      readonly kind: "endpointSlice"
      readonly namespace: string
      readonly name: string
      readonly value: EndpointSlice | undefined
    }
  | { readonly kind: "pod"; readonly namespace: string; readonly name: string; readonly value: PodFacts | undefined }
  | { readonly kind: "node"; readonly name: string; readonly value: NodeFacts | undefined }
