import { trace } from "../path/trace.ts"
import { nodeIP, podGateway } from "../proxy/node-addresses.ts"
import { indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Certainty, Origin, Place, RuleId } from "../trace-types.ts"

/** What comes of ICMP echo requests to a host. */
export interface PingAnswer {
  /** The address that was pinged; absent when there is none: the name does not resolve, or nobody is there to ask. */
  readonly ip?: string
  /** The last two are ICMP errors: nobody answers ARP for the address; a rule of kube-proxy refuses it. */
  readonly outcome: "reply" | "loss" | "unknown-host" | "host-unreachable" | "port-unreachable"
  readonly certainty: Certainty
  /** Who answered, or where the request was lost. */
  readonly at?: Place
  /** The address from which an ICMP error comes. */
  readonly reporter?: string
  /** When an ICMP error can be there; whoever waits for less sees a loss. 0 for all else. */
  readonly afterMs: number
  readonly rule: RuleId
}

/** An echo request has no port, and no Service has this one. */
const NO_PORT = 0

/** Whoever answers a connection, if only by refusing it himself, is there and answers a ping. */
const outcomeOf = (action: string | undefined): PingAnswer["outcome"] => {
  switch (action) {
    case "answer":
    case "reset":
      return "reply"
    case "reject":
      return "port-unreachable"
    case "unreachable":
      return "host-unreachable"
    default:
      return "loss"
  }
}

/** The node's address as the client sees it: a refusal comes from the pod's gateway, other errors from the node's own. */
const reporterOf = (
  table: RoutingTable,
  from: Origin,
  at: Place | undefined,
  outcome: PingAnswer["outcome"],
  ip: string,
): string | undefined => {
  const { nodes, pods } = indexesOf(table)
  const node = at?.kind === "node" ? nodes.get(at.name) : undefined
  if (!node || (outcome !== "port-unreachable" && outcome !== "host-unreachable")) return undefined
  const family = ip.includes(":") ? "IPv6" : "IPv4"
  const pod = from.kind === "pod" ? pods.get(`${from.namespace}/${from.name}`) : undefined
  const isNeighbour = pod !== undefined && !pod.hostNetwork && outcome === "port-unreachable"
  return (isNeighbour ? podGateway(node, family) : undefined) ?? nodeIP(node, family)
}

/**
 * Pings `host`, a name or an address. The request goes the way of any packet that matches no port of a Service: whoever
 * holds the address answers, and a cluster IP is held by nobody.
 */
export const ping = (table: RoutingTable, from: Origin, host: string): PingAnswer => {
  const found = trace(table, { from, to: host, port: NO_PORT, protocol: "TCP" })
  const { destination: ip, certainty } = found
  if (ip === undefined)
    return {
      outcome: found.verdict === "name-not-found" ? "unknown-host" : "loss",
      certainty,
      afterMs: 0,
      rule: "R69",
    }
  const last = found.hops.at(-1)
  const outcome = outcomeOf(last?.action)
  const reporter = reporterOf(table, from, last?.at, outcome, ip)
  return {
    ip,
    outcome,
    certainty,
    ...(last ? { at: last.at } : {}),
    ...(reporter === undefined ? {} : { reporter }),
    afterMs: outcome === "host-unreachable" ? found.afterMs : 0,
    rule: "R69",
  }
}
