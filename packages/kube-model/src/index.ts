export type { Status, Table, WatchEvent } from "./api-answers.ts"
export { type Cancellation, type CancellationSource, createCancellation, neverCancelled } from "./cancellation.ts"
export type { ConfigMap, KubeEvent, Namespace, Node, Taint } from "./core-objects.ts"
export {
  type CIDR,
  canonicalIP,
  compareIPs,
  formatIPv4,
  type IPFamily,
  ipFamily,
  isIP,
  parseCIDR,
  parseIPv4,
  parseIPv6,
} from "./ip.ts"
export type { JsonValue } from "./json.ts"
export {
  isStream,
  type KubeAnswer,
  type KubeRequest,
  type KubeResponse,
  type KubeStream,
  type PlainKubeRequest,
  type StreamChunk,
} from "./kube-http.ts"
export type {
  Endpoint,
  EndpointAddress,
  EndpointPort,
  EndpointSlice,
  Endpoints,
  LoadBalancerIngress,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  Service,
  ServicePort,
  ServiceSpec,
  ServiceType,
} from "./network-objects.ts"
export type {
  Condition,
  ConditionStatus,
  IntOrString,
  KubeObject,
  LabelSelector,
  LabelSelectorRequirement,
  Labels,
  ManagedFields,
  ObjectMeta,
  ObjectReference,
  OwnerReference,
  Protocol,
} from "./object-meta.ts"
export { conditionStatus, isPodReady, isPodTerminal, isTerminating } from "./pods.ts"
export { createRandom, type Random, type RandomState, randomSuffix, randomUid } from "./random.ts"
export { err, type InputError, ok, type Result } from "./result.ts"
export { type LabelQuery, matchesSelector, parseLabelQuery, selectsPods } from "./selectors.ts"
export { formatTime, humanDuration, parseTime } from "./time.ts"
export type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  Deployment,
  EnvVar,
  Pod,
  PodSpec,
  PodTemplateSpec,
  Probe,
  ReplicaSet,
} from "./workload-objects.ts"
