import type { Condition, KubeObject, ObjectReference } from "./object-meta.ts"

export interface Namespace extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "Namespace"
  readonly spec?: { readonly finalizers?: readonly string[] }
  readonly status?: { readonly phase?: "Active" | "Terminating" }
}

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute"
}

export interface Node extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "Node"
  readonly spec?: {
    readonly podCIDR?: string
    readonly podCIDRs?: readonly string[]
    readonly unschedulable?: boolean
    readonly taints?: readonly Taint[]
    readonly providerID?: string
  }
  readonly status?: {
    readonly addresses?: readonly {
      readonly type: "InternalIP" | "ExternalIP" | "Hostname"
      readonly address: string
    }[]
    readonly conditions?: readonly Condition[]
    readonly capacity?: Readonly<Record<string, string>>
    readonly allocatable?: Readonly<Record<string, string>>
    readonly nodeInfo?: Readonly<Record<string, string>>
  }
}

export interface KubeEvent extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "Event"
  readonly involvedObject: ObjectReference
  readonly type?: "Normal" | "Warning"
  readonly reason?: string
  readonly message?: string
  readonly source?: { readonly component?: string; readonly host?: string }
  readonly count?: number
  readonly firstTimestamp?: string | null
  readonly lastTimestamp?: string | null
  readonly reportingComponent?: string
}

export interface ConfigMap extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "ConfigMap"
  readonly data?: Readonly<Record<string, string>>
}
