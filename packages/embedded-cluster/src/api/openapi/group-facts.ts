import { CORE_FACTS_A_TO_K } from "./core-facts-a-k.ts"
import { CORE_FACTS_L_TO_Z } from "./core-facts-l-z.ts"
import { RESOURCE } from "./device-facts.ts"
import { ADMISSION_REGISTRATION, API_EXTENSIONS } from "./extension-facts.ts"
import { API_REGISTRATION, CERTIFICATES, EVENTS, FLOW_CONTROL, NODE, STORAGE } from "./served-facts.ts"

const META = `
APIResource categories[a] kind! name! namespaced! shortNames[a] singularName! verbs!
APIResourceList groupVersion! resources[a]!
Condition lastTransitionTime! message! reason! status! type!
DeleteOptions dryRun[a]
FieldsV1
LabelSelector @atomic matchExpressions[a]
LabelSelectorRequirement key! operator! values[a]
ListMeta
ManagedFieldsEntry
ObjectMeta finalizers[s] managedFields[a] ownerReferences[uid]
OwnerReference @atomic apiVersion! kind! name! uid!
Patch
Preconditions
ShardInfo selector!
Status
StatusCause
StatusDetails causes[a]
WatchEvent object! type!
`

const APPS = `
ControllerRevision revision!
DaemonSet spec{} status{}
DaemonSetCondition status! type!
DaemonSetSpec selector! template{}! updateStrategy{}
DaemonSetStatus conditions[type] currentNumberScheduled! desiredNumberScheduled! numberMisscheduled! numberReady!
DaemonSetUpdateStrategy type<OnDelete|RollingUpdate>
Deployment spec{} status{}
DeploymentCondition status! type!
DeploymentSpec selector! strategy{}+ template{}!
DeploymentStatus conditions[type]
DeploymentStrategy type<Recreate|RollingUpdate>
ReplicaSet spec{} status{}
ReplicaSetCondition status! type!
ReplicaSetSpec selector! template{}
ReplicaSetStatus conditions[type] replicas!
StatefulSet spec{} status{}
StatefulSetCondition status! type!
StatefulSetSpec podManagementPolicy<OrderedReady|Parallel> selector! serviceName= template{}! updateStrategy{}
  volumeClaimTemplates[a]
StatefulSetStatus availableReplicas=0 conditions[type] replicas!
StatefulSetUpdateStrategy type<OnDelete|RollingUpdate>
`

const DISCOVERY = `
Endpoint addresses[s]! conditions{}
EndpointHints forNodes[a] forZones[a]
EndpointPort @atomic protocol<SCTP|TCP|UDP>
EndpointSlice addressType<FQDN|IPv4|IPv6>! endpoints[a]! ports[a]
ForNode name!
ForZone name!
`

const NETWORKING = `
HTTPIngressPath backend{}! pathType<Exact|ImplementationSpecific|Prefix>=?!
HTTPIngressRuleValue paths[a]!
IPAddress spec{}
IPAddressSpec parentRef!
IPBlock cidr! except[a]
Ingress spec{} status{}
IngressClass spec{}
IngressClassParametersReference kind! name!
IngressLoadBalancerIngress ports[a]
IngressLoadBalancerStatus ingress[a]
IngressPortStatus port! protocol!
IngressServiceBackend name! port{}
IngressSpec rules[a] tls[a]
IngressStatus loadBalancer{}
IngressTLS hosts[a]
NetworkPolicy spec{}
NetworkPolicyEgressRule ports[a] to[a]
NetworkPolicyIngressRule from[a] ports[a]
NetworkPolicySpec egress[a] ingress[a] podSelector{} policyTypes[a]
ParentReference name! resource!
ServiceBackendPort @atomic
ServiceCIDR spec{} status{}
ServiceCIDRSpec cidrs[a]
ServiceCIDRStatus conditions[type]
`

const AUTHENTICATION = `
SelfSubjectReview status{}
SelfSubjectReviewStatus userInfo{}
TokenRequest spec{} status{}
TokenRequestSpec audiences[a]
TokenRequestStatus token=
TokenReview spec{}! status{}
TokenReviewSpec audiences[a] token=?!
TokenReviewStatus audiences[a] user{}
UserInfo groups[a]
`

const AUTHORIZATION = `
FieldSelectorAttributes requirements[a]
LabelSelectorAttributes requirements[a]
LocalSubjectAccessReview spec{}! status{}
NonResourceRule nonResourceURLs[a] verbs[a]!
ResourceRule apiGroups[a] resourceNames[a] resources[a] verbs[a]!
SelfSubjectAccessReview spec{}! status{}
SelfSubjectRulesReview spec{}! status{}
SubjectAccessReview spec{}! status{}
SubjectAccessReviewSpec groups[a]
SubjectAccessReviewStatus allowed!
SubjectRulesReviewStatus incomplete! nonResourceRules[a]! resourceRules[a]!
`

