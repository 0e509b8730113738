import type { IPFamily, Result } from "@pilotage/kube-model"
import { indexesOf } from "../../table/compiled-table.ts"
import type { RoutingTable } from "../../table/table.ts"
import { iptablesInterpreter } from "../iptables/interpreter.ts"
import { iptablesRules } from "../iptables/rules.ts"
import { iptablesText } from "../iptables/save-text.ts"
import { ipvsInterpreter } from "../ipvs/interpreter.ts"
import { ipvsTable } from "../ipvs/ipvs-table.ts"
import { nftInterpreter } from "../nftables/interpreter.ts"
import { nftablesRuleset } from "../nftables/ruleset.ts"
import { nodeAddresses } from "../proxied-port.ts"
import { linesText } from "../rule-line.ts"
import type { RulePacket, RuleVerdict } from "../rule-verdict.ts"

/** What a node's rules, written as text and read back without any knowledge of Services, do to packets. */
export interface RuleReader {
  readonly verdict: (packet: RulePacket) => RuleVerdict
}

const taken = (read: Result<RuleReader, { readonly path: string; readonly message: string }>): RuleReader => {
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.message}`)
  return read.value
}

const readerOf = (table: RoutingTable, nodeName: string, family: IPFamily): RuleReader => {
  const { config, nodes } = indexesOf(table)
  const node = nodes.get(nodeName)
  const addresses = node ? nodeAddresses(node, family) : []
  switch (config.proxyMode) {
    case "iptables":
      return taken(iptablesInterpreter(iptablesText(iptablesRules(table, nodeName, family)), addresses))
    case "nftables":
      return taken(nftInterpreter(linesText(nftablesRuleset(table, nodeName, family)), addresses))
    case "ipvs": {
      const { virtualServers, ipSets, iptables } = ipvsTable(table, nodeName, family)
      const texts = {
        virtualServers: linesText(virtualServers),
        ipSets: linesText(ipSets),
        iptables: linesText(iptables),
      }
      return taken(ipvsInterpreter(texts, addresses))
    }
  }
}

/** The readers of one cluster's nodes and families, each made when it is first asked for. */
export const ruleReaders = (table: RoutingTable): ((nodeName: string, family: IPFamily) => RuleReader) => {
  const made = new Map<string, RuleReader>()
  return (nodeName, family) => {
    const key = `${nodeName} ${family}`
    let reader = made.get(key)
    if (!reader) {
      reader = readerOf(table, nodeName, family)
      made.set(key, reader)
    }
    return reader
  }
}
