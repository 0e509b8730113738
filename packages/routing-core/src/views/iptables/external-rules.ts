import { parseCIDR } from "@pilotage/kube-model"
import type { IptablesLine } from "./rule-line.ts"
import type { PortRules } from "./service-rules.ts"

const SOURCE_IS_LOCAL = ["-m addrtype --src-type LOCAL"]

/** KUBE-EXT: what came to a node port, load balancer address or external IP, before the traffic policy has its say. */
const externalChain = ({ settings, port, chains, make, hasExternal }: PortRules): readonly IptablesLine[] => {
  const { EXT, SVC, SVL } = chains
  const destinations = `for ${port.title} external destinations`
  if (!port.externalLocal)
    return [
      make("nat", EXT, "masquerade", "R27", {
        comment: `masquerade traffic ${destinations}`,
        target: "KUBE-MARK-MASQ",
      }),
      make("nat", EXT, "policy", "R17", { target: SVC }),
    ]
  const { podBlock } = settings
  const lines: IptablesLine[] = podBlock
    ? [
        make("nat", EXT, "short-circuit", "R26", {
          source: podBlock,
          comment: `pod traffic ${destinations}`,
          target: SVC,
        }),
      ]
    : []
  lines.push(
    make("nat", EXT, "masquerade", "R27", {
      comment: `masquerade LOCAL traffic ${destinations}`,
      matches: SOURCE_IS_LOCAL,
      target: "KUBE-MARK-MASQ",
    }),
    make("nat", EXT, "short-circuit", "R26", {
      comment: `route LOCAL traffic ${destinations}`,
      matches: SOURCE_IS_LOCAL,
      target: SVC,
    }),
  )
  if (hasExternal) lines.push(make("nat", EXT, "policy", "R25", { target: SVL }))
  return lines
}

const isInside = (block: string, ip: string): boolean => {
  const parsed = parseCIDR(block)
  return parsed.ok && parsed.value.contains(ip)
}

/** KUBE-FW: who may use the load balancer's address. Whoever falls off its end is dropped by the filter table. */
const firewallChain = ({ settings, port, chains, make }: PortRules): readonly IptablesLine[] => {
  const { nodeIP, width } = settings
  const allowed = (source: string): IptablesLine =>
    make("nat", chains.FW, "firewall", "R45", {
      source,
      comment: `${port.title} loadbalancer IP`,
      target: chains.EXT,
    })
  // A node that holds the load balancer's address uses it as its source.
  const nodeIsAllowed = nodeIP !== undefined && port.sourceRanges.some((range) => isInside(range, nodeIP))
  return [
    ...port.sourceRanges.map(allowed),
    ...(nodeIsAllowed ? port.loadBalancerIPs.map((ip) => allowed(`${ip}/${width}`)) : []),
    make("nat", chains.FW, "firewall", "R45", {
      comment: `other traffic to ${port.title} will be dropped by KUBE-PROXY-FIREWALL`,
    }),
  ]
}

export const externalRules = (rules: PortRules): readonly IptablesLine[] => {
  const { hasAny, isExternal, sourceRanges, loadBalancerIPs } = rules.port
  if (!hasAny || !isExternal) return []
  const chain = externalChain(rules)
  return sourceRanges.length && loadBalancerIPs.length ? [...chain, ...firewallChain(rules)] : chain
}
