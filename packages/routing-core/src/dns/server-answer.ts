import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Certainty, DnsStep } from "../trace-types.ts"
import { hostAnswers } from "./address-answer.ts"
import { type OutsideName, outsideName } from "./outside-names.ts"
import type { DnsRecord, ResourceRecord } from "./record.ts"
import { zoneAnswer } from "./zone-answer.ts"
import { kubeadmZone, type ZoneConfig } from "./zone-config.ts"
import { queryOf, type Upstream, type ZoneAnswer, type ZoneView, zoneOf } from "./zone-query.ts"

/** What a client gets for one complete name. */
export interface ServerAnswer {
  readonly rcode: "NOERROR" | "NXDOMAIN"
  readonly records: readonly DnsRecord[]
  readonly rule: Rule
  readonly cause: Cause | undefined
  readonly certainty: Certainty
}

/** A message has at most 64 KiB, and an address record at least 16 bytes of it (RFC 1035 §4.2.2, §4.1.3). */
const MOST_RECORDS = 4_000

const NONE: readonly never[] = []

const recordsOf = (found: OutsideName | undefined, fullName: string, type: string): readonly DnsRecord[] =>
  !found || (type !== "A" && type !== "AAAA")
    ? NONE
    : found.ips.flatMap((ip): readonly DnsRecord[] =>
        ip !== "" && ip.includes(":") === (type === "AAAA") ? [{ name: fullName, ttl: found.ttl, type, data: ip }] : [],
      )

const outsideAnswer = (indexes: Indexes, fullName: string, type: string, rule: "R13" | "R14"): ServerAnswer => {
  const found = outsideName(indexes, fullName)
  return {
    rcode: found ? "NOERROR" : "NXDOMAIN",
    records: recordsOf(found, fullName, type),
    rule: found?.rule ?? rule,
    cause: found?.cause,
    certainty: "environment",
  }
}

const isClientsRecord = (record: ResourceRecord): record is DnsRecord =>
  record.type !== "TXT" && record.type !== "NS" && record.type !== "SOA"

const areClientsRecords = (records: readonly ResourceRecord[]): records is readonly DnsRecord[] =>
  records.every(isClientsRecord)

/** An alias out of the zone is shown whether its target exists or not. */
const upstreamOf =
  (indexes: Indexes): Upstream =>
  (name, type) => ({ answer: recordsOf(outsideName(indexes, name), name, type) })

const viewOf = (indexes: Indexes, zone: ZoneConfig): ZoneView => ({
  indexes,
  zone,
  upstream: upstreamOf(indexes),
  mostRecords: MOST_RECORDS,
})

/** An answer from one of kube-dns's zones, or what the resolver behind it says where fallthrough hands the query on. */
const served = (
  { indexes, zone }: ZoneView,
  fullName: string,
  type: string,
  own: string,
  { rcode, records, rule, cause, leftZone }: ZoneAnswer,
): ServerAnswer =>
  rcode === "NXDOMAIN" && zone.fallthrough.includes(own.toLowerCase())
    ? outsideAnswer(indexes, fullName, type, "R13")
    : {
        rcode,
        records: areClientsRecords(records) ? records : records.filter(isClientsRecord),
        rule,
        cause,
        certainty: leftZone ? "environment" : "certain",
      }

/** What kube-dns answers: from its own zones, else what the resolver around the cluster says. */
export const clusterAnswer = (indexes: Indexes, fullName: string, type: DnsStep["type"]): ServerAnswer => {
  const zone = kubeadmZone(indexes.config)
  const own = zoneOf(zone, fullName)
  if (own === undefined) return outsideAnswer(indexes, fullName, type, "R13")
  const view = viewOf(indexes, zone)
  return served(view, fullName, type, own, zoneAnswer(view, fullName, type, own))
}

/** What any other server answers, which knows no cluster name. */
export const foreignAnswer = (indexes: Indexes, fullName: string, type: DnsStep["type"]): ServerAnswer =>
  outsideAnswer(indexes, fullName, type, "R14")

export interface HostAnswers {
  readonly a: ServerAnswer
  readonly aaaa: ServerAnswer
}

/** `clusterAnswer` for A and AAAA at once. */
export const clusterHostAnswers = (indexes: Indexes, fullName: string): HostAnswers => {
  const zone = kubeadmZone(indexes.config)
  const own = zoneOf(zone, fullName)
  if (own === undefined)
    return {
      a: outsideAnswer(indexes, fullName, "A", "R13"),
      aaaa: outsideAnswer(indexes, fullName, "AAAA", "R13"),
    }
  const view = viewOf(indexes, zone)
  const { a, aaaa } = hostAnswers(view, queryOf(fullName, own))
  return { a: served(view, fullName, "A", own, a), aaaa: served(view, fullName, "AAAA", own, aaaa) }
}
