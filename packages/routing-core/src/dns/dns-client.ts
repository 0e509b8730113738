import type { Rule } from "../explain/rules.ts"
import type { Sender, SenderProblem } from "../path/sender.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Certainty, DnsStep } from "../trace-types.ts"
import { type DnsOutage, dnsReach } from "./dns-outage.ts"
import { isClusterDns, type ResolvConf, resolvConf } from "./resolv-conf.ts"
import {
  clusterAnswer,
  clusterHostAnswers,
  foreignAnswer,
  type HostAnswers,
  type ServerAnswer,
} from "./server-answer.ts"

export type LookupStep = DnsStep & { readonly rule: Rule }

interface SilentServer {
  readonly server: string
  readonly outage: DnsOutage
}

/** A client with its resolv.conf, and who of its servers answers. */
export interface DnsClient {
  readonly indexes: Indexes
  readonly conf: ResolvConf
  /** Those that stay silent, asked in vain before the one that answers. */
  readonly silent: readonly SilentServer[]
  /** Undefined: nobody answers. */
  readonly server: string | undefined
  readonly isCluster: boolean
  /** Of reaching that server. */
  readonly certainty: Certainty
}

/** Of an answer that came this way. */
export const certaintyOf = (client: DnsClient, answer: ServerAnswer | undefined): Certainty =>
  client.certainty === "environment" ? "environment" : (answer?.certainty ?? "certain")

const NONE: readonly never[] = []

/** Servers are asked in order; the first that can be reached answers everything. */
export const clientOf = (indexes: Indexes, sender: Sender | SenderProblem): DnsClient => {
  const conf = resolvConf(indexes, sender)
  let silent: readonly SilentServer[] = NONE
  for (const server of conf.nameservers) {
    const isCluster = isClusterDns(indexes, server)
    const reach = isCluster ? dnsReach(indexes, sender, server) : "certain"
    if (typeof reach === "string") return { indexes, conf, silent, server, isCluster, certainty: reach }
    silent = [...silent, { server, outage: reach }]
  }
  return { indexes, conf, silent, server: undefined, isCluster: false, certainty: "certain" }
}

const silentSteps = (client: DnsClient, query: string, type: DnsStep["type"], steps: LookupStep[]): void => {
  for (const { server, outage } of client.silent)
    steps.push({ query, type, rcode: "SERVFAIL", answers: NONE, server, rule: outage.rule, noAnswer: true })
}

const answeredStep = (
  query: string,
  type: DnsStep["type"],
  server: string,
  { rcode, records, rule, cause }: ServerAnswer,
): LookupStep => {
  const answers = records.length > 0 ? records.map((record) => record.data) : NONE
  return cause ? { query, type, rcode, answers, server, rule, cause } : { query, type, rcode, answers, server, rule }
}

/** One query to the servers in turn; `steps` takes what was seen. Undefined: no answer. */
export const askServers = (
  client: DnsClient,
  query: string,
  type: DnsStep["type"],
  steps: LookupStep[],
): ServerAnswer | undefined => {
  const { indexes, server, isCluster } = client
  silentSteps(client, query, type, steps)
  if (server === undefined) return undefined
  const found = isCluster ? clusterAnswer(indexes, query, type) : foreignAnswer(indexes, query, type)
  steps.push(answeredStep(query, type, server, found))
  return found
}

/** As `askServers`, for A and AAAA, which leave together. Without `steps` nothing is written down. */
export const askServersForHost = (
  client: DnsClient,
  query: string,
  steps: LookupStep[] | undefined,
): HostAnswers | undefined => {
  const { indexes, server, isCluster } = client
  if (steps && client.silent.length > 0) {
    silentSteps(client, query, "A", steps)
    silentSteps(client, query, "AAAA", steps)
  }
  if (server === undefined) return undefined
  const found = isCluster
    ? clusterHostAnswers(indexes, query)
    : { a: foreignAnswer(indexes, query, "A"), aaaa: foreignAnswer(indexes, query, "AAAA") }
  steps?.push(answeredStep(query, "A", server, found.a), answeredStep(query, "AAAA", server, found.aaaa))
  return found
}
