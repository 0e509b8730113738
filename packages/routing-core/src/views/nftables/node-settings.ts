import type { IPFamily } from "@pilotage/kube-model"
import type { NodeFacts } from "../../state.ts"
import type { Indexes } from "../../table/compiled-table.ts"
import { nodePortAddresses, primaryAddress } from "../proxied-port.ts"

/** What kube-proxy's settings come to on one node in one family. */
export interface NodeSettings {
  readonly family: IPFamily
  /** `ip` or `ip6`: the table's family and the prefix of `saddr` and `daddr`. */
  readonly ip: "ip" | "ip6"
  readonly addressType: "ipv4_addr" | "ipv6_addr"
  /** `ip daddr != 127.0.0.0/8`. */
  readonly notLoopback: string
  /** The pods' block; undefined: kube-proxy cannot tell a pod's packet (no local detector, or no block of this family). */
  readonly podBlock: string | undefined
  readonly serviceBlock: string | undefined
  readonly masqueradeAll: boolean
  readonly nodePortIPs: "all" | readonly string[]
  readonly primaryIP: string | undefined
}

export const nodeSettings = ({ config, ...indexes }: Indexes, node: NodeFacts, family: IPFamily): NodeSettings => {
  const podBlock = indexes.clusterCIDR[family]
  const serviceBlock = indexes.serviceCIDR[family]
  const settings = config.nodePortAddresses.length ? config.nodePortAddresses : ["primary"]
  const ip = family === "IPv4" ? "ip" : "ip6"
  return {
    family,
    ip,
    addressType: family === "IPv4" ? "ipv4_addr" : "ipv6_addr",
    notLoopback: family === "IPv4" ? "ip daddr != 127.0.0.0/8" : "ip6 daddr != ::1",
    podBlock: config.localDetector === "ClusterCIDR" && podBlock ? `${podBlock.at(0)}/${podBlock.prefix}` : undefined,
    serviceBlock: serviceBlock && `${serviceBlock.at(0)}/${serviceBlock.prefix}`,
    masqueradeAll: config.masqueradeAll,
    nodePortIPs: nodePortAddresses(settings, node, family),
    primaryIP: primaryAddress(node, family),
  }
}
