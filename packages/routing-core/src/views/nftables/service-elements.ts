import type { Rule } from "../../explain/rules.ts"
import { type ProxiedPort, portLinks } from "../proxied-port.ts"
import type { RuleRole } from "../rule-line.ts"
import { chainNames } from "./chain-names.ts"
import type { Element } from "./containers.ts"

/** What one Service port puts into the table's maps. */
export interface ServiceElements {
  readonly serviceIPs: readonly Element[]
  readonly serviceNodePorts: readonly Element[]
  readonly noEndpointServices: readonly Element[]
  readonly noEndpointNodePorts: readonly Element[]
  readonly firewallIPs: readonly Element[]
}

/** Refused when there is no endpoint at all, dropped when there is none for this policy. */
const verdict = (
  port: ProxiedPort,
  rule: Rule,
): { readonly value: string; readonly role: RuleRole; readonly rule: Rule } =>
  port.hasAny
    ? { value: "drop", role: "no-endpoints", rule }
    : { value: "goto reject-chain", role: "no-endpoints", rule: "R23" }

export const serviceElements = (port: ProxiedPort): ServiceElements => {
  const names = chainNames(port)
  const links = portLinks(port)
  const comment = port.title
  const at = (ip: string): string => `${ip} . ${port.protocol} . ${port.port}`
  const nodePortKey = `${port.protocol} . ${port.nodePort}`
  const dispatch = (key: string, chain: string, rule: Rule): Element => ({
    key,
    value: `goto ${chain}`,
    role: "frontend",
    rule,
    ...links,
  })
  const hasInternal = port.hasAny && (!port.internalLocal || port.local.length > 0)
  const hasExternal = port.hasAny && (!port.externalLocal || port.local.length > 0)
  const outside = [
    ...port.externalIPs.map((ip) => ({ ip, rule: "R50" as const })),
    ...port.loadBalancerIPs.map((ip) => ({ ip, rule: "R17" as const })),
  ]
  return {
    serviceIPs: [
      ...(hasInternal ? [dispatch(at(port.clusterIP), port.internalLocal ? names.local : names.service, "R17")] : []),
      ...(port.hasAny ? outside.map(({ ip, rule }) => dispatch(at(ip), names.external, rule)) : []),
    ],
    serviceNodePorts: port.nodePort && port.hasAny ? [dispatch(nodePortKey, names.external, "R18")] : [],
    noEndpointServices: [
      ...(hasInternal ? [] : [{ key: at(port.clusterIP), comment, ...links, ...verdict(port, "R24") }]),
      ...(hasExternal ? [] : outside.map(({ ip }) => ({ key: at(ip), comment, ...links, ...verdict(port, "R25") }))),
    ],
    noEndpointNodePorts:
      port.nodePort && !hasExternal ? [{ key: nodePortKey, comment, ...links, ...verdict(port, "R25") }] : [],
    firewallIPs: port.sourceRanges.length
      ? port.loadBalancerIPs.map((ip) => ({
          key: at(ip),
          value: `goto ${names.firewall}`,
          role: "firewall" as const,
          rule: "R45" as const,
          ...links,
        }))
      : [],
  }
}
