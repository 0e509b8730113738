import { type IPFamily, parseCIDR } from "@pilotage/kube-model"
import type { NodeFacts } from "../../state.ts"
import type { Indexes } from "../../table/compiled-table.ts"
import { nodePortAddresses, type ProxiedPort, primaryAddress, proxiedPorts } from "../proxied-port.ts"

/** What decides how the kube-proxy of one node and family writes its rules. */
export interface ProxySettings {
  readonly family: IPFamily
  /** The prefix length of a single address. */
  readonly width: 32 | 128
  /** The node's primary address of this family. */
  readonly nodeIP: string | undefined
  /** The block that tells a pod's packet; undefined: no packet counts as a pod's. */
  readonly podBlock: string | undefined
  readonly masqueradeAll: boolean
  /** Do node ports answer on 127.0.0.0/8? */
  readonly localhostNodePorts: boolean
  /** Addresses on which node ports answer, loopback too. */
  readonly nodePortIPs: "all" | readonly string[]
  readonly ports: readonly ProxiedPort[]
  /** So many endpoints that comments are left out. */
  readonly terse: boolean
}

/** largeClusterEndpointsThreshold of kubernetes 1.36 pkg/proxy/iptables/proxier.go. */
const LARGE_CLUSTER = 1000

/** Does a block of --nodeport-addresses reach into 127.0.0.0/8, and has it 127.0.0.1? */
const loopbackIn = (settings: readonly string[]): { readonly touched: boolean; readonly listed: boolean } => {
  const blocks = settings.flatMap((text) => {
    const parsed = parseCIDR(text.trim())
    return parsed.ok && parsed.value.family === "IPv4" ? [parsed.value] : []
  })
  const listed = blocks.some((block) => block.contains("127.0.0.1"))
  return { touched: listed || blocks.some((block) => block.at(0).startsWith("127.")), listed }
}

const endpointCount = (indexes: Indexes, family: IPFamily): number =>
  indexes.services
    .entries()
    .flatMap(([, { frontends, ports }]) => (frontends.length ? ports : []))
    .reduce((sum, port) => sum + port.endpoints[family].length, 0)

export const proxySettings = (indexes: Indexes, node: NodeFacts, family: IPFamily): ProxySettings => {
  const { config } = indexes
  const places = nodePortAddresses(config.nodePortAddresses, node, family)
  const loopback = loopbackIn(config.nodePortAddresses)
  const localhostNodePorts = family === "IPv4" && config.localhostNodePorts && (places === "all" || loopback.touched)
  const pods = config.localDetector === "ClusterCIDR" ? indexes.clusterCIDR[family] : undefined
  return {
    family,
    width: family === "IPv6" ? 128 : 32,
    nodeIP: primaryAddress(node, family),
    podBlock: pods && `${pods.at(0)}/${pods.prefix}`,
    masqueradeAll: config.masqueradeAll,
    localhostNodePorts,
    nodePortIPs: places === "all" || !(localhostNodePorts && loopback.listed) ? places : ["127.0.0.1", ...places],
    ports: proxiedPorts(indexes, node, family),
    terse: endpointCount(indexes, family) > LARGE_CLUSTER,
  }
}
