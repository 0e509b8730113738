import type { Rule } from "../../explain/rules.ts"
import { type ProxiedPort, portLinks } from "../proxied-port.ts"
import type { RuleRole } from "../rule-line.ts"
import { endpointRules } from "./endpoint-rules.ts"
import { externalRules } from "./external-rules.ts"
import { filterRules } from "./filter-rules.ts"
import { frontendRules } from "./frontend-rules.ts"
import { type PortChains, portChains } from "./port-chains.ts"
import type { ProxySettings } from "./proxy-settings.ts"
import { type IptablesLine, lineText, type RuleParts, type Table } from "./rule-line.ts"

/** Makes the lines of one Service port. */
type LineMaker = (
  table: Table,
  chain: string,
  role: RuleRole,
  rule: Rule,
  parts: RuleParts,
  endpoint?: string,
) => IptablesLine

/** All that a family of rules needs to be written. */
export interface PortRules {
  readonly settings: ProxySettings
  readonly port: ProxiedPort
  readonly chains: PortChains
  readonly make: LineMaker
  /** May traffic to the cluster IP, or to the addresses for outside, use an endpoint? */
  readonly hasInternal: boolean
  readonly hasExternal: boolean
}

const lineMaker =
  (port: ProxiedPort): LineMaker =>
  (table, chain, role, rule, parts, endpoint) => ({
    table,
    chain,
    text: lineText(chain, parts),
    role,
    ...portLinks(port),
    ...(endpoint === undefined ? {} : { endpoint }),
    rule,
  })

/** At the head of the chain for cluster IP traffic: who is masqueraded there. */
const clusterMasquerade = ({ settings, port, chains, make, hasInternal }: PortRules): readonly IptablesLine[] => {
  const { masqueradeAll, podBlock, width } = settings
  if (!hasInternal || !(masqueradeAll || podBlock)) return []
  return [
    make("nat", port.internalLocal ? chains.SVL : chains.SVC, "masquerade", "R27", {
      ...(podBlock && !masqueradeAll ? { notSource: podBlock } : {}),
      destination: `${port.clusterIP}/${width}`,
      protocol: port.protocol,
      comment: `${port.title} cluster IP`,
      matches: [`-m ${port.protocol} --dport ${port.port}`],
      target: "KUBE-MARK-MASQ",
    }),
  ]
}

/**
 * The rules of one Service port, in the order in which they stand in their chains (kubernetes 1.36
 * pkg/proxy/iptables/proxier.go syncProxyRules).
 */
export const serviceRules = (settings: ProxySettings, port: ProxiedPort): readonly IptablesLine[] => {
  const rules: PortRules = {
    settings,
    port,
    chains: portChains(port),
    make: lineMaker(port),
    hasInternal: port.internalLocal ? port.local.length > 0 : port.hasAny,
    hasExternal: port.externalLocal ? port.local.length > 0 : port.hasAny,
  }
  return [
    ...filterRules(rules),
    ...frontendRules(rules),
    ...clusterMasquerade(rules),
    ...externalRules(rules),
    ...endpointRules(rules),
  ]
}
