import { indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import { type DnsMessage, isInZone, withDot } from "./record.ts"
import { startOfAuthority, zoneAnswer } from "./zone-answer.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { type Upstream, zoneOf } from "./zone-query.ts"

export interface DnsQuestion {
  /** Complete, with or without trailing dot. */
  readonly name: string
  /** `A`, `SRV`, `ANY`: any type; those of which the zone has no records are answered all the same. */
  readonly type: string
}

const NOBODY: Upstream = () => undefined

/**
 * The message with which CoreDNS's plugin kubernetes answers a question (1.14 `plugin/kubernetes/handler.go`).
 * Undefined: it answers nothing and hands the question to the next plugin, because the name is in none of its zones or
 * does not exist and `fallthrough` says so. `upstream` answers for aliases that lead out of the zone.
 */
export const answerQuery = (
  table: RoutingTable,
  zone: ZoneConfig,
  question: DnsQuestion,
  upstream: Upstream = NOBODY,
): DnsMessage | undefined => {
  const { type } = question
  const name = withDot(question.name)
  const own = zoneOf(zone, name)
  if (own === undefined) return undefined
  if (type === "AXFR" || type === "IXFR")
    return { rcode: "REFUSED", authoritative: false, truncated: false, answer: [], ns: [], extra: [] }
  const found = zoneAnswer(
    { indexes: indexesOf(table), zone, upstream, mostRecords: Number.POSITIVE_INFINITY },
    name,
    type,
    own,
  )
  if (found.rcode === "NXDOMAIN" && zone.fallthrough.some((each) => isInZone(name.toLowerCase(), each)))
    return undefined
  if (found.records.length > 0)
    return {
      rcode: "NOERROR",
      authoritative: true,
      truncated: found.truncated,
      answer: found.records,
      ns: [],
      extra: found.extra,
    }
  const rcode = found.rcode === "NXDOMAIN" && !zone.hasSynced ? "SERVFAIL" : found.rcode
  return { rcode, authoritative: true, truncated: false, answer: [], ns: [startOfAuthority(zone, own)], extra: [] }
}
