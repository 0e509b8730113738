import { ipFamily } from "@pilotage/kube-model"
import { type ClusterState, defaultNetworkConfig, type NodeFacts } from "@pilotage/routing-core"
import type { ProxyWorld } from "./format.ts"

const ZONE_LABEL = "topology.kubernetes.io/zone"
const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

const nodeOf = ({ config }: ProxyWorld): NodeFacts => {
  const others = config.localIPs.filter((ip) => ip !== config.nodeIP && !isLoopback(ip))
  const second = others.find((ip) => ipFamily(ip) !== ipFamily(config.nodeIP))
  const zone = config.nodeLabels?.[ZONE_LABEL]
  return {
    name: config.nodeName,
    internalIP: config.nodeIP,
    podCIDR: "",
    ...(second === undefined ? {} : { secondIP: second }),
    otherIPs: others.filter((ip) => ip !== second),
    ...(zone === undefined ? {} : { zone }),
  }
}

/** A cluster of the one node whose kube-proxy was asked. Other nodes are known by the names in EndpointSlices alone. */
export const stateOfWorld = (world: ProxyWorld): ClusterState => {
  const { config } = world
  return {
    config: {
      ...defaultNetworkConfig,
      proxyMode: world.mode,
      clusterCIDR: config.clusterCIDR ?? defaultNetworkConfig.clusterCIDR,
      serviceCIDR: config.serviceCIDRs?.join(",") || defaultNetworkConfig.serviceCIDR,
      localDetector: config.localDetector === "ClusterCIDR" && config.clusterCIDR !== null ? "ClusterCIDR" : "none",
      masqueradeAll: config.masqueradeAll,
      nodePortAddresses: config.nodePortAddresses,
      localhostNodePorts: config.localhostNodePorts ?? defaultNetworkConfig.localhostNodePorts,
    },
    nodes: [nodeOf(world)],
    pods: [],
    services: world.services ?? [],
    endpointSlices: world.endpointSlices ?? [],
    networkPolicies: [],
  }
}
