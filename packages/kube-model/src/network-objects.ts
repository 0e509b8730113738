import type {
  Condition,
  IntOrString,
  KubeObject,
  LabelSelector,
  Labels,
  ObjectReference,
  Protocol,
} from "./object-meta.ts"

export type ServiceType = "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName"

export interface ServicePort {
  readonly name?: string
  readonly protocol?: Protocol
  readonly appProtocol?: string
  readonly port: number
  readonly targetPort?: IntOrString
  readonly nodePort?: number
}

export interface LoadBalancerIngress {
  readonly ip?: string
  readonly hostname?: string
  readonly ipMode?: "VIP" | "Proxy"
  readonly ports?: readonly unknown[]
}

export interface ServiceSpec {
  readonly type?: ServiceType
  readonly clusterIP?: string
  readonly clusterIPs?: readonly string[]
  readonly externalIPs?: readonly string[]
  readonly externalName?: string
  readonly selector?: Labels
  readonly ports?: readonly ServicePort[]
  readonly sessionAffinity?: "None" | "ClientIP"
  readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeoutSeconds?: number } }
  readonly externalTrafficPolicy?: "Cluster" | "Local"
  readonly internalTrafficPolicy?: "Cluster" | "Local"
  readonly healthCheckNodePort?: number
  readonly publishNotReadyAddresses?: boolean
  readonly ipFamilies?: readonly ("IPv4" | "IPv6")[]
  readonly ipFamilyPolicy?: "SingleStack" | "PreferDualStack" | "RequireDualStack"
  readonly allocateLoadBalancerNodePorts?: boolean
  readonly loadBalancerClass?: string
  readonly loadBalancerIP?: string
  readonly loadBalancerSourceRanges?: readonly string[]
  readonly trafficDistribution?: string
}

export interface Service extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "Service"
  readonly spec: ServiceSpec
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly LoadBalancerIngress[] }
    readonly conditions?: readonly Condition[]
  }
}

export interface EndpointAddress {
  readonly ip: string
  readonly hostname?: string
  readonly nodeName?: string
  readonly targetRef?: ObjectReference
}

export interface Endpoints extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "Endpoints"
  readonly subsets?: readonly {
    readonly addresses?: readonly EndpointAddress[]
    readonly notReadyAddresses?: readonly EndpointAddress[]
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: Protocol }[]
  }[]
}

export interface Endpoint {
  readonly addresses: readonly string[]
  /** Absent conditions: ready and serving count as true, terminating as false. */
  readonly conditions?: { readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean }
  readonly hostname?: string
  readonly nodeName?: string
  readonly zone?: string
  readonly targetRef?: ObjectReference
  readonly hints?: {
    readonly forZones?: readonly { readonly name: string }[]
    readonly forNodes?: readonly { readonly name: string }[]
  }
}

export interface EndpointPort {
  readonly name?: string
  readonly protocol?: Protocol
  readonly port?: number
  readonly appProtocol?: string
}

export interface EndpointSlice extends KubeObject {
  readonly apiVersion: "discovery.k8s.io/v1"
  readonly kind: "EndpointSlice"
  readonly addressType: "IPv4" | "IPv6" | "FQDN"
  /** The API server writes null, not an empty list, for a Service without pods. */
  readonly endpoints: readonly Endpoint[] | null
  readonly ports?: readonly EndpointPort[] | null
}

export interface NetworkPolicyPort {
  readonly protocol?: Protocol
  /** A number or the name of a container port; absent: every port of the protocol. */
  readonly port?: IntOrString
  readonly endPort?: number
}

/** Either ipBlock, or podSelector and namespaceSelector, of which an absent one means "any" or "the policy's own". */
export interface NetworkPolicyPeer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
  readonly podSelector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
}

export interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector
  readonly policyTypes?: readonly ("Ingress" | "Egress")[]
  readonly ingress?: readonly {
    readonly from?: readonly NetworkPolicyPeer[]
    readonly ports?: readonly NetworkPolicyPort[]
  }[]
  readonly egress?: readonly {
    readonly to?: readonly NetworkPolicyPeer[]
    readonly ports?: readonly NetworkPolicyPort[]
  }[]
}

export interface NetworkPolicy extends KubeObject {
  readonly apiVersion: "networking.k8s.io/v1"
  readonly kind: "NetworkPolicy"
  readonly spec?: NetworkPolicySpec
}
