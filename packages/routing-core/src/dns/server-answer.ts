import type { Indexes } from "../table/compiled-table.ts"
import type { Certainty, DnsStep } from "../trace-types.ts"
import type { DnsRecord } from "./record.ts"
import { type Upstream, type ZoneAnswer, zoneAnswer, zoneOf } from "./zone-answer.ts"
import { kubeadmZone } from "./zone-config.ts"

/** What a client gets for one complete name. */
export interface ServerAnswer extends Pick<ZoneAnswer<DnsRecord["type"]>, "rcode" | "records" | "rule" | "cause"> {
  readonly certainty: Certainty
}

/** Seconds; Docker's resolver says so for the names of containers. */
const OUTSIDE_TTL = 600

/** The resolver around the cluster: it knows the nodes and nobody else. */
const outsideRecords = (indexes: Indexes, fullName: string, type: string): readonly DnsRecord[] | undefined => {
  const node = indexes.nodes.get(fullName.slice(0, -1).toLowerCase())
  if (!node) return undefined
  if (type !== "A" && type !== "AAAA") return []
  return [node.internalIP, node.secondIP ?? ""].flatMap((ip): readonly DnsRecord[] =>
    ip !== "" && ip.includes(":") === (type === "AAAA") ? [{ name: fullName, ttl: OUTSIDE_TTL, type, data: ip }] : [],
  )
}

const outsideAnswer = (indexes: Indexes, fullName: string, type: string, rule: "R13" | "R14"): ServerAnswer => {
  const records = outsideRecords(indexes, fullName, type)
  return { rcode: records ? "NOERROR" : "NXDOMAIN", records: records ?? [], rule, certainty: "environment" }
}

/** An alias out of the zone is shown whether its target exists or not. */
const upstreamOf =
  (indexes: Indexes): Upstream =>
  (name, type) => ({ answer: outsideRecords(indexes, name, type) ?? [] })

const isClientsType = (type: string): type is DnsRecord["type"] => type !== "TXT" && type !== "NS" && type !== "SOA"

const isClientsRecord = (record: { readonly type: string }): record is DnsRecord => isClientsType(record.type)

/** What kube-dns answers: from its own zones, else what the resolver around the cluster says. */
export const clusterAnswer = (indexes: Indexes, fullName: string, type: DnsStep["type"]): ServerAnswer => {
  const zone = kubeadmZone(indexes.config)
  const own = zoneOf(zone, fullName)
  if (own === undefined) return outsideAnswer(indexes, fullName, type, "R13")
  const found = zoneAnswer({ indexes, zone, upstream: upstreamOf(indexes) }, fullName, type, own)
  if (found.rcode === "NXDOMAIN" && zone.fallthrough.includes(own.toLowerCase()))
    return outsideAnswer(indexes, fullName, type, "R13")
  return {
    rcode: found.rcode,
    records: found.records.filter(isClientsRecord),
    rule: found.rule,
    certainty: found.leftZone ? "environment" : "certain",
    ...(found.cause ? { cause: found.cause } : {}),
  }
}

/** What any other server answers, which knows no cluster name. */
export const foreignAnswer = (indexes: Indexes, fullName: string, type: DnsStep["type"]): ServerAnswer =>
  outsideAnswer(indexes, fullName, type, "R14")
