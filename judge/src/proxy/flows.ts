import { canonicalIP } from "@pilotage/kube-model"
import { compile, type NodePacket, type NodeVerdict, nodeVerdict, type RoutingTable } from "@pilotage/routing-core"
import { z } from "zod"
import { problemIn, readJson } from "../case-file.ts"
import { compared, type JudgedCase } from "../verdict.ts"
import { type Flow, flowsOf, type ProxyRow, proxyRowSchema } from "./format.ts"
import { stateOfWorld } from "./state.ts"

/** `10.0.0.1:80`, `[fd00::1]:80`: one spelling, in order, so that sets compare as texts. */
export const endpointSet = (endpoints: readonly string[]): string =>
  endpoints
    .map((text) => {
      const at = text.lastIndexOf(":")
      const ip = canonicalIP(text.slice(0, at).replace(/^\[|\]$/g, ""))
      return ip === undefined ? text : `${ip.includes(":") ? `[${ip}]` : ip}${text.slice(at)}`
    })
    .sort()
    .join(", ")

const NOTHING = "nothing"

/** ACCEPT is a rule for health check ports on INPUT: no translation, as with no rule at all. */
const expectedText = ([, , , , output, masq]: Flow): string => {
  if (output === "REJECT" || output === "DROP") return output
  if (output === "" || output === "ACCEPT") return NOTHING
  const to = endpointSet(output.split(",").map((text) => text.trim()))
  return masq === null ? to : `${to}${masq ? " masqueraded" : ""}`
}

/** The tracer's flow knows its endpoint: with one alone that is the client itself, the hairpin's masquerade is certain. */
const isHairpin = (endpoints: readonly string[], source: string): boolean =>
  endpoints.length === 1 &&
  (endpoints[0]?.startsWith(`${source}:`) || endpoints[0]?.startsWith(`[${source}]:`) || false)

const verdictText = (verdict: NodeVerdict, source: string, withMasquerade: boolean): string => {
  switch (verdict.kind) {
    case "reject":
      return "REJECT"
    case "drop":
      return "DROP"
    case "none":
      return NOTHING
    case "translate": {
      const masquerade = verdict.masquerade || isHairpin(verdict.endpoints, source)
      return `${endpointSet(verdict.endpoints)}${withMasquerade && masquerade ? " masqueraded" : ""}`
    }
  }
}

/** Nobody's address: a packet of it comes from outside and is forwarded. */
const STRANGERS = { IPv4: "198.51.100.77", IPv6: "2001:db8:ffff::77" } as const

/**
 * Upstream's iptables tracer does not know by which hook a packet passes and walks the filter chains of all of them. A
 * real node does not walk KUBE-EXTERNAL-SERVICES, which refuses for want of endpoints, for what it sends itself: there
 * such a packet leaves it. So what we leave alone is asked again as what the tracer also takes it for: a forwarded packet.
 */
const tracedVerdict = (table: RoutingTable, { config, mode }: ProxyRow, packet: NodePacket): NodeVerdict => {
  const verdict = nodeVerdict(table, config.nodeName, packet)
  if (verdict.kind !== "none" || mode !== "iptables" || !config.localIPs.includes(packet.source)) return verdict
  const forwarded = nodeVerdict(table, config.nodeName, { ...packet, source: STRANGERS[config.ipFamily] })
  return forwarded.kind === "reject" ? forwarded : verdict
}

const judgeFlow = (table: RoutingTable, row: ProxyRow, flow: Flow, index: number): JudgedCase => {
  const [source, protocol, destination, port, , masq] = flow
  const verdict = tracedVerdict(table, row, { source, destination, port, protocol })
  const outcome = compared(expectedText(flow), verdictText(verdict, source, masq !== null))
  const id = row.flows ? `${row.id}#${index} ${source} -> ${protocol} ${destination}:${port}` : row.id
  return { id, outcome }
}

/** proxy-MODE-flows, -derived, -random: every flow through the kube-proxy of the world's node. */
export function* judgeFlows(file: string): Iterable<JudgedCase> {
  for (const [index, row] of readJson(file, z.array(proxyRowSchema)).entries()) {
    const table = compile(stateOfWorld(row))
    if (!table.ok) throw problemIn(file, [index, ...worldPath(table.error.path)], table.error.message)
    yield* flowsOf(row).map((flow, number) => judgeFlow(table.value, row, flow, number))
  }
}

/** `endpointSlices[0].endpoints[1].addresses` as steps; what the state has and the row has not leads to the row. */
const worldPath = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step))
