import type { EndpointSlice, IPFamily, Protocol, Service } from "@pilotage/kube-model"
import { defaultNetworkConfig } from "../../network-config.ts"
import { compile } from "../../table/compile.ts"
import type { RoutingTable } from "../../table/table.ts"

/** The settings under which kube-proxy's own tests ran: one node, its addresses, its options. */
interface ProxyConfig {
  readonly ipFamily: string
  readonly nodeName: string
  readonly nodeIP: string
  readonly localIPs: readonly string[]
  readonly localDetector: string
  readonly clusterCIDR: string | null
  readonly masqueradeAll: boolean
  readonly nodePortAddresses: readonly string[]
  readonly serviceCIDRs: readonly string[]
  readonly nodeLabels: Readonly<Record<string, string>>
}

export interface ProxyState {
  readonly config: ProxyConfig
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
}

/** source, protocol, destination, port, what becomes of it, masqueraded (null: not compared). */
export type Flow = readonly [string, Protocol, string, number, string, boolean | null]

/** A block of the other family says that this one has none. */
const blockOf = (block: string | null | undefined, family: IPFamily): string =>
  block ?? (family === "IPv4" ? "fd00:ffff::/64" : "198.18.0.0/15")

export const tableOfState = ({ config, services, endpointSlices }: ProxyState): RoutingTable => {
  const family = config.ipFamily as IPFamily
  const zone = config.nodeLabels["topology.kubernetes.io/zone"]
  const table = compile({
    config: {
      ...defaultNetworkConfig,
      proxyMode: "nftables",
      localDetector: config.localDetector === "ClusterCIDR" ? "ClusterCIDR" : "none",
      clusterCIDR: blockOf(config.clusterCIDR, family),
      serviceCIDR: blockOf(config.serviceCIDRs[0], family),
      masqueradeAll: config.masqueradeAll,
      nodePortAddresses: config.nodePortAddresses,
    },
    nodes: [
      {
        name: config.nodeName,
        internalIP: config.nodeIP,
        podCIDR: "",
        otherIPs: config.localIPs,
        ...(zone ? { zone } : {}),
      },
    ],
    pods: [],
    services,
    endpointSlices,
    networkPolicies: [],
  })
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return table.value
}
