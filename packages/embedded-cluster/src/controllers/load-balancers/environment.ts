import type { NetworkConfig } from "@pilotage/routing-core"
import type { Controller } from "../../engine/controller.ts"

export type LoadBalancerName = "none" | "vip" | "metallb" | "cloud-aws" | "cloud-gcp" | "cloud-azure" | "proxy"

/** Who serves Services of type LoadBalancer, and what the network around the cluster then does. */
export interface LoadBalancerEnvironment {
  /** In a few words, for help texts. */
  readonly summary: string
  readonly network: Partial<NetworkConfig>
  /** What one such Service costs, in US dollars, without the data that it carries. Absent: nothing. */
  readonly dollarsPerHour?: number
  readonly controllers: readonly Controller[]
}
