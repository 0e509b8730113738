import type { Rule } from "../../explain/rules.ts"
import type { IptablesLine } from "./rule-line.ts"
import type { PortRules } from "./service-rules.ts"

/** Where the port's addresses lead: the entrances in the nat table. */
export const frontendRules = ({ settings, port, chains, make, hasInternal }: PortRules): readonly IptablesLine[] => {
  const { protocol, hasAny, nodePort } = port
  const address = (kind: string, rule: Rule, target: string, ip: string): IptablesLine =>
    make("nat", "KUBE-SERVICES", "frontend", rule, {
      destination: `${ip}/${settings.width}`,
      protocol,
      comment: `${port.title} ${kind}`,
      matches: [`-m ${protocol} --dport ${port.port}`],
      target,
    })
  const internal = port.internalLocal ? chains.SVL : chains.SVC
  const lines = hasInternal ? [address("cluster IP", port.internalLocal ? "R24" : "R17", internal, port.clusterIP)] : []
  if (!hasAny) return lines
  const balanced = port.sourceRanges.length ? chains.FW : chains.EXT
  lines.push(
    ...port.externalIPs.map((ip) => address("external IP", "R50", chains.EXT, ip)),
    ...port.loadBalancerIPs.map((ip) => address("loadbalancer IP", "R17", balanced, ip)),
  )
  if (nodePort === undefined) return lines
  const entrance = { protocol, comment: port.title, target: chains.EXT }
  const toPort = `-m ${protocol} --dport ${nodePort}`
  if (settings.localhostNodePorts)
    lines.push(
      make("nat", "KUBE-NODEPORTS", "frontend", "R52", {
        ...entrance,
        destination: "127.0.0.0/8",
        matches: [toPort, "-m nfacct --nfacct-name  localhost_nps_accepted_pkts"],
      }),
    )
  lines.push(make("nat", "KUBE-NODEPORTS", "frontend", "R18", { ...entrance, matches: [toPort] }))
  return lines
}
