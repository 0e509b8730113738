import type { IPFamily } from "@pilotage/kube-model"
import { indexesOf } from "../../table/compiled-table.ts"
import type { RoutingTable } from "../../table/table.ts"
import { filterPlumbing, natPlumbing, nodePortJumps } from "./plumbing.ts"
import { proxySettings } from "./proxy-settings.ts"
import type { IptablesLine } from "./rule-line.ts"
import { serviceRules } from "./service-rules.ts"

/** As iptables-save prints them: built-in chains in the order of a packet's way, then the others by name. */
const BUILT_IN = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]

const place = ({ table, chain }: IptablesLine): string => {
  const step = BUILT_IN.indexOf(chain)
  return step < 0 ? `${table} ${chain}` : `${table} ${step}`
}

/**
 * What kube-proxy 1.36 in iptables mode on `nodeName` would write for one family, and the kubelet's KUBE-FIREWALL, in
 * the order of iptables-save; Services in order of their keys. Empty when there is no such node.
 */
export const iptablesRules = (table: RoutingTable, nodeName: string, family: IPFamily): readonly IptablesLine[] => {
  const indexes = indexesOf(table)
  const node = indexes.nodes.get(nodeName)
  if (!node) return []
  const settings = proxySettings(indexes, node, family)
  const services = settings.ports.flatMap((port) => serviceRules(settings, port))
  return [...filterPlumbing(settings), ...natPlumbing(), ...services, ...nodePortJumps(settings)]
    .map((line) => ({ line, place: place(line) }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ line }) => line)
}
