import { type CIDR, type IPFamily, ipFamily, parseCIDR } from "@pilotage/kube-model"
import type { NetworkConfig, NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"

export const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

const podBlocks = new WeakMap<NodeFacts, readonly (CIDR | undefined)[]>()

const podBlocksOf = (node: NodeFacts): readonly (CIDR | undefined)[] => {
  let blocks = podBlocks.get(node)
  if (!blocks) {
    blocks = [node.podCIDR, node.secondPodCIDR ?? ""].map((text) => {
      const block = parseCIDR(text)
      return block.ok ? block.value : undefined
    })
    podBlocks.set(node, blocks)
  }
  return blocks
}

/** The node's own address on the pod network, as ptp CNIs give it: the first of its pod CIDR. */
export const podGateway = (node: NodeFacts, family: IPFamily): string | undefined =>
  podBlocksOf(node)
    .find((block) => block?.family === family)
    ?.at(1)

const families = new WeakMap<NodeFacts, Readonly<Partial<Record<IPFamily, string>>>>()

/** The node's primary address of a family. */
export const nodeIP = (node: NodeFacts, family: IPFamily): string | undefined => {
  let known = families.get(node)
  if (!known) {
    const found: Partial<Record<IPFamily, string>> = {}
    for (const ip of [node.secondIP, node.internalIP]) {
      const own = ip === undefined ? undefined : ipFamily(ip)
      if (ip && own) found[own] = ip
    }
    known = found
    families.set(node, known)
  }
  return known[family]
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
