import type { ServiceType } from "@pilotage/kube-model"
import type { Origin } from "@pilotage/routing-core"

/** One pod of the cast. */
export interface PodDraft {
  readonly name: string
  readonly node: string
  readonly ip: string
  readonly app: string
  readonly ready: boolean
  /** The port that its process listens on; absent: nothing listens. */
  readonly listens?: number
}

/** A Service as the fields beside the map edit it. Numbers are as typed; 0 means none. */
export interface ServiceDraft {
  readonly name: string
  readonly type: Exclude<ServiceType, "ExternalName">
  readonly clusterIP: string
  readonly selector: string
  readonly port: number
  readonly targetPort: number
  readonly nodePort: number
  readonly externalTrafficPolicy: "Cluster" | "Local"
  /** The load balancer's address once it has one. */
  readonly address: string
}

/** A request that the reader can send. */
export interface RequestDraft {
  readonly from: Origin
  readonly to: string
  readonly port: number
  /** Which of the equal choices along the way is taken, in [0, 1). */
  readonly picks: readonly number[]
}

export interface RouteDraft {
  readonly id: string
  readonly title: string
  readonly service: ServiceDraft
  readonly request: RequestDraft
}

/** Everything that a simulator shows and that its reader can change. JSON: it is what a link carries. */
export interface Scenario {
  readonly loadBalancer: "none" | "vip" | "proxy"
  readonly pods: readonly PodDraft[]
  readonly routes: readonly RouteDraft[]
}
