/** Types of networking, roles, storage, scheduling, coordination and reviews: see types-a-l.ts. */
export const TYPES_CLUSTER = `
AggregationRule clusterRoleSelectors:[LabelSelector]
ClusterRole aggregationRule:AggregationRule apiVersion:string kind:string metadata:ObjectMeta rules:[PolicyRule]
ClusterRoleBinding apiVersion:string kind:string metadata:ObjectMeta roleRef:RoleRef subjects:[Subject]
FieldSelectorAttributes rawSelector:string requirements:[FieldSelectorRequirement]
HTTPIngressPath backend:IngressBackend path:string pathType:string
HTTPIngressRuleValue paths:[HTTPIngressPath]
IPAddress apiVersion:string kind:string metadata:ObjectMeta spec:IPAddressSpec
IPAddressSpec parentRef:ParentReference
IPBlock cidr:string except:[string]
Ingress apiVersion:string kind:string metadata:ObjectMeta spec:IngressSpec status:IngressStatus
IngressBackend resource:TypedLocalObjectReference service:IngressServiceBackend
IngressClass apiVersion:string kind:string metadata:ObjectMeta spec:IngressClassSpec
IngressClassParametersReference apiGroup:string kind:string name:string namespace:string scope:string
IngressClassSpec controller:string parameters:IngressClassParametersReference
IngressLoadBalancerIngress hostname:string ip:string ports:[IngressPortStatus]
IngressLoadBalancerStatus ingress:[IngressLoadBalancerIngress]
IngressPortStatus error:string port:int32 protocol:string
IngressRule host:string http:HTTPIngressRuleValue
IngressServiceBackend name:string port:ServiceBackendPort
IngressSpec defaultBackend:IngressBackend ingressClassName:string rules:[IngressRule] tls:[IngressTLS]
IngressStatus loadBalancer:IngressLoadBalancerStatus
IngressTLS hosts:[string] secretName:string
LabelSelectorAttributes rawSelector:string requirements:[LabelSelectorRequirement]
Lease apiVersion:string kind:string metadata:ObjectMeta spec:LeaseSpec
LeaseSpec acquireTime:MicroTime holderIdentity:string leaseDurationSeconds:int32 leaseTransitions:int32
  preferredHolder:string renewTime:MicroTime strategy:string
LocalSubjectAccessReview apiVersion:string kind:string metadata:ObjectMeta spec:SubjectAccessReviewSpec
  status:SubjectAccessReviewStatus
NetworkPolicy apiVersion:string kind:string metadata:ObjectMeta spec:NetworkPolicySpec
NetworkPolicyEgressRule ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
NetworkPolicyIngressRule from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]
NetworkPolicyPeer ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector
NetworkPolicyPort endPort:int32 port:IntOrString protocol:string
NetworkPolicySpec egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector:LabelSelector
  policyTypes:[string]
NonResourceAttributes path:string verb:string
NonResourceRule nonResourceURLs:[string] verbs:[string]
ParentReference group:string name:string namespace:string resource:string
PolicyRule apiGroups:[string] nonResourceURLs:[string] resourceNames:[string] resources:[string] verbs:[string]
PriorityClass apiVersion:string description:string globalDefault:bool kind:string metadata:ObjectMeta
  preemptionPolicy:string value:int32
ResourceAttributes fieldSelector:FieldSelectorAttributes group:string labelSelector:LabelSelectorAttributes
  name:string namespace:string resource:string subresource:string verb:string version:string
ResourceRule apiGroups:[string] resourceNames:[string] resources:[string] verbs:[string]
Role apiVersion:string kind:string metadata:ObjectMeta rules:[PolicyRule]
RoleBinding apiVersion:string kind:string metadata:ObjectMeta roleRef:RoleRef subjects:[Subject]
RoleRef apiGroup:string kind:string name:string
SelfSubjectAccessReview apiVersion:string kind:string metadata:ObjectMeta spec:SelfSubjectAccessReviewSpec
  status:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes
SelfSubjectReview apiVersion:string kind:string metadata:ObjectMeta status:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo:UserInfo
SelfSubjectRulesReview apiVersion:string kind:string metadata:ObjectMeta spec:SelfSubjectRulesReviewSpec
  status:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace:string
ServiceBackendPort name:string number:int32
ServiceCIDR apiVersion:string kind:string metadata:ObjectMeta spec:ServiceCIDRSpec status:ServiceCIDRStatus
ServiceCIDRSpec cidrs:[string]
ServiceCIDRStatus conditions:[Condition]~type
StorageClass allowVolumeExpansion:bool allowedTopologies:[TopologySelectorTerm] apiVersion:string kind:string
  metadata:ObjectMeta mountOptions:[string] parameters:{string} provisioner:string reclaimPolicy:string
  volumeBindingMode:string
Subject apiGroup:string kind:string name:string namespace:string
SubjectAccessReview apiVersion:string kind:string metadata:ObjectMeta spec:SubjectAccessReviewSpec
  status:SubjectAccessReviewStatus
SubjectAccessReviewSpec extra:{[string]} groups:[string] nonResourceAttributes:NonResourceAttributes
  resourceAttributes:ResourceAttributes uid:string user:string
SubjectAccessReviewStatus allowed:bool denied:bool evaluationError:string reason:string
SubjectRulesReviewStatus evaluationError:string incomplete:bool nonResourceRules:[NonResourceRule]
  resourceRules:[ResourceRule]
TopologySelectorLabelRequirement key:string values:[string]
TopologySelectorTerm matchLabelExpressions:[TopologySelectorLabelRequirement]
UserInfo extra:{[string]} groups:[string] uid:string username:string
`
