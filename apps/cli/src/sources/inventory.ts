import type {
  ConfigMap,
  Deployment,
  EndpointSlice,
  Endpoints,
  KubeObject,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  Service,
} from "@pilotage/kube-model"

/** A StatefulSet or DaemonSet, as far as its pods are concerned. */
export interface PodWorkload extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly template: PodTemplateSpec }
}

/** The objects of a cluster, by kind, in the order in which they were read. Namespaced ones all name their namespace. */
export interface Inventory {
  readonly nodes: readonly Node[]
  readonly namespaces: readonly Namespace[]
  readonly pods: readonly Pod[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly endpoints: readonly Endpoints[]
  readonly networkPolicies: readonly NetworkPolicy[]
  readonly configMaps: readonly ConfigMap[]
  readonly deployments: readonly Deployment[]
  readonly replicaSets: readonly ReplicaSet[]
  readonly statefulSets: readonly PodWorkload[]
  readonly daemonSets: readonly PodWorkload[]
}

const GROUPS = {
  nodes: ["v1", "Node"],
  namespaces: ["v1", "Namespace"],
  pods: ["v1", "Pod"],
  services: ["v1", "Service"],
  endpointSlices: ["discovery.k8s.io/v1", "EndpointSlice"],
  endpoints: ["v1", "Endpoints"],
  networkPolicies: ["networking.k8s.io/v1", "NetworkPolicy"],
  configMaps: ["v1", "ConfigMap"],
  deployments: ["apps/v1", "Deployment"],
  replicaSets: ["apps/v1", "ReplicaSet"],
  statefulSets: ["apps/v1", "StatefulSet"],
  daemonSets: ["apps/v1", "DaemonSet"],
} as const satisfies Record<keyof Inventory, readonly [string, string]>

const CLUSTER_WIDE: ReadonlySet<string> = new Set(["Node", "Namespace"])

export const isClusterWide = (kind: string): boolean => CLUSTER_WIDE.has(kind)

export const isKnownKind = (apiVersion: string, kind: string): boolean =>
  Object.values(GROUPS).some(([version, name]) => version === apiVersion && name === kind)

/** How a kind that is not read is called: with its version when another version of it is read. */
export const unusedName = (apiVersion: string, kind: string): string =>
  Object.values(GROUPS).some(([, name]) => name === kind) ? `${kind} of ${apiVersion}` : kind

/** Sorts objects whose shape was looked at by kind; others are left out. */
export const inventoryOf = (objects: readonly KubeObject[]): Inventory => {
  const ofKind = <Shape extends KubeObject>([apiVersion, kind]: readonly [string, string]): readonly Shape[] =>
    objects.filter((object): object is Shape => object.kind === kind && object.apiVersion === apiVersion)
  return {
    nodes: ofKind<Node>(GROUPS.nodes),
    namespaces: ofKind<Namespace>(GROUPS.namespaces),
    pods: ofKind<Pod>(GROUPS.pods),
    services: ofKind<Service>(GROUPS.services),
    endpointSlices: ofKind<EndpointSlice>(GROUPS.endpointSlices),
    endpoints: ofKind<Endpoints>(GROUPS.endpoints),
    networkPolicies: ofKind<NetworkPolicy>(GROUPS.networkPolicies),
    configMaps: ofKind<ConfigMap>(GROUPS.configMaps),
    deployments: ofKind<Deployment>(GROUPS.deployments),
    replicaSets: ofKind<ReplicaSet>(GROUPS.replicaSets),
    statefulSets: ofKind<PodWorkload>(GROUPS.statefulSets),
    daemonSets: ofKind<PodWorkload>(GROUPS.daemonSets),
  }
}
