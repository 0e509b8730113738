import { type IPFamily, ipFamily } from "@pilotage/kube-model"
import { decide, trace } from "../../path/trace.ts"
import { nodeVerdict } from "../../proxy/node-verdict.ts"
import { indexesOf } from "../../table/compiled-table.ts"
import type { RoutingTable } from "../../table/table.ts"
import type { Hop, Packet, RouteRequest, Trace } from "../../trace-types.ts"
import { endpointText, nodeAddresses } from "../proxied-port.ts"
import type { RuleVerdict } from "../rule-verdict.ts"
import type { RuleReader } from "./rule-readers.ts"

/** One network: what the rules' texts say is asked of `readers`. A request with a hop that `leavesOut` is not compared. */
export interface Network {
  readonly table: RoutingTable
  readonly readers: (nodeName: string, family: IPFamily) => RuleReader
  readonly leavesOut: (hop: Hop) => boolean
}

/** A packet as it stood before the rules of one node. */
interface Station {
  readonly node: string
  readonly family: IPFamily
  readonly packet: Packet
  readonly own: readonly string[]
  readonly isOwn: boolean
  readonly rules: RuleVerdict
}

const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

const stationOf = ({ table, readers }: Network, node: string, packet: Packet): Station | undefined => {
  const facts = indexesOf(table).nodes.get(node)
  const family = ipFamily(packet.destination.ip)
  // A machine without an address of the family has nothing to send with.
  if (!facts || !family || ipFamily(packet.source.ip) !== family) return undefined
  const own = nodeAddresses(facts, family)
  const isOwn = own.includes(packet.source.ip) || isLoopback(packet.source.ip)
  const rules = readers(node, family).verdict({
    hook: isOwn ? "output" : "prerouting",
    source: packet.source.ip,
    destination: packet.destination.ip,
    port: packet.destination.port ?? 0,
    protocol: packet.protocol,
  })
  return { node, family, packet, own, isOwn, rules }
}

const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(":")).replace(/^\[|\]$/g, "")

const outcomeText = (verdict: RuleVerdict): string =>
  verdict.outcome === "dnat"
    ? `dnat to ${verdict.endpoints.map((each) => `${each}${verdict.masqueraded.includes(each) ? "*" : ""}`).join(" ")}`
    : verdict.outcome

/**
 * The node's verdict in the rules' words. It leaves two things open: whether a connection that lands on its own sender
 * is masqueraded (the rules decide, and `trace` must agree with them), and what is delivered to the node itself (nothing
 * leaves it, so nothing is).
 */
const nodeSays = (table: RoutingTable, { node, packet, own, isOwn, rules }: Station): string => {
  const said = nodeVerdict(table, node, {
    source: packet.source.ip,
    destination: packet.destination.ip,
    port: packet.destination.port ?? 0,
    protocol: packet.protocol,
  })
  if (said.kind !== "translate") return said.kind
  const endpoints = [...said.endpoints].sort()
  const masqueraded = endpoints.filter((endpoint) => {
    const host = hostOf(endpoint)
    if (!isOwn && own.includes(host)) return false
    if (host === packet.source.ip && rules.outcome === "dnat") return rules.masqueraded.includes(endpoint)
    return said.masquerade
  })
  return outcomeText({ outcome: "dnat", endpoints, masqueraded })
}

/**
 * Packets end at a node for reasons that are not kube-proxy's too: nobody there, a way back that is lost, a source that
 * is the receiver's own address.
 */
const BEYOND = new Set(["R29", "R34", "R47", "R48", "R64"])

/** What the hop shows that the rules do not say; empty: they agree. */
const hopDiffers = ({ rules, packet, own }: Station, { action, exit, rule }: Hop): string => {
  const translates = action === "dnat" || action === "dnat+snat"
  const ends = action === "reject" || action === "drop" ? action : undefined
  if (rules.outcome !== "dnat") {
    if (translates)
      return `${action} to ${exit && endpointText({ ip: exit.destination.ip, port: exit.destination.port ?? 0 })}`
    if (rules.outcome === "none") return ends && !BEYOND.has(rule) ? ends : ""
    return ends === rules.outcome ? "" : action
  }
  if (!translates || !exit) return action
  const endpoint = endpointText({ ip: exit.destination.ip, port: exit.destination.port ?? 0 })
  if (!rules.endpoints.includes(endpoint)) return `${action} to ${endpoint}`
  if (rules.masqueraded.includes(endpoint))
    return own.includes(exit.source.ip) ? "" : `${endpoint} sees ${exit.source.ip}`
  return exit.source.ip === packet.source.ip ? "" : `${endpoint} sees ${exit.source.ip}`
}

/** The backends of a journey that one node alone decided, as no load balancer did, are the endpoints of its rules. */
const backendsDiffer = (stations: readonly Station[], { backends, hops }: Trace): string => {
  const [first, second] = stations.filter(({ rules }) => rules.outcome === "dnat")
  if (first?.rules.outcome !== "dnat" || second || hops.some(({ at }) => at.kind === "load-balancer")) return ""
  const shown = [...new Set(backends.map(endpointText))].sort().join(" ")
  const said = first.rules.endpoints.join(" ")
  return shown === said ? "" : `backends ${shown}, rules ${said}`
}

/** The decision without the story is the story's. */
const decisionDiffers = (table: RoutingTable, { request, verdict, certainty, chosen, curl }: Trace): string => {
  const short = decide(table, request)
  const said = (what: Pick<Trace, "verdict" | "certainty">, exitCode: number, backend: Trace["chosen"]): string =>
    `${what.verdict} ${what.certainty} ${exitCode} ${backend ? `${endpointText(backend)} sees ${backend.sourceSeen}` : ""}`
  const shown = said({ verdict, certainty }, curl.exitCode, chosen)
  const decided = said(short, short.exitCode, short.chosen)
  return shown === decided ? "" : `decide says ${decided}, trace ${shown}`
}

export interface Compared {
  /** How many hops at nodes were compared. */
  readonly stations: number
  readonly disagreements: readonly string[]
}

/** Compares `trace` and `nodeVerdict` with the nodes' rules, at every node that the request passes; and `decide` with `trace`. */
export const compareRequest = (network: Network, request: RouteRequest): Compared => {
  const found = trace(network.table, request)
  if (found.hops.some(network.leavesOut)) return { stations: 0, disagreements: [] }
  const disagreements: string[] = []
  const stations: Station[] = []
  for (const hop of found.hops) {
    if (hop.at.kind !== "node" || hop.action === "send") continue
    const station = stationOf(network, hop.at.name, hop.entry)
    if (!station) continue
    stations.push(station)
    const { ip, port } = hop.entry.destination
    const what = `${hop.at.name}: ${hop.entry.protocol} ${hop.entry.source.ip} -> ${ip} port ${port}`
    const said = outcomeText(station.rules)
    const node = nodeSays(network.table, station)
    if (node !== said) disagreements.push(`${what}: nodeVerdict ${node}, rules ${said}`)
    const differs = hopDiffers(station, hop)
    if (differs) disagreements.push(`${what}: trace ${differs} [${hop.rule}], rules ${said}`)
  }
  for (const differs of [backendsDiffer(stations, found), decisionDiffers(network.table, found)])
    if (differs) disagreements.push(`${JSON.stringify(request)}: ${differs}`)
  return { stations: stations.length, disagreements }
}
