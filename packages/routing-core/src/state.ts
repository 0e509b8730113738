import type { EndpointSlice, Labels, NetworkPolicy, Protocol, Service } from "@pilotage/kube-model"

export type ProxyMode = "iptables" | "nftables" | "ipvs"

/** A machine that is no part of the cluster. `sockets` absent: not known, taken to answer. */
export interface OutsideMachine {
  readonly name: string
  readonly ip: string
  readonly sockets?: readonly ListeningSocket[]
}

/** What the network around the Services does. Everything that is not an API object but decides where a packet goes. */
export interface NetworkConfig {
  readonly proxyMode: ProxyMode
  /** The cluster's pod network, `10.244.0.0/16`; in a dual-stack cluster one block per family, with a comma between. */
  readonly clusterCIDR: string
  /** As clusterCIDR: `10.96.0.0/16`, or one block per family. */
  readonly serviceCIDR: string
  /** The network that nodes share, `172.18.0.0/16`, or one block per family. */
  readonly nodeCIDR: string
  /** How kube-proxy tells a pod's packet from others: by clusterCIDR, or not at all (`none`; no packet counts as a pod's). */
  readonly localDetector: "ClusterCIDR" | "none"
  /** kube-proxy --masquerade-all: also pods' traffic to cluster IPs is masqueraded. */
  readonly masqueradeAll: boolean
  /**
   * kube-proxy --nodeport-addresses: blocks of node addresses on which node ports answer, or `primary`. Empty: the mode's
   * own default (every address; in nftables mode the node's primary addresses).
   */
  readonly nodePortAddresses: readonly string[]
  /** kube-proxy --iptables-localhost-nodeports. */
  readonly localhostNodePorts: boolean
  /** Does the CNI enforce NetworkPolicies? */
  readonly networkPolicies: "enforced" | "ignored"
  readonly nodePortRange: { readonly from: number; readonly to: number }
  readonly clusterDomain: string
  /** The cluster IP of kube-dns. */
  readonly dnsServiceIP: string
  /** The search list in the nodes' own resolv.conf, which pods get behind the cluster's. Absent: none. */
  readonly hostSearches?: readonly string[]
  /** Does the CNI rewrite the source of pod traffic that leaves for an address outside the pod network (kindnet does)? */
  readonly podMasquerade: "non-pod-destinations" | "none"
  /**
   * `proxy`: a load balancer of its own connects to a node port; `vip`: kube-proxy owns the address on every node and
   * the network brings it to any of them; `metallb`: one node announces it, under externalTrafficPolicy Local one with a
   * ready endpoint, and none while there is no endpoint.
   */
  readonly loadBalancer: "none" | "vip" | "metallb" | "proxy"
  /**
   * The block in which load balancers that have a host name instead of an address have their addresses: clients look
   * them up by that name and reach a proxy there. Absent: nothing is known of such names.
   */
  readonly balancerNames?: string
  /** Routes that machines outside have to addresses of load balancers and external IPs, through a node. Before all else. */
  readonly outsideRoutes: readonly { readonly to: string; readonly via: string }[]
  /** Machines around the cluster of which more than the address is known. */
  readonly machines: readonly OutsideMachine[]
  /** What the outside network does with an address that nobody holds. Makes such verdicts `certainty: environment`. */
  readonly unknownAddress: "drop" | "unreachable"
  /** Decides curl's words: 8.9 and later say "Could not connect". */
  readonly curlVersion: string
}

export interface NodeFacts {
  readonly name: string
  /** The primary address. */
  readonly internalIP: string
  readonly podCIDR: string
  /** Dual-stack: the primary address of the other family, and the pods' block of that family. */
  readonly secondIP?: string
  readonly secondPodCIDR?: string
  /** More addresses of the node's own interfaces, of any family. */
  readonly otherIPs?: readonly string[]
  /** The address that the cloud around the cluster translates to the primary one. */
  readonly externalIP?: string
  readonly zone?: string
  readonly stopped?: boolean
  readonly excludedFromLoadBalancers?: boolean
}

/** A socket that a container listens on. `0.0.0.0`: every address of the pod, IPv6 too. `127.0.0.1`: only inside the pod. */
export interface ListeningSocket {
  readonly address: "0.0.0.0" | "127.0.0.1"
  readonly port: number
  readonly protocol: Protocol
}

/** A port that a container declares. */
export interface DeclaredPort {
  readonly name?: string
  readonly port: number
  readonly protocol: Protocol
  readonly hostPort?: number
  /** The node address of the hostPort; absent: all. */
  readonly hostIP?: string
}

export interface PodFacts {
  readonly namespace: string
  readonly name: string
  readonly ip?: string
  /** Dual-stack: the address of the other family. */
  readonly secondIP?: string
  readonly nodeName?: string
  readonly labels: Labels
  readonly hostNetwork: boolean
  readonly ready: boolean
  readonly terminating: boolean
  /** spec.hostname; the pod's own name is its host name when absent. */
  readonly hostname?: string
  readonly subdomain?: string
  readonly declaredPorts?: readonly DeclaredPort[]
  /** Only told apart for hostNetwork pods: those ask the node's resolver unless it is ClusterFirstWithHostNet. */
  readonly dnsPolicy?: string
  /** spec.dnsConfig: added to what the policy gives, or all there is under dnsPolicy None. */
  readonly dnsConfig?: {
    readonly nameservers?: readonly string[]
    readonly searches?: readonly string[]
    readonly options?: readonly { readonly name: string; readonly value?: string }[]
  }
  /** Absent: not known (a cluster that we only read); a connection is then taken to be answered. */
  readonly sockets?: readonly ListeningSocket[]
}

export interface NamespaceFacts {
  readonly name: string
  readonly labels: Labels
}

export interface ClusterState {
  readonly config: NetworkConfig
  readonly nodes: readonly NodeFacts[]
  readonly pods: readonly PodFacts[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly networkPolicies: readonly NetworkPolicy[]
  /** Their labels, which NetworkPolicies select by. A namespace that is not listed has the label kubernetes.io/metadata.name only. */
  readonly namespaces?: readonly NamespaceFacts[]
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
  | { readonly kind: "namespace"; readonly name: string; readonly value: NamespaceFacts | undefined }
  | {
      readonly kind: "networkPolicy"
      readonly namespace: string
      readonly name: string
      readonly value: NetworkPolicy | undefined
    }
