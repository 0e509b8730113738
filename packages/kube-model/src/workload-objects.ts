import type { Condition, IntOrString, KubeObject, LabelSelector, Labels, ObjectMeta, Protocol } from "./object-meta.ts"

export interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly hostPort?: number
  readonly hostIP?: string
  readonly protocol?: Protocol
}

export interface Probe {
  readonly httpGet?: {
    readonly path?: string
    readonly port: IntOrString
    readonly scheme?: string
    readonly host?: string
  }
  readonly tcpSocket?: { readonly port: IntOrString; readonly host?: string }
  readonly exec?: { readonly command?: readonly string[] }
  readonly initialDelaySeconds?: number
  readonly periodSeconds?: number
  readonly timeoutSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
}

export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: unknown
}

export interface Container {
  readonly name: string
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly ports?: readonly ContainerPort[]
  readonly env?: readonly EnvVar[]
  readonly readinessProbe?: Probe
  readonly livenessProbe?: Probe
  readonly startupProbe?: Probe
  readonly imagePullPolicy?: "Always" | "IfNotPresent" | "Never"
  readonly resources?: unknown
  readonly volumeMounts?: readonly unknown[]
  readonly [field: string]: unknown
}

export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly nodeName?: string
  readonly nodeSelector?: Labels
  readonly hostNetwork?: boolean
  readonly hostname?: string
  readonly subdomain?: string
  readonly restartPolicy?: "Always" | "OnFailure" | "Never"
  readonly terminationGracePeriodSeconds?: number
  readonly dnsPolicy?: string
  readonly serviceAccountName?: string
  readonly tolerations?: readonly unknown[]
  readonly [field: string]: unknown
}

export interface ContainerStatus {
  readonly name: string
  readonly image: string
  readonly imageID?: string
  readonly containerID?: string
  readonly ready: boolean
  readonly started?: boolean
  readonly restartCount: number
  readonly state?: ContainerState
  readonly lastState?: ContainerState
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt?: string }
  readonly terminated?: {
    readonly exitCode: number
    readonly reason?: string
    readonly message?: string
    readonly startedAt?: string
    readonly finishedAt?: string
    readonly containerID?: string
  }
}

export interface Pod extends KubeObject {
  readonly apiVersion: "v1"
  readonly kind: "Pod"
  readonly spec: PodSpec
  readonly status?: {
    readonly phase?: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown"
    readonly conditions?: readonly Condition[]
    readonly podIP?: string
    readonly podIPs?: readonly { readonly ip: string }[]
    readonly hostIP?: string
    readonly hostIPs?: readonly { readonly ip: string }[]
    readonly startTime?: string
    readonly qosClass?: string
    readonly reason?: string
    readonly message?: string
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
    readonly observedGeneration?: number
  }
}

export interface PodTemplateSpec {
  readonly metadata?: Partial<ObjectMeta>
  readonly spec: PodSpec
}

export interface Deployment extends KubeObject {
  readonly apiVersion: "apps/v1"
  readonly kind: "Deployment"
  readonly spec: {
    readonly replicas?: number
    readonly selector: LabelSelector
    readonly template: PodTemplateSpec
    readonly strategy?: {
      readonly type?: "RollingUpdate" | "Recreate"
      readonly rollingUpdate?: { readonly maxSurge?: IntOrString; readonly maxUnavailable?: IntOrString }
    }
    readonly minReadySeconds?: number
    readonly revisionHistoryLimit?: number
    readonly progressDeadlineSeconds?: number
    readonly paused?: boolean
  }
  readonly status?: {
    readonly observedGeneration?: number
    readonly replicas?: number
    readonly updatedReplicas?: number
    readonly readyReplicas?: number
    readonly availableReplicas?: number
    readonly unavailableReplicas?: number
    readonly terminatingReplicas?: number
    readonly conditions?: readonly Condition[]
    readonly collisionCount?: number
  }
}

export interface ReplicaSet extends KubeObject {
  readonly apiVersion: "apps/v1"
  readonly kind: "ReplicaSet"
  readonly spec: {
    readonly replicas?: number
    readonly selector: LabelSelector
    readonly template: PodTemplateSpec
    readonly minReadySeconds?: number
  }
  readonly status?: {
    readonly observedGeneration?: number
    readonly replicas?: number
    readonly fullyLabeledReplicas?: number
    readonly readyReplicas?: number
    readonly availableReplicas?: number
    readonly terminatingReplicas?: number
  }
}
