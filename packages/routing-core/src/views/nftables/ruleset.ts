import { compareIPs, type IPFamily } from "@pilotage/kube-model"
import { indexesOf } from "../../table/compiled-table.ts"
import type { RoutingTable } from "../../table/table.ts"
import { type ProxiedPort, proxiedPorts } from "../proxied-port.ts"
import type { RuleLine } from "../rule-line.ts"
import { baseChains } from "./base-chains.ts"
import { container, type Element, plumbing } from "./containers.ts"
import { type NodeSettings, nodeSettings } from "./node-settings.ts"
import { affinitySets, serviceChains } from "./service-chains.ts"
import { type ServiceElements, serviceElements } from "./service-elements.ts"

/** A pod that reaches itself through a Service: known for the endpoints of this node only. */
const hairpins = (ports: readonly ProxiedPort[], nodeName: string): readonly Element[] =>
  ports.flatMap((port) =>
    port.reachable
      .filter((endpoint) => endpoint.nodeName === nodeName)
      .map((endpoint) => ({
        key: `${endpoint.ip} . ${endpoint.ip} . ${port.protocol} . ${endpoint.port}`,
        role: "masquerade" as const,
        rule: "R29" as const,
      })),
  )

const addresses = (ips: readonly string[], links: Omit<Element, "key">): readonly Element[] =>
  ips.toSorted(compareIPs).map((key) => ({ key, ...links }))

const containers = (ports: readonly ProxiedPort[], node: string, settings: NodeSettings): readonly RuleLine[] => {
  const { addressType, family, nodePortIPs } = settings
  const perLine = family === "IPv4" ? 2 : 1
  const elements = ports.map(serviceElements)
  const of = (kind: keyof ServiceElements): readonly Element[] => elements.flatMap((each) => each[kind])
  const byAddress = `type ${addressType} . inet_proto . inet_service : verdict`
  const byPort = "type inet_proto . inet_service : verdict"
  const comment = (text: string): string => `comment "${text}"`
  return [
    ...container(
      "set hairpin-connections",
      [`type ${addressType} . ${addressType} . inet_proto . inet_service`, comment("service hairpin connections")],
      hairpins(ports, node),
    ),
    ...container(
      "set cluster-ips",
      [`type ${addressType}`, comment("Active ClusterIPs")],
      addresses([...new Set(ports.map((port) => port.clusterIP))], { role: "frontend" }),
      perLine,
    ),
    ...(nodePortIPs === "all"
      ? []
      : container(
          "set nodeport-ips",
          [`type ${addressType}`, comment("IPs that accept NodePort traffic")],
          addresses(nodePortIPs, { role: "frontend", rule: "R18" }),
          perLine,
        )),
    ...container(
      "map no-endpoint-services",
      [byAddress, comment("vmap to drop or reject packets to services with no endpoints")],
      of("noEndpointServices"),
    ),
    ...container(
      "map no-endpoint-nodeports",
      [byPort, comment("vmap to drop or reject packets to service nodeports with no endpoints")],
      of("noEndpointNodePorts"),
    ),
    ...container(
      "map firewall-ips",
      [byAddress, comment("destinations that are subject to LoadBalancerSourceRanges")],
      of("firewallIPs"),
    ),
    ...container(
      "map service-ips",
      [byAddress, comment("ClusterIP, ExternalIP and LoadBalancer IP traffic")],
      of("serviceIPs"),
    ),
    ...container("map service-nodeports", [byPort, comment("NodePort traffic")], of("serviceNodePorts")),
    ...ports.flatMap((port) => affinitySets(port, settings)),
  ]
}

/**
 * What kube-proxy in nftables mode writes on one node, as `nft list table ip kube-proxy` prints it there; `ip6` for IPv6
 * (kubernetes 1.36 pkg/proxy/nftables/proxier.go). Endpoints are in kube-proxy's order, Services by name: a real table
 * has them as they came. Empty when there is no such node.
 */
export const nftablesRuleset = (table: RoutingTable, nodeName: string, family: IPFamily): readonly RuleLine[] => {
  const indexes = indexesOf(table)
  const node = indexes.nodes.get(nodeName)
  if (!node) return []
  const settings = nodeSettings(indexes, node, family)
  const ports = proxiedPorts(indexes, node, family)
  const body = [
    ...containers(ports, nodeName, settings),
    ...baseChains(settings),
    ...ports.flatMap((port) => serviceChains(port, settings)),
  ]
  return [
    plumbing(`table ${settings.ip} kube-proxy {`),
    plumbing(`\tcomment "rules for kube-proxy"`),
    ...body.slice(0, -1),
    plumbing("}"),
  ]
}
