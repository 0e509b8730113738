/** Messages of networking.k8s.io/v1: see message-type.ts. */
export const NETWORKING = `
HTTPIngressPath path:1 backend:2IngressBackend pathType:3?
HTTPIngressRuleValue paths:1[HTTPIngressPath]
IPAddress metadata:1ObjectMeta spec:2IPAddressSpec
IPAddressSpec parentRef:1ParentReference
IPBlock cidr:1? except:2[]
Ingress metadata:1ObjectMeta spec:2IngressSpec status:3IngressStatus
IngressBackend resource:3TypedLocalObjectReference service:4IngressServiceBackend
IngressClass metadata:1ObjectMeta spec:2IngressClassSpec
IngressClassParametersReference apiGroup:1? kind:2? name:3? scope:4? namespace:5?
IngressClassSpec controller:1 parameters:2IngressClassParametersReference
IngressLoadBalancerIngress ip:1 hostname:2 ports:4[IngressPortStatus]
IngressLoadBalancerStatus ingress:1[IngressLoadBalancerIngress]
IngressPortStatus port:1?int32 protocol:2? error:3?
IngressRule host:1 IngressRuleValue:2^IngressRuleValue
IngressRuleValue http:1HTTPIngressRuleValue
IngressServiceBackend name:1? port:2ServiceBackendPort
IngressSpec defaultBackend:1IngressBackend tls:2[IngressTLS] rules:3[IngressRule] ingressClassName:4?
IngressStatus loadBalancer:1IngressLoadBalancerStatus
IngressTLS hosts:1[] secretName:2
NetworkPolicy metadata:1ObjectMeta spec:2NetworkPolicySpec
NetworkPolicyEgressRule ports:1[NetworkPolicyPort] to:2[NetworkPolicyPeer]
NetworkPolicyIngressRule ports:1[NetworkPolicyPort] from:2[NetworkPolicyPeer]
NetworkPolicyPeer podSelector:1LabelSelector namespaceSelector:2LabelSelector ipBlock:3IPBlock
NetworkPolicyPort protocol:1? port:2IntOrString endPort:3?int32
NetworkPolicySpec podSelector:1LabelSelector ingress:2[NetworkPolicyIngressRule] egress:3[NetworkPolicyEgressRule]
  policyTypes:4[]
ParentReference group:1 resource:2 namespace:3 name:4
ServiceBackendPort name:1 number:2int32
ServiceCIDR metadata:1ObjectMeta spec:2ServiceCIDRSpec status:3ServiceCIDRStatus
ServiceCIDRSpec cidrs:1[]
ServiceCIDRStatus conditions:1[Condition]
`
