import { CORE_FACTS_A_TO_K } from "./core-facts-a-k.ts"
import { CORE_FACTS_L_TO_Z } from "./core-facts-l-z.ts"

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
ServiceBackendPort @atomic
`

const AUTHENTICATION = `
TokenRequest spec{} status{}
TokenRequestSpec audiences[a]
TokenRequestStatus token=
`

const AUTHORIZATION = `
SelfSubjectAccessReview spec{}! status{}
SelfSubjectRulesReview spec{}! status{}
SubjectAccessReview spec{}! status{}
SubjectAccessReviewStatus allowed!
`

const AUTOSCALING = `
Scale spec{} status{}
ScaleSpec replicas=0
ScaleStatus replicas!
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
}
