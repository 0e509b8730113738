import { isIP } from "@pilotage/kube-model"
import { findSender, type Sender, type SenderProblem } from "../path/sender.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Certainty, DnsStep, Origin } from "../trace-types.ts"
import { askServers, certaintyOf, clientOf, type LookupStep } from "./dns-client.ts"
import type { DnsRecord } from "./record.ts"
import { reverseName } from "./reverse-name.ts"
import { askInTurn } from "./search-list.ts"
import type { ServerAnswer } from "./server-answer.ts"

/** An answer as dig prints it. `records` are those of the last step, an alias and what it leads to in order. */
export interface DnsLookup {
  /** The server that was asked last; empty when the client has none. */
  readonly server: string
  readonly steps: readonly LookupStep[]
  readonly rcode: DnsStep["rcode"]
  readonly records: readonly DnsRecord[]
  readonly certainty: Certainty
  /** Set when no server answered at all. */
  readonly unreachable?: true
}

const NO_RECORDS: readonly DnsRecord[] = []

const lookUp = (
  indexes: Indexes,
  sender: Sender | SenderProblem,
  name: string,
  type: DnsStep["type"],
  search: boolean,
): DnsLookup => {
  const client = clientOf(indexes, sender)
  const steps: LookupStep[] = []
  let last: ServerAnswer | undefined
  const asked = type === "PTR" && isIP(name) ? reverseName(name) : undefined
  askInTurn(client.conf, asked ?? name, search && asked === undefined, (query) => {
    last = askServers(client, query, type, steps)
    // A server that does not answer ends the search: it would not answer for the next name either.
    return last === undefined || last.records.length > 0
  })
  const unreachable = client.server === undefined
  return {
    server: client.server ?? client.silent.at(-1)?.server ?? "",
    steps,
    rcode: last?.rcode ?? (unreachable ? "SERVFAIL" : "NXDOMAIN"),
    records: last?.records ?? NO_RECORDS,
    certainty: certaintyOf(client, last),
    ...(unreachable ? { unreachable } : {}),
  }
}

/**
 * Asks the resolver that `from` uses. `search`: use the search list, as getaddrinfo and nslookup do and dig does not.
 * Ask PTR with an address or with the name under in-addr.arpa or ip6.arpa.
 */
export const resolve = (
  table: RoutingTable,
  from: Origin,
  name: string,
  type: DnsStep["type"],
  options: { readonly search: boolean },
): DnsLookup => {
  const indexes = indexesOf(table)
  return lookUp(indexes, findSender(indexes, from), name, type, options.search)
}
