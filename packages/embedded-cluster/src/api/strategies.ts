import type { ResourceName } from "../store-types.ts"
import { definitionStrategy } from "./custom/definition.ts"
import { signingRequestStrategy } from "./kinds/certificate-signing-request.ts"
import { configMapStrategy } from "./kinds/config-map.ts"
import { endpointSliceStrategy } from "./kinds/endpoint-slice.ts"
import { endpointsStrategy } from "./kinds/endpoints.ts"
import { eventStrategy } from "./kinds/event.ts"
import { ingressStrategy } from "./kinds/ingress.ts"
import { ingressClassStrategy } from "./kinds/ingress-class.ts"
import { ipAddressStrategy } from "./kinds/ip-address.ts"
import { leaseStrategy } from "./kinds/lease.ts"
import { limitRangeStrategy } from "./kinds/limit-range.ts"
import { namespaceStrategy } from "./kinds/namespace.ts"
import { networkPolicyStrategy } from "./kinds/network-policy.ts"
import { nodeStrategy } from "./kinds/node.ts"
import { persistentVolumeStrategy } from "./kinds/persistent-volume.ts"
import { persistentVolumeClaimStrategy } from "./kinds/persistent-volume-claim.ts"
import { priorityClassStrategy } from "./kinds/priority-class.ts"
import { resourceQuotaStrategy } from "./kinds/resource-quota.ts"
import { clusterRoleBindingStrategy, roleBindingStrategy } from "./kinds/role-bindings.ts"
import { clusterRoleStrategy, roleStrategy } from "./kinds/roles.ts"
import { secretStrategy } from "./kinds/secret.ts"
import { serviceAccountStrategy } from "./kinds/service-account.ts"
import { serviceCIDRStrategy } from "./kinds/service-cidr.ts"
import { storageClassStrategy } from "./kinds/storage-class.ts"
import { serviceStrategy } from "./service/strategy.ts"
import type { Strategy } from "./strategy.ts"
import { controllerRevisionStrategy } from "./workloads/controller-revision.ts"
import { cronJobStrategy } from "./workloads/cron-job.ts"
import { daemonSetStrategy } from "./workloads/daemon-set.ts"
import { deploymentStrategy, replicaSetStrategy } from "./workloads/deployment.ts"
import { horizontalPodAutoscalerStrategy } from "./workloads/horizontal-pod-autoscaler.ts"
import { jobStrategy } from "./workloads/job.ts"
import { podStrategy } from "./workloads/pod.ts"
import { podDisruptionBudgetStrategy } from "./workloads/pod-disruption-budget.ts"
import { podTemplateStrategy } from "./workloads/pod-template.ts"
import { replicationControllerStrategy } from "./workloads/replication-controller.ts"
import { statefulSetStrategy } from "./workloads/stateful-set.ts"

/** For what has no rules beyond its types; reviews never get as far as a strategy. */
const NONE: Strategy = { defaults: (object) => object, validate: () => [] }

const STRATEGIES: Readonly<Record<ResourceName, Strategy>> = {
  namespaces: namespaceStrategy,
  nodes: nodeStrategy,
  pods: podStrategy,
  services: serviceStrategy,
  endpoints: endpointsStrategy,
  endpointslices: endpointSliceStrategy,
  deployments: deploymentStrategy,
  replicasets: replicaSetStrategy,
  events: eventStrategy,
  configmaps: configMapStrategy,
  clusterrolebindings: clusterRoleBindingStrategy,
  clusterroles: clusterRoleStrategy,
  controllerrevisions: controllerRevisionStrategy,
  cronjobs: cronJobStrategy,
  daemonsets: daemonSetStrategy,
  horizontalpodautoscalers: horizontalPodAutoscalerStrategy,
  ingressclasses: ingressClassStrategy,
  ingresses: ingressStrategy,
  ipaddresses: ipAddressStrategy,
  jobs: jobStrategy,
  leases: leaseStrategy,
  limitranges: limitRangeStrategy,
  networkpolicies: networkPolicyStrategy,
  persistentvolumeclaims: persistentVolumeClaimStrategy,
  persistentvolumes: persistentVolumeStrategy,
  poddisruptionbudgets: podDisruptionBudgetStrategy,
  podtemplates: podTemplateStrategy,
  priorityclasses: priorityClassStrategy,
  replicationcontrollers: replicationControllerStrategy,
  resourcequotas: resourceQuotaStrategy,
  rolebindings: roleBindingStrategy,
  roles: roleStrategy,
  secrets: secretStrategy,
  serviceaccounts: serviceAccountStrategy,
  servicecidrs: serviceCIDRStrategy,
  statefulsets: statefulSetStrategy,
  storageclasses: storageClassStrategy,
  mutatingadmissionpolicies: NONE,
  mutatingadmissionpolicybindings: NONE,
  mutatingwebhookconfigurations: NONE,
  validatingadmissionpolicies: NONE,
  validatingadmissionpolicybindings: NONE,
  validatingwebhookconfigurations: NONE,
  customresourcedefinitions: definitionStrategy,
  apiservices: NONE,
  certificatesigningrequests: signingRequestStrategy,
  deviceclasses: NONE,
  resourceclaims: NONE,
  resourceclaimtemplates: NONE,
  resourceslices: NONE,
  flowschemas: NONE,
  prioritylevelconfigurations: NONE,
  runtimeclasses: NONE,
  csidrivers: NONE,
  csinodes: NONE,
  csistoragecapacities: NONE,
  volumeattachments: NONE,
  volumeattributesclasses: NONE,
  bindings: NONE,
  componentstatuses: NONE,
  localsubjectaccessreviews: NONE,
  selfsubjectaccessreviews: NONE,
  selfsubjectreviews: NONE,
  selfsubjectrulesreviews: NONE,
  subjectaccessreviews: NONE,
  tokenreviews: NONE,
}

export const strategyOf = (resource: ResourceName): Strategy => STRATEGIES[resource]
