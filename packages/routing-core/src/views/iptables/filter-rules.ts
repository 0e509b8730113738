import type { IptablesLine, RuleParts } from "./rule-line.ts"
import type { PortRules } from "./service-rules.ts"

/** What the filter table does with packets that found no endpoint, or that came from beyond the source ranges. */
export const filterRules = (rules: PortRules): readonly IptablesLine[] => {
  const { settings, port, chains, make, hasInternal, hasExternal } = rules
  const { protocol, hasAny } = port
  const rejected = `REJECT --reject-with icmp${settings.family === "IPv6" ? "6" : ""}-port-unreachable`
  const end = hasAny
    ? { comment: `${port.title} has no local endpoints`, target: "DROP" }
    : { comment: `${port.title} has no endpoints`, target: rejected }
  const refuse = (chain: string, policyRule: "R24" | "R25", parts: RuleParts): IptablesLine =>
    make("filter", chain, "no-endpoints", hasAny ? policyRule : "R23", { ...parts, protocol, ...end })
  const at = (ip: string): RuleParts => ({
    destination: `${ip}/${settings.width}`,
    protocol,
    matches: [`-m ${protocol} --dport ${port.port}`],
  })
  const lines: IptablesLine[] = hasInternal ? [] : [refuse("KUBE-SERVICES", "R24", at(port.clusterIP))]
  if (!hasExternal) {
    for (const ip of [...port.externalIPs, ...port.loadBalancerIPs])
      lines.push(refuse("KUBE-EXTERNAL-SERVICES", "R25", at(ip)))
    if (port.nodePort !== undefined)
      lines.push(
        refuse("KUBE-EXTERNAL-SERVICES", "R25", {
          matches: ["-m addrtype --dst-type LOCAL", `-m ${protocol} --dport ${port.nodePort}`],
        }),
      )
  }
  if (hasAny && port.sourceRanges.length)
    for (const ip of port.loadBalancerIPs)
      lines.push(
        make("filter", "KUBE-PROXY-FIREWALL", "firewall", "R45", {
          ...at(ip),
          comment: `${port.title} traffic not accepted by ${chains.FW}`,
          target: "DROP",
        }),
      )
  if (port.healthCheckNodePort)
    lines.push(
      make("filter", "KUBE-NODEPORTS", "health-check", "R49", {
        protocol: "tcp",
        comment: `${port.title} health check node port`,
        matches: [`-m tcp --dport ${port.healthCheckNodePort}`],
        target: "ACCEPT",
      }),
    )
  return lines
}
