import type { Random } from "@pilotage/kube-model"
import { defaultNetworkConfig } from "../../network-config.ts"
import type { NetworkConfig, NodeFacts, PodFacts, ProxyMode } from "../../state.ts"

export const chance = (random: Random, probability: number): boolean => random.next() < probability

const NODE_PORT_ADDRESSES = [
  [],
  [],
  ["primary"],
  ["172.18.0.0/16", "fd00:172::/64"],
  ["127.0.0.0/8", "172.18.0.0/16"],
  ["0.0.0.0/0", "::/0"],
  ["192.168.9.0/24"],
  ["fd00:172::/64"],
  ["127.0.0.1/32"],
  ["172.18.0.2/32", "10.244.0.0/16"],
] as const satisfies [readonly string[], ...(readonly string[])[]]

/**
 * Nothing but kube-proxy rewrites a source, and no NetworkPolicy is in its way. `dual`: both families; kube-proxy may
 * still not know the pods' block of the second.
 */
export const randomConfig = (random: Random, proxyMode: ProxyMode, dual: boolean): NetworkConfig => ({
  ...defaultNetworkConfig,
  proxyMode,
  clusterCIDR: dual && chance(random, 0.9) ? "10.244.0.0/16,fd00:244::/56" : "10.244.0.0/16",
  serviceCIDR: dual && chance(random, 0.9) ? "10.96.0.0/16,fd00:96::/112" : "10.96.0.0/16",
  nodeCIDR: dual ? "172.18.0.0/16,fd00:172::/64" : "172.18.0.0/16",
  localDetector: chance(random, 0.8) ? "ClusterCIDR" : "none",
  masqueradeAll: chance(random, 0.2),
  nodePortAddresses: random.pick(NODE_PORT_ADDRESSES),
  localhostNodePorts: chance(random, 0.7),
  podMasquerade: "none",
  loadBalancer: random.pick(["vip", "vip", "metallb", "proxy"]),
})

export const randomNodes = (random: Random, dual: boolean): readonly NodeFacts[] =>
  Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    name: `node-${index + 1}`,
    internalIP: `172.18.0.${index + 2}`,
    podCIDR: `10.244.${index + 1}.0/24`,
    ...(dual ? { secondIP: `fd00:172::${index + 2}`, secondPodCIDR: `fd00:244:0:${index + 1}::/64` } : {}),
    ...(chance(random, 0.4) ? { otherIPs: [`192.168.9.${index + 2}`] } : {}),
    ...(chance(random, 0.7) ? { zone: random.pick(["east", "west"]) } : {}),
  }))

const podOn = (random: Random, node: NodeFacts, number: number): PodFacts => {
  const hostNetwork = chance(random, 0.15)
  const own = {
    ip: `10.244.${node.podCIDR.split(".")[2]}.${number + 10}`,
    ...(node.secondPodCIDR ? { secondIP: node.secondPodCIDR.replace("::/64", `::${number + 10}`) } : {}),
  }
  const host = { ip: node.internalIP, ...(node.secondIP ? { secondIP: node.secondIP } : {}) }
  return {
    namespace: "shop",
    name: `pod-${number}`,
    nodeName: node.name,
    labels: {},
    hostNetwork,
    ready: true,
    terminating: false,
    ...(hostNetwork ? host : own),
  }
}

export const randomPods = (random: Random, nodes: readonly NodeFacts[]): readonly PodFacts[] =>
  Array.from({ length: 2 + random.below(8) }, (_, number) => {
    const node = nodes[random.below(nodes.length)]
    return node ? [podOn(random, node, number)] : []
  }).flat()
