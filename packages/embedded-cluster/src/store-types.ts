import type {
  ConfigMap,
  Deployment,
  EndpointSlice,
  Endpoints,
  KubeEvent,
  KubeObject,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  ReplicaSet,
  Service,
} from "@pilotage/kube-model"

/** Plural resource name to the shape that is stored under it. */
export interface ResourceShapes {
  readonly namespaces: Namespace
  readonly nodes: Node
  readonly pods: Pod
  readonly services: Service
  readonly endpoints: Endpoints
  readonly endpointslices: EndpointSlice
  readonly deployments: Deployment
  readonly replicasets: ReplicaSet
  readonly events: KubeEvent
  readonly configmaps: ConfigMap
  readonly controllerrevisions: KubeObject
  readonly clusterrolebindings: KubeObject
  readonly clusterroles: KubeObject
  readonly cronjobs: KubeObject
  readonly daemonsets: KubeObject
  readonly horizontalpodautoscalers: KubeObject
  readonly ingressclasses: KubeObject
  readonly ingresses: KubeObject
  readonly ipaddresses: KubeObject
  readonly jobs: KubeObject
  readonly leases: KubeObject
  readonly limitranges: KubeObject
  readonly networkpolicies: NetworkPolicy
  readonly persistentvolumeclaims: KubeObject
  readonly persistentvolumes: KubeObject
  readonly poddisruptionbudgets: KubeObject
  readonly podtemplates: KubeObject
  readonly priorityclasses: KubeObject
  readonly replicationcontrollers: KubeObject
  readonly resourcequotas: KubeObject
  readonly rolebindings: KubeObject
  readonly roles: KubeObject
  readonly secrets: KubeObject
  readonly serviceaccounts: KubeObject
  readonly servicecidrs: KubeObject
  readonly statefulsets: KubeObject
  readonly storageclasses: KubeObject
  readonly mutatingadmissionpolicies: KubeObject
  readonly mutatingadmissionpolicybindings: KubeObject
  readonly mutatingwebhookconfigurations: KubeObject
  readonly validatingadmissionpolicies: KubeObject
  readonly validatingadmissionpolicybindings: KubeObject
  readonly validatingwebhookconfigurations: KubeObject
  readonly customresourcedefinitions: KubeObject
  readonly apiservices: KubeObject
  readonly certificatesigningrequests: KubeObject
  readonly deviceclasses: KubeObject
  readonly resourceclaims: KubeObject
  readonly resourceclaimtemplates: KubeObject
  readonly resourceslices: KubeObject
  readonly flowschemas: KubeObject
  readonly prioritylevelconfigurations: KubeObject
  readonly runtimeclasses: KubeObject
  readonly csidrivers: KubeObject
  readonly csinodes: KubeObject
  readonly csistoragecapacities: KubeObject
  readonly volumeattachments: KubeObject
  readonly volumeattributesclasses: KubeObject
  /** Healths of the control plane: made when they are asked for. */
  readonly componentstatuses: KubeObject
  /** Reviews are questions: they are answered, and never stored. */
  readonly bindings: KubeObject
  readonly localsubjectaccessreviews: KubeObject
  readonly selfsubjectaccessreviews: KubeObject
  readonly selfsubjectreviews: KubeObject
  readonly selfsubjectrulesreviews: KubeObject
  readonly subjectaccessreviews: KubeObject
  readonly tokenreviews: KubeObject
}

export type ResourceName = keyof ResourceShapes

/** Reading side of the store. Objects are frozen by agreement: nobody changes one, everybody may keep one. */
export interface StoreView {
  /** Of the last write; every write takes the next one. */
  readonly revision: number
  /** `namespace` is "" for cluster-scoped resources. */
  readonly get: <R extends ResourceName>(resource: R, namespace: string, name: string) => ResourceShapes[R] | undefined
  /** By name. Without `namespace`: all, in the order of their keys `namespace/name`, so `demo-2/a` comes before `demo/a`. */
  readonly list: <R extends ResourceName>(resource: R, namespace?: string) => readonly ResourceShapes[R][]
}

export interface StoreEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED"
  readonly resource: ResourceName
  readonly object: KubeObject
  /** The version before; absent for ADDED. */
  readonly previous?: KubeObject
  readonly revision: number
}

/** A change that a controller or the API asks for. The store gives uid, resourceVersion, creationTimestamp and generation. */
export type Write =
  | { readonly kind: "create"; readonly resource: ResourceName; readonly object: KubeObject }
  | { readonly kind: "update"; readonly resource: ResourceName; readonly object: KubeObject }
  /** Removes at once; graceful deletion is the API's and the kubelet's affair. */
  | { readonly kind: "remove"; readonly resource: ResourceName; readonly namespace: string; readonly name: string }

/** Something to be done later: handed back to the controller that asked, when virtual time gets there. */
export interface Timer {
  readonly afterMs: number
  /** A later timer with the same key replaces this one. */
  readonly key: string
}

export interface Effects {
  readonly writes: readonly Write[]
  readonly timers?: readonly Timer[]
}
