import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"
import { readQueryName } from "./query-name.ts"
import { isInZone, type ResourceRecord } from "./record.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { type Finding, findName } from "./zone-finding.ts"

/** What the resolver behind CoreDNS answers for a name outside its zones; undefined: nothing, the query failed. */
export type Upstream = (
  name: string,
  type: "A" | "AAAA",
) => { readonly answer: readonly ResourceRecord[]; readonly truncated?: boolean } | undefined

/** The plugin with what it reads. */
export interface ZoneView {
  readonly indexes: Indexes
  readonly zone: ZoneConfig
  readonly upstream: Upstream
  /** No answer takes more records of one type. */
  readonly mostRecords: number
}

/** A name and its zone as the query spells them: answers keep the spelling. */
export interface Query {
  readonly name: string
  readonly zone: string
  /** In lower case, without dot at its end: `web.shop.svc`, `` for the zone itself. */
  readonly beforeZone: string
}

/** What the plugin found for a name and type in one of its zones; NOERROR without records is NODATA. */
export interface ZoneAnswer {
  readonly rcode: "NOERROR" | "NXDOMAIN"
  readonly records: readonly ResourceRecord[]
  readonly extra: readonly ResourceRecord[]
  readonly truncated: boolean
  /** Did the resolver behind CoreDNS have a say, for an alias that leads out of the zone? */
  readonly leftZone: boolean
  readonly rule: Rule
  readonly cause: Cause | undefined
}

const NONE: readonly never[] = []

interface Why {
  readonly rule: Rule
  readonly cause?: Cause | undefined
}

interface More {
  readonly extra?: readonly ResourceRecord[]
  readonly truncated?: boolean
  readonly leftZone?: boolean
}

export const answer = (why: Why, records: readonly ResourceRecord[], more?: More): ZoneAnswer => ({
  rcode: "NOERROR",
  records,
  extra: more?.extra ?? NONE,
  truncated: more?.truncated ?? false,
  leftZone: more?.leftZone ?? false,
  rule: records.length > 0 || why.rule === "R6" ? why.rule : "R7",
  cause: why.cause,
})

/** The name exists, without records of the asked type. */
export const noData = (why: Why): ZoneAnswer => answer(why, NONE)

/** The name does not exist. */
export const nameError = ({ rule, cause }: Why): ZoneAnswer => ({
  rcode: "NXDOMAIN",
  records: NONE,
  extra: NONE,
  truncated: false,
  leftZone: false,
  rule,
  cause,
})

/** The longest of the plugin's zones to which a name belongs, as the name spells it; undefined: none. */
export const zoneOf = (zone: ZoneConfig, name: string): string | undefined => {
  const lower = name.toLowerCase()
  let longest = ""
  for (const each of zone.zones) if (each.length > longest.length && isInZone(lower, each)) longest = each
  return longest === "" ? undefined : name.slice(-longest.length)
}

/** `name` ends with `zone`. */
export const queryOf = (name: string, zone: string): Query => {
  const end = name.length - zone.length - (zone === "." ? 0 : 1)
  return { name, zone, beforeZone: end > 0 ? name.slice(0, end).toLowerCase() : "" }
}

/** `ns.dns` in front of the zone is the name of its server. */
export const isNameserver = ({ beforeZone }: Query): boolean => beforeZone === "ns.dns"

/** A reverse zone has nothing but addresses: what looks like a Service's name there is none. */
const isReverse = ({ zone }: Query): boolean => zone.toLowerCase().endsWith(".arpa.")

export const findIn = ({ indexes, zone }: ZoneView, query: Query): Finding => {
  const asked = readQueryName(query.beforeZone, zone.zonal)
  return findName(indexes, zone, asked.kind !== "empty" && isReverse(query) ? { kind: "unknown" } : asked)
}
