import { type CIDR, type IPFamily, parseCIDR } from "@pilotage/kube-model"
import type { NetworkConfig, NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"

export const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

const gateways = new WeakMap<NodeFacts, Readonly<Partial<Record<IPFamily, string>>>>()

/** The node's own address on the pod network, as ptp CNIs give it: the first of its pod CIDR. */
export const podGateway = (node: NodeFacts, family: IPFamily): string | undefined => {
  let own = gateways.get(node)
  if (!own) {
    const found: Partial<Record<IPFamily, string>> = {}
    for (const text of [node.secondPodCIDR ?? "", node.podCIDR]) {
      const block = parseCIDR(text)
      if (block.ok) found[block.value.family] = block.value.at(1)
    }
    own = found
    gateways.set(node, own)
  }
  return own[family]
}

const isOfFamily = (ip: string, family: IPFamily): boolean => ip !== "" && ip.includes(":") === (family === "IPv6")

/** The node's primary address of a family. */
export const nodeIP = ({ internalIP, secondIP }: NodeFacts, family: IPFamily): string | undefined => {
  if (isOfFamily(internalIP, family)) return internalIP
  return secondIP !== undefined && isOfFamily(secondIP, family) ? secondIP : undefined
}

/** Every address of the node's own interfaces but loopback. */
export const addressesOf = (node: NodeFacts): readonly string[] =>
  [node.internalIP, node.secondIP, ...(node.otherIPs ?? []), podGateway(node, "IPv4"), podGateway(node, "IPv6")].filter(
    (ip): ip is string => ip !== undefined && ip !== "",
  )

/** Is `ip` an address of this very node? */
export const isNodeAddress = (indexes: Indexes, node: NodeFacts, ip: string): boolean =>
  isLoopback(ip) || (indexes.nodesByIP.get(ip)?.some((each) => each.name === node.name) ?? false)

const parsedBlocks = new WeakMap<readonly string[], readonly CIDR[]>()

const blocksOf = (texts: readonly string[]): readonly CIDR[] => {
  let blocks = parsedBlocks.get(texts)
  if (!blocks) {
    blocks = texts.flatMap((text) => {
      const block = parseCIDR(text)
      return block.ok ? [block.value] : []
    })
    parsedBlocks.set(texts, blocks)
  }
  return blocks
}

const isPrimary = (node: NodeFacts, ip: string): boolean => ip === node.internalIP || ip === node.secondIP

/** Does --nodeport-addresses name this address of the node? Whether loopback then works is another question. */
export const isNodePortAddress = (config: NetworkConfig, node: NodeFacts, ip: string): boolean => {
  const { nodePortAddresses, proxyMode } = config
  if (nodePortAddresses.length === 0) return proxyMode !== "nftables" || isPrimary(node, ip)
  if (nodePortAddresses.includes("primary")) return isPrimary(node, ip)
  const family = ip.includes(":") ? "IPv6" : "IPv4"
  const blocks = blocksOf(nodePortAddresses).filter((block) => block.family === family)
  // No block of this family: kube-proxy of this family takes every address, in nftables mode too.
  return blocks.length === 0 || blocks.some((block) => block.contains(ip))
}

/**
 * Do node ports answer on `ip`, which is an address of `node`? 127.0.0.0/8 only in iptables mode with
 * --iptables-localhost-nodeports, ::1 never (kubernetes 1.36 pkg/proxy/iptables/proxier.go, nftables/proxier.go).
 */
export const answersNodePorts = (config: NetworkConfig, node: NodeFacts, ip: string): boolean => {
  if (isLoopback(ip))
    return (
      config.proxyMode === "iptables" &&
      config.localhostNodePorts &&
      ip !== "::1" &&
      isNodePortAddress(config, node, ip)
    )
  return isNodePortAddress(config, node, ip)
}
