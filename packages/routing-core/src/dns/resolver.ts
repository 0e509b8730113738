import { isIP, parseCIDR } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import { findSender, type Sender, type SenderProblem } from "../path/sender.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Certainty, DnsStep, Origin } from "../trace-types.ts"
import { clusterAnswer, type DnsRecord, type ZoneAnswer } from "./cluster-dns.ts"

/** An answer as dig prints it. `records` are those of the last step, an alias and what it leads to in order. */
export interface DnsLookup {
  readonly server: string
  readonly steps: readonly (DnsStep & { readonly rule: Rule })[]
  readonly rcode: DnsStep["rcode"]
  readonly records: readonly DnsRecord[]
  readonly certainty: Certainty
}

const NDOTS = 5
const LONGEST_ALIAS_CHAIN = 8

/** Does this sender ask kube-dns? hostNetwork pods only with dnsPolicy ClusterFirstWithHostNet. */
export const asksClusterDns = (sender: Sender | SenderProblem): boolean =>
  sender.kind === "pod" || (sender.kind === "node" && sender.pod?.dnsPolicy === "ClusterFirstWithHostNet")

/** The search list in a pod's /etc/resolv.conf. */
const searchList = (clusterDomain: string, namespace: string): readonly string[] => [
  `${namespace}.svc.${clusterDomain}`,
  `svc.${clusterDomain}`,
  clusterDomain,
]

/** The complete names that are asked for `name`, in order, each with trailing dot. */
const candidates = (name: string, search: readonly string[]): readonly string[] => {
  if (name.endsWith(".")) return [name]
  const dots = name.split(".").length - 1
  const expanded = search.map((suffix) => `${name}.${suffix}.`)
  return dots >= NDOTS ? [`${name}.`, ...expanded] : [...expanded, `${name}.`]
}

const isNodeName = (indexes: Indexes, fullName: string): string | undefined =>
  indexes.nodes.get(fullName.slice(0, -1).toLowerCase())?.internalIP || undefined

/** The resolver around the cluster: it knows the nodes and nobody else. */
const outsideAnswer = (indexes: Indexes, fullName: string, type: DnsStep["type"]): ZoneAnswer => {
  const ip = isNodeName(indexes, fullName)
  if (ip === undefined) return { rcode: "NXDOMAIN", records: [], rule: "R13" }
  const records = type === "A" ? [{ name: fullName, ttl: 600, type, data: ip } as const] : []
  return { rcode: "NOERROR", records, rule: "R13" }
}

/** One complete name, aliases followed. */
const ask = (
  indexes: Indexes,
  fullName: string,
  type: DnsStep["type"],
  cluster: boolean,
): ZoneAnswer & { readonly certainty: Certainty } => {
  const records: DnsRecord[] = []
  let first: ZoneAnswer | undefined
  let name = fullName
  let certainty: Certainty = "certain"
  for (let hop = 0; hop < LONGEST_ALIAS_CHAIN; hop += 1) {
    const inCluster = cluster ? clusterAnswer(indexes, name, type) : undefined
    if (!inCluster) certainty = "environment"
    const answer = inCluster ?? outsideAnswer(indexes, name, type)
    first ??= answer
    records.push(...answer.records)
    const alias = answer.records.find((record) => record.type === "CNAME")
    if (!alias || type === "CNAME") return { ...first, rcode: answer.rcode, records, certainty }
    name = alias.data
  }
  return { rule: "R6", ...first, rcode: "SERVFAIL", records, certainty }
}

const serverOf = (indexes: Indexes, sender: Sender | SenderProblem): string => {
  if (asksClusterDns(sender)) return indexes.config.dnsServiceIP
  const gateway = (indexes.nodeCIDR.IPv4 ?? indexes.nodeCIDR.IPv6)?.at(1) ?? ""
  if (sender.kind === "node") return gateway
  const around = sender.kind === "external" ? parseCIDR(`${sender.ip}/24`) : undefined
  return around?.ok && around.value.family === "IPv4" ? around.value.at(1) : gateway
}

/** Names that need no query, from /etc/hosts. */
export const hostsFile = (indexes: Indexes, sender: Sender, name: string): string | undefined => {
  const bare = name.toLowerCase()
  if (bare === "localhost") return "127.0.0.1"
  if (sender.kind === "pod") return bare === (sender.pod.hostname ?? sender.pod.name) ? sender.ip : undefined
  return indexes.nodes.get(bare)?.internalIP || undefined
}

export const lookUp = (
  indexes: Indexes,
  sender: Sender | SenderProblem,
  name: string,
  type: DnsStep["type"],
  search: boolean,
): DnsLookup => {
  const server = serverOf(indexes, sender)
  const cluster = asksClusterDns(sender)
  const namespace = "pod" in sender && sender.pod ? sender.pod.namespace : "default"
  const suffixes = search && cluster ? searchList(indexes.config.clusterDomain, namespace) : []
  const names = type === "PTR" && isIP(name) ? [`${name.split(".").reverse().join(".")}.in-addr.arpa.`] : undefined
  const steps: (DnsStep & { readonly rule: Rule })[] = []
  let records: readonly DnsRecord[] = []
  let rcode: DnsStep["rcode"] = "NXDOMAIN"
  let certainty: Certainty = "certain"
  for (const query of names ?? candidates(name, suffixes)) {
    const answer = ask(indexes, query, type, cluster)
    steps.push({
      query,
      type,
      rcode: answer.rcode,
      answers: answer.records.map((record) => record.data),
      server,
      rule: cluster ? answer.rule : "R14",
      ...(answer.cause ? { cause: answer.cause } : {}),
    })
    certainty = answer.certainty
    records = answer.records
    rcode = answer.rcode
    if (answer.rcode === "NOERROR" && answer.records.length > 0) break
  }
  return { server, steps, rcode, records, certainty }
}

/**
 * Asks the resolver that `from` uses. `search`: use the search list, as getaddrinfo and nslookup do and dig does not.
 * Ask PTR with an address or with the name under in-addr.arpa.
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
