import { ipFamily } from "@pilotage/kube-model"
import {
  type Hop,
  iptablesLinesOf,
  iptablesRules,
  ipvsLinesOf,
  ipvsTable,
  nftablesLinesOf,
  nftablesRuleset,
  type ObjectRef,
  type RoutingTable,
  type RuleLine,
  type Trace,
} from "@pilotage/routing-core"
import type { Page } from "./text-layout.ts"

/** One of the texts that a node's tools print, and which of its lines the packet meets. */
interface NodeText {
  readonly tool: string
  readonly lines: readonly RuleLine[]
  /** Positions in `lines`. */
  readonly met: ReadonlySet<number>
}

const ACTS: ReadonlySet<Hop["action"]> = new Set(["dnat", "snat", "dnat+snat", "reject", "drop"])

/** Did kube-proxy act here? What a NetworkPolicy drops, the pod network drops. */
const isProxys = ({ action, cause }: Hop): boolean => ACTS.has(action) && cause?.object.kind !== "NetworkPolicy"

const textsOf = (table: RoutingTable, node: string, hop: Hop): readonly NodeText[] => {
  const family = ipFamily(hop.entry.destination.ip) ?? "IPv4"
  const { proxyMode } = table.state.config
  if (proxyMode === "nftables") {
    const tool = `nft list table ${family === "IPv6" ? "ip6" : "ip"} kube-proxy`
    const lines = nftablesRuleset(table, node, family)
    return [{ tool, lines, met: new Set(nftablesLinesOf(table, lines, hop)) }]
  }
  if (proxyMode === "ipvs") {
    const tables = ipvsTable(table, node, family)
    const met = ipvsLinesOf(table, tables, hop)
    return [
      { tool: "ipvsadm -Ln", lines: tables.virtualServers, met: new Set(met.virtualServers) },
      { tool: "ipset save", lines: tables.ipSets, met: new Set(met.ipSets) },
      { tool: "iptables-save", lines: tables.iptables, met: new Set(met.iptables) },
    ]
  }
  const lines = iptablesRules(table, node, family)
  const tool = family === "IPv6" ? "ip6tables-save" : "iptables-save"
  return [{ tool, lines, met: new Set(iptablesLinesOf(table, lines, hop)) }]
}

const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0

/** The lines around a line that say what it is part of: those before it with less and less indentation. */
const around = (lines: readonly RuleLine[], index: number): readonly number[] => {
  const found: number[] = []
  let indent = indentOf(lines[index]?.text ?? "")
  for (let above = index - 1; above >= 0 && indent > 0; above -= 1) {
    const text = lines[above]?.text ?? ""
    if (text.trim() === "" || indentOf(text) >= indent) continue
    indent = indentOf(text)
    found.push(above)
  }
  return found
}

const isOf = (line: RuleLine, service: ObjectRef): boolean =>
  line.service?.name === service.name && line.service.namespace === service.namespace

/** Lines of the Service, lines that the packet meets, and what they are part of; in order. */
const chosenLines = ({ lines, met }: NodeText, service: ObjectRef | undefined): readonly number[] => {
  const wanted = [...lines.keys()].filter(
    (index) => met.has(index) || (service !== undefined && lines[index] !== undefined && isOf(lines[index], service)),
  )
  return [...new Set(wanted.flatMap((index) => [index, ...around(lines, index)]))].sort((a, b) => a - b)
}

const nodeText = (text: NodeText, service: ObjectRef | undefined, page: Page): string => {
  const { lines, met } = text
  const shown = chosenLines(text, service)
  const rows = shown.map((index) => {
    const { text: line = "", rule = "" } = lines[index] ?? {}
    const isMet = met.has(index)
    const row = `${isMet ? ">" : " "} ${rule.padEnd(4)} ${line.replaceAll("\t", "  ")}`.trimEnd()
    return `${isMet ? page.paint("cyan", row) : row}\n`
  })
  const left = lines.length - shown.length
  return [
    page.paint("dim", `$ ${text.tool}\n`),
    ...rows,
    ...(left > 0 ? [page.paint("dim", `       … ${left} lines of other Services and of all nodes\n`)] : []),
  ].join("")
}

/**
 * What kube-proxy wrote on the nodes that decided about the packet: the lines of its Service, with the rule that each
 * carries out. `>` marks the lines that the packet meets.
 */
export const nodeRulesText = (table: RoutingTable, trace: Trace, page: Page): string => {
  const hops = trace.hops.flatMap((hop) =>
    hop.at.kind === "node" && isProxys(hop) ? [{ hop, node: hop.at.name }] : [],
  )
  if (hops.length === 0) return "\nNo node's rules changed or ended this packet's way.\n"
  return hops
    .map(({ hop, node }) => {
      const head = page.paint("bold", `RULES OF ${node}`)
      const given = textsOf(table, node, hop)
      const mode = `kube-proxy in ${table.state.config.proxyMode} mode; > marks what the packet meets`
      const texts = given.map((text) => nodeText(text, trace.route.service, page))
      return `\n${head}  ${mode}\n${texts.join("")}`
    })
    .join("")
}
