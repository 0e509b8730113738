import { isIP } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import { findSender, type Sender, type SenderProblem } from "../path/sender.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Certainty, DnsStep, Origin } from "../trace-types.ts"
import { type DnsOutage, dnsOutage } from "./dns-outage.ts"
import { askInTurn } from "./query-names.ts"
import type { DnsRecord } from "./record.ts"
import { isClusterDns, type ResolvConf, resolvConf } from "./resolv-conf.ts"
import { reverseName } from "./reverse-name.ts"
import { clusterAnswer, foreignAnswer, type ServerAnswer } from "./server-answer.ts"

export { hostsFile } from "./hosts-file.ts"

export type LookupStep = DnsStep & { readonly rule: Rule }

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

/** A client with its resolv.conf, and who of its servers answers. */
export interface Client {
  readonly indexes: Indexes
  readonly conf: ResolvConf
  /** Those that stay silent, asked in vain before the one that answers. */
  readonly silent: readonly { readonly server: string; readonly outage: DnsOutage }[]
  /** Undefined: nobody answers. */
  readonly server: string | undefined
  readonly isCluster: boolean
}

/** Servers are asked in order; the first that can be reached answers everything. */
export const clientOf = (indexes: Indexes, sender: Sender | SenderProblem): Client => {
  const conf = resolvConf(indexes, sender)
  const silent: { readonly server: string; readonly outage: DnsOutage }[] = []
  for (const server of conf.nameservers) {
    const isCluster = isClusterDns(indexes, server)
    const outage = isCluster ? dnsOutage(indexes, sender, server) : undefined
    if (!outage) return { indexes, conf, silent, server, isCluster }
    silent.push({ server, outage })
  }
  return { indexes, conf, silent, server: undefined, isCluster: false }
}

/** One query to the servers in turn; `steps` takes what was seen. Undefined: no answer. */
export const askServers = (
  client: Client,
  query: string,
  type: DnsStep["type"],
  steps: LookupStep[] | undefined,
): ServerAnswer | undefined => {
  const { indexes, server, isCluster } = client
  for (const each of steps ? client.silent : [])
    steps?.push({
      query,
      type,
      rcode: "SERVFAIL",
      answers: [],
      server: each.server,
      rule: each.outage.rule,
      noAnswer: true,
    })
  if (server === undefined) return undefined
  const answer = isCluster ? clusterAnswer(indexes, query, type) : foreignAnswer(indexes, query, type)
  steps?.push({
    query,
    type,
    rcode: answer.rcode,
    answers: answer.records.map((record) => record.data),
    server,
    rule: answer.rule,
    ...(answer.cause ? { cause: answer.cause } : {}),
  })
  return answer
}

const NO_RECORDS: readonly DnsRecord[] = []

export const lookUp = (
  indexes: Indexes,
  sender: Sender | SenderProblem,
  name: string,
  type: DnsStep["type"],
  search: boolean,
): DnsLookup => {
  const client = clientOf(indexes, sender)
  const steps: LookupStep[] = []
  let last: ServerAnswer | undefined
  let unreachable = client.server === undefined
  const asked = type === "PTR" && isIP(name) ? reverseName(name) : undefined
  askInTurn(client.conf, asked ?? name, search && asked === undefined, (query) => {
    last = askServers(client, query, type, steps)
    // A server that does not answer ends the search: the next name would not be answered either.
    unreachable = last === undefined
    return unreachable || (last?.records.length ?? 0) > 0
  })
  return {
    server: client.server ?? client.silent.at(-1)?.server ?? "",
    steps,
    rcode: last?.rcode ?? (unreachable ? "SERVFAIL" : "NXDOMAIN"),
    records: last?.records ?? NO_RECORDS,
    certainty: last?.certainty ?? "certain",
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
