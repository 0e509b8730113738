import type { Rule } from "../../explain/rules.ts"
import type { EndpointFact } from "../../proxy/service-entry.ts"
import { endpointText, type ProxiedPort, portLinks } from "../proxied-port.ts"
import type { RuleLine } from "../rule-line.ts"

const HEAD: readonly RuleLine[] = [
  "IP Virtual Server version 1.2.1 (size=4096)",
  "Prot LocalAddress:Port Scheduler Flags",
  "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn",
].map((text) => ({ text, role: "plumbing" }))

/** Under policy Local the endpoints of this node or, when it has none, all of them: the node's own pods shall get through. */
const realServers = (port: ProxiedPort, policyLocal: boolean): readonly EndpointFact[] =>
  policyLocal && port.local.length ? port.local : port.cluster

const server = (
  port: ProxiedPort,
  address: { readonly ip: string; readonly port: number },
  policyLocal: boolean,
  rule: Rule,
): readonly RuleLine[] => {
  const links = portLinks(port)
  const persistence = port.affinitySeconds === undefined ? "" : ` persistent ${port.affinitySeconds}`
  const servers = realServers(port, policyLocal)
  const acts = servers.length ? rule : port.hasAny ? "R63" : "R62"
  return [
    {
      text: `${port.protocol.toUpperCase().padEnd(4)} ${endpointText(address)} rr${persistence}`,
      role: servers.length ? "frontend" : "no-endpoints",
      rule: acts,
      ...links,
    },
    ...servers.map((each): RuleLine => {
      const endpoint = endpointText(each)
      const columns = [endpoint.padEnd(28), "Masq".padEnd(7), "1".padEnd(6), "0".padEnd(10), "0".padEnd(10)]
      return { text: `  -> ${columns.join(" ")}`, role: "endpoint", rule: "R19", endpoint, ...links }
    }),
  ]
}

const external = (port: ProxiedPort, ip: string, number: number, rule: Rule): readonly RuleLine[] =>
  server(port, { ip, port: number }, port.externalLocal, port.externalLocal ? "R64" : rule)

/** `ipvsadm -Ln`: a virtual server for each address of a Service port, node ports at each of `nodePortIPs`. */
export const virtualServers = (ports: readonly ProxiedPort[], nodePortIPs: readonly string[]): readonly RuleLine[] => [
  ...HEAD,
  ...ports.flatMap((port) => [
    ...server(port, { ip: port.clusterIP, port: port.port }, port.internalLocal, port.internalLocal ? "R63" : "R17"),
    ...port.externalIPs.flatMap((ip) => external(port, ip, port.port, "R50")),
    ...port.loadBalancerIPs.flatMap((ip) => external(port, ip, port.port, "R17")),
    ...(port.nodePort ? nodePortIPs.flatMap((ip) => external(port, ip, port.nodePort ?? 0, "R18")) : []),
  ]),
]
