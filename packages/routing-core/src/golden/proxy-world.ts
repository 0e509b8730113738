import { type EndpointSlice, type IPFamily, ipFamily, type Protocol, type Service } from "@pilotage/kube-model"
import { defaultNetworkConfig } from "../network-config.ts"
import type { ClusterState, ProxyMode } from "../state.ts"

/** `[source, protocol, destination, port, output, masqueraded]`; the output as upstream's packet tracer prints it. */
export type ProxyFlow = readonly [string, Protocol, string, number, string, boolean | null]

/** What one node's real kube-proxy had, and what became of packets there (its own tests, and random worlds). */
export interface ProxyWorld {
  readonly id: string
  readonly config: {
    readonly ipFamily: IPFamily
    readonly nodeName: string
    readonly nodeIP: string
    /** With loopback. */
    readonly localIPs: readonly string[]
    readonly localDetector: "ClusterCIDR" | "None"
    readonly clusterCIDR: string | null
    readonly masqueradeAll: boolean
    readonly nodePortAddresses: readonly string[]
    readonly zone?: string
    readonly localhostNodePorts: boolean
  }
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly flows: readonly ProxyFlow[]
}

/** A cluster of that one node: others are known by the names in EndpointSlices alone. */
export const proxyWorldState = (
  { config, services, endpointSlices }: Pick<ProxyWorld, "config" | "services" | "endpointSlices">,
  proxyMode: ProxyMode,
): ClusterState => {
  const others = config.localIPs.filter((ip) => ip !== config.nodeIP && !ip.startsWith("127.") && ip !== "::1")
  const secondIP = others.find((ip) => ipFamily(ip) !== ipFamily(config.nodeIP))
  return {
    config: {
      ...defaultNetworkConfig,
      proxyMode,
      clusterCIDR: config.clusterCIDR ?? defaultNetworkConfig.clusterCIDR,
      localDetector: config.localDetector === "ClusterCIDR" ? "ClusterCIDR" : "none",
      masqueradeAll: config.masqueradeAll,
      nodePortAddresses: config.nodePortAddresses,
      localhostNodePorts: config.localhostNodePorts,
    },
    nodes: [
      {
        name: config.nodeName,
        internalIP: config.nodeIP,
        podCIDR: "",
        ...(secondIP === undefined ? {} : { secondIP }),
        otherIPs: others.filter((ip) => ip !== secondIP),
        ...(config.zone === undefined ? {} : { zone: config.zone }),
      },
    ],
    pods: [],
    services,
    endpointSlices,
    networkPolicies: [],
  }
}
