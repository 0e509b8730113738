import type { IPFamily } from "@pilotage/kube-model"
import { indexesOf } from "../../table/compiled-table.ts"
import type { RoutingTable } from "../../table/table.ts"
import { nodeAddresses, nodePortAddresses, primaryAddress, proxiedPorts } from "../proxied-port.ts"
import type { RuleLine } from "../rule-line.ts"
import { type IPSetWorld, ipSets } from "./ip-sets.ts"
import { ipvsIptables } from "./iptables-rules.ts"
import { virtualServers } from "./virtual-servers.ts"

/** What kube-proxy in ipvs mode leaves on a node, as three tools print it. */
export interface IPVSTable {
  /** `ipvsadm -Ln`. */
  readonly virtualServers: readonly RuleLine[]
  /** `ipset save`. */
  readonly ipSets: readonly RuleLine[]
  /** `iptables-save`. */
  readonly iptables: readonly RuleLine[]
}

const NOTHING: IPVSTable = { virtualServers: [], ipSets: [], iptables: [] }

/** Link-local addresses are no place for virtual servers. */
const isLinkLocal = (ip: string): boolean => /^fe[89ab]/.test(ip)

/**
 * What kube-proxy in ipvs mode writes on one node and family (kubernetes 1.36 pkg/proxy/ipvs/proxier.go). The kernel's
 * load balancer, not netfilter, rewrites destinations; every Service address is held by the interface kube-ipvs0, so
 * that packets for it come in as the node's own. Four things follow. A virtual server has one list of real servers for
 * all clients: policy Local means the node's own endpoints for everybody, or all of them when it has none. Without real
 * servers the kernel refuses, there is no silent drop. Other ports of such addresses are refused too. And what a node
 * itself sends to such an address has that very address as its source. The iptables rules only mark what is to be
 * masqueraded, and filter. Nothing, when there is no such node.
 */
export const ipvsTable = (table: RoutingTable, nodeName: string, family: IPFamily): IPVSTable => {
  const indexes = indexesOf(table)
  const node = indexes.nodes.get(nodeName)
  if (!node) return NOTHING
  const { config } = indexes
  const ports = proxiedPorts(indexes, node, family)
  const nodeIPs = nodeAddresses(node, family).filter((ip) => !isLinkLocal(ip))
  const nodePorts = nodePortAddresses(config.nodePortAddresses, node, family)
  const podBlock = indexes.clusterCIDR[family]
  const world: IPSetWorld = {
    family,
    nodeName,
    primaryIP: primaryAddress(node, family),
    nodeIPs,
    nodePortIPs: nodePorts === "all" ? nodeIPs : nodePorts,
  }
  const { lines, filled } = ipSets(ports, world)
  return {
    virtualServers: virtualServers(ports, world.nodePortIPs),
    ipSets: lines,
    iptables: ipvsIptables(ports, {
      ...world,
      filled,
      podBlock: config.localDetector === "ClusterCIDR" && podBlock ? `${podBlock.at(0)}/${podBlock.prefix}` : undefined,
      masqueradeAll: config.masqueradeAll,
    }),
  }
}