const AUTOSCALING = `
HorizontalPodAutoscaler spec{}! status{}
HorizontalPodAutoscalerSpec maxReplicas! scaleTargetRef{}!
HorizontalPodAutoscalerStatus currentReplicas! desiredReplicas!
CrossVersionObjectReference @atomic kind! name!
Scale spec{} status{}
ScaleSpec replicas=0
ScaleStatus replicas!
`

const AUTOSCALING_V2 = `
ContainerResourceMetricSource container! name! target{}!
CrossVersionObjectReference @atomic kind! name!
ExternalMetricSource metric{}! target{}!
HPAScalingPolicy periodSeconds! type! value!
HPAScalingRules policies[a]
HorizontalPodAutoscaler spec{} status{}
HorizontalPodAutoscalerCondition status! type!
HorizontalPodAutoscalerSpec maxReplicas! metrics[a] scaleTargetRef{}!
HorizontalPodAutoscalerStatus conditions[type] currentMetrics[a] desiredReplicas=
MetricIdentifier name!
MetricSpec type!
MetricStatus type!
MetricTarget type!
ObjectMetricSource describedObject{}! metric{}! target{}!
PodsMetricSource metric{}! target{}!
ResourceMetricSource name! target{}!
`

const BATCH = `
CronJob spec{} status{}
CronJobSpec concurrencyPolicy<Allow|Forbid|Replace> jobTemplate{}! schedule!
CronJobStatus active[a]
Job spec{} status{}
JobCondition status! type!
JobSpec completionMode<Indexed|NonIndexed> template{}!
JobStatus conditions[a]
JobTemplateSpec spec{}
PodFailurePolicy rules[a]!
PodFailurePolicyOnExitCodesRequirement operator<In|NotIn>! values[s]!
PodFailurePolicyOnPodConditionsPattern type!
PodFailurePolicyRule action<Count|FailIndex|FailJob|Ignore>! onPodConditions[a]
SuccessPolicy rules[a]!
UncountedTerminatedPods failed[s] succeeded[s]
`

const POLICY = `
PodDisruptionBudget spec{} status{}
PodDisruptionBudgetStatus conditions[type] currentHealthy! desiredHealthy! disruptionsAllowed! expectedPods!
`

const RBAC = `
ClusterRole rules[a]
ClusterRoleBinding roleRef{}! subjects[a]
PolicyRule apiGroups[a] nonResourceURLs[a] resourceNames[a] resources[a] verbs[a]!
Role rules[a]
RoleBinding roleRef{}! subjects[a]
RoleRef @atomic apiGroup! kind! name!
Subject @atomic kind! name!
`

const COORDINATION = `
Lease spec{}
`

const SCHEDULING = `
PriorityClass value!
`

/** Facts by the package that the names of OpenAPI schemas begin with. */
export const GROUP_FACTS: Readonly<Record<string, string>> = {
  "io.k8s.apimachinery.pkg.apis.meta.v1": META,
  "io.k8s.api.core.v1": CORE_FACTS_A_TO_K + CORE_FACTS_L_TO_Z,
  "io.k8s.api.apps.v1": APPS,
  "io.k8s.api.discovery.v1": DISCOVERY,
  "io.k8s.api.networking.v1": NETWORKING,
  "io.k8s.api.authentication.v1": AUTHENTICATION,
  "io.k8s.api.authorization.v1": AUTHORIZATION,
  "io.k8s.api.autoscaling.v1": AUTOSCALING,
  "io.k8s.api.batch.v1": BATCH,
  "io.k8s.api.rbac.v1": RBAC,
  "io.k8s.api.coordination.v1": COORDINATION,
  "io.k8s.api.autoscaling.v2": AUTOSCALING_V2,
  "io.k8s.api.policy.v1": POLICY,
  "io.k8s.api.scheduling.v1": SCHEDULING,
  "io.k8s.api.storage.v1": STORAGE,
  "io.k8s.api.admissionregistration.v1": ADMISSION_REGISTRATION,
  "io.k8s.api.certificates.v1": CERTIFICATES,
  "io.k8s.api.events.v1": EVENTS,
  "io.k8s.api.flowcontrol.v1": FLOW_CONTROL,
  "io.k8s.api.node.v1": NODE,
  "io.k8s.api.resource.v1": RESOURCE,
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1": API_EXTENSIONS,
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1": API_REGISTRATION,
}
