import { type IPFamily, ipFamily } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"
import { type QueryName, readQueryName } from "./query-name.ts"
import { isInZone, type RecordType, type ResourceRecord } from "./record.ts"
import { findAddressNames } from "./reverse-finding.ts"
import { addressOfReverse } from "./reverse-name.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { type Finding, findName, type NamedAddress } from "./zone-finding.ts"
import { nameservers } from "./zone-nameservers.ts"

/** What the resolver behind CoreDNS answers for a name outside its zones; undefined: nothing, the query failed. */
export type Upstream = (
  name: string,
  type: "A" | "AAAA",
) => { readonly answer: readonly ResourceRecord[]; readonly truncated?: boolean } | undefined

export interface ZoneView {
  readonly indexes: Indexes
  readonly zone: ZoneConfig
  readonly upstream: Upstream
}

/** What the plugin found for a name and type in one of its zones; NOERROR without records is NODATA. */
export interface ZoneAnswer<T extends string = RecordType> {
  readonly rcode: "NOERROR" | "NXDOMAIN"
  readonly records: readonly ResourceRecord<T>[]
  readonly extra: readonly ResourceRecord[]
  readonly truncated: boolean
  /** Did the resolver behind CoreDNS have a say, for an alias that leads out of the zone? */
  readonly leftZone: boolean
  readonly rule: Rule
  readonly cause?: Cause
}

const DNS_VERSION = '"1.1.0"'
const DNS_VERSION_TTL = 28_800
const LONGEST_SOA_TTL = 300
/** CoreDNS 1.14 `plugin/backend_lookup.go`: it follows so many aliases and no more. */
const LONGEST_ALIAS_CHAIN = 8

const NONE: readonly never[] = []

const answer = (
  why: { readonly rule: Rule; readonly cause?: Cause },
  records: readonly ResourceRecord[],
  more: { readonly extra?: readonly ResourceRecord[]; readonly truncated?: boolean; readonly leftZone?: boolean } = {},
): ZoneAnswer => ({
  rcode: "NOERROR",
  records,
  extra: more.extra ?? NONE,
  truncated: more.truncated ?? false,
  leftZone: more.leftZone ?? false,
  rule: records.length > 0 || why.rule === "R6" ? why.rule : "R7",
  ...(why.cause ? { cause: why.cause } : {}),
})

const nameError = (why: { readonly rule: Rule; readonly cause?: Cause }): ZoneAnswer => ({
  rcode: "NXDOMAIN",
  records: NONE,
  extra: NONE,
  truncated: false,
  leftZone: false,
  rule: why.rule,
  ...(why.cause ? { cause: why.cause } : {}),
})

/** Name, type and zone of one query. `zone` as the query spells it: answers keep the spelling. */
interface Query {
  readonly name: string
  readonly type: string
  readonly zone: string
  /** In lower case. */
  readonly beforeZone: string
}

const FAMILIES: Readonly<Record<"A" | "AAAA", IPFamily>> = { A: "IPv4", AAAA: "IPv6" }

const addressRecords = (
  name: string,
  ttl: number,
  type: "A" | "AAAA",
  addresses: readonly NamedAddress[],
): readonly ResourceRecord[] => {
  const family = FAMILIES[type]
  const records: ResourceRecord[] = []
  for (const address of addresses)
    if (address.family === family && !records.some((record) => record.data === address.ip))
      records.push({ name, ttl, type, data: address.ip })
  return records
}

const readIn = (view: ZoneView, query: Query): QueryName => readQueryName(query.beforeZone, view.zone.zonal)

/**
 * An alias within the zone is followed there, and gives nothing at all when it ends in nothing, in itself or in a name
 * that was already on the way; one that leads out of the zone is asked of the resolver behind.
 */
const followAlias = (
  view: ZoneView,
  query: Query,
  type: "A" | "AAAA",
  finding: Extract<Finding, { readonly kind: "alias" }>,
  followed: readonly string[],
): ZoneAnswer => {
  const target = finding.target.toLowerCase()
  if (target === query.name.toLowerCase() || followed.length >= LONGEST_ALIAS_CHAIN || followed.includes(target))
    return answer(finding, NONE)
  const alias: ResourceRecord = { name: query.name, ttl: view.zone.ttl, type: "CNAME", data: finding.target }
  if (isInZone(target, query.zone.toLowerCase())) {
    const inside = { ...query, name: finding.target, beforeZone: beforeZone(target, query.zone) }
    const next = addressAnswer(view, inside, type, [...followed, target])
    const records = next.records.length > 0 ? [alias, ...next.records] : NONE
    return answer(finding, records, { truncated: next.truncated, leftZone: next.leftZone })
  }
  const outside = view.upstream(finding.target, type)
  return answer(finding, outside ? [alias, ...outside.answer] : NONE, {
    truncated: outside?.truncated ?? false,
    leftZone: true,
  })
}

const nameserverAnswer = (view: ZoneView, query: Query, type: "A" | "AAAA"): ZoneAnswer => {
  const records = nameservers(view.indexes, view.zone).flatMap(({ ip }): readonly ResourceRecord[] =>
    ipFamily(ip) === FAMILIES[type] ? [{ name: query.name, ttl: view.zone.ttl, type, data: ip }] : [],
  )
  return answer({ rule: "R70" }, records)
}

const addressAnswer = (
  view: ZoneView,
  query: Query,
  type: "A" | "AAAA",
  followed: readonly string[] = NONE,
): ZoneAnswer => {
  if (query.beforeZone === "ns.dns") return nameserverAnswer(view, query, type)
  const finding = findName(view.indexes, view.zone, readIn(view, query))
  switch (finding.kind) {
    case "missing":
      return nameError(finding)
    case "alias":
      return followAlias(view, query, type, finding, followed)
    case "addresses":
      return answer(finding, addressRecords(query.name, view.zone.ttl, type, finding.addresses))
  }
}

/** SRV records share 100 points of weight evenly, none below 1; a target's addresses come along once each. */
const serviceAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  if (query.beforeZone === "ns.dns") return answer({ rule: "R70" }, NONE)
  const finding = findName(view.indexes, view.zone, readIn(view, query))
  if (finding.kind === "missing") return nameError(finding)
  if (finding.kind === "alias") return answer(finding, NONE)
  const { ttl } = view.zone
  const count = finding.addresses.reduce((sum, address) => sum + address.ports.length, 0)
  const weight = Math.max(1, Math.floor(100 / count))
  const records = new Map<string, ResourceRecord>()
  const extra = new Map<string, ResourceRecord>()
  for (const { ip, family, owner, ports } of finding.addresses) {
    const target = `${owner}.${query.zone}`
    for (const port of ports) {
      if (port === undefined) continue
      const data = `0 ${weight} ${port} ${target}`
      records.set(data, { name: query.name, ttl, type: "SRV", data })
      extra.set(`${target} ${ip}`, { name: target, ttl, type: family === "IPv4" ? "A" : "AAAA", data: ip })
    }
  }
  const rule = finding.rule === "R4" || finding.rule === "R5" ? "R10" : finding.rule
  return answer({ ...finding, rule }, [...records.values()], { extra: [...extra.values()] })
}

const aliasAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  const finding = findName(view.indexes, view.zone, readIn(view, query))
  if (finding.kind === "missing")
    return query.beforeZone === "ns.dns" ? answer({ rule: "R70" }, NONE) : nameError(finding)
  if (finding.kind === "addresses") return answer(finding, NONE)
  return answer(finding, [{ name: query.name, ttl: view.zone.ttl, type: "CNAME", data: finding.target }])
}

/** A name has text, nothing or, with neither text nor addresses, no existence: even a namespace's name does not exist. */
const textAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  if (query.beforeZone === "dns-version")
    return answer({ rule: "R70" }, [{ name: query.name, ttl: DNS_VERSION_TTL, type: "TXT", data: DNS_VERSION }])
  const asked = readIn(view, query)
  const finding = findName(view.indexes, view.zone, asked)
  const isEmpty = finding.kind === "addresses" && finding.addresses.length === 0
  const isTopology = asked.kind === "service" && asked.topology !== undefined
  return finding.kind === "missing" || (isEmpty && !isTopology) ? nameError(finding) : answer(finding, NONE)
}

const reverseAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  const ip = addressOfReverse(query.name)
  if (ip === undefined) return otherAnswer(view, query)
  const names = findAddressNames(view.indexes, view.zone, ip)
  if (!names) return nameError({ rule: "R11" })
  const { ttl, zones } = view.zone
  const zone = zones.find((each) => !each.endsWith(".arpa.")) ?? ""
  const records = names.owners.map(
    (owner): ResourceRecord => ({ name: query.name, ttl, type: "PTR", data: `${owner}.${zone}` }),
  )
  return answer({ rule: "R11", cause: names.cause }, records)
}

const nameserverList = (view: ZoneView, query: Query): ZoneAnswer => {
  const { ttl } = view.zone
  const targets = nameservers(view.indexes, view.zone)
  const extra = targets.map(({ owner, ip }): ResourceRecord => {
    const type = ipFamily(ip) === "IPv6" ? "AAAA" : "A"
    return { name: `${owner}.${query.zone}`, ttl, type, data: ip }
  })
  const names = [...new Set(extra.map(({ name }) => name))]
  const records = names.map((data): ResourceRecord => ({ name: query.name, ttl, type: "NS", data }))
  return answer({ rule: "R70" }, records, { extra })
}

/** The record that every answer without records carries, so that others know how long to remember it. */
export const startOfAuthority = ({ ttl, serial }: ZoneConfig, zone: string): ResourceRecord => ({
  name: zone,
  ttl: Math.min(LONGEST_SOA_TTL, ttl),
  type: "SOA",
  data: `ns.dns.${zone} hostmaster.${zone} ${serial} 7200 1800 86400 ${ttl}`,
})

/** No records of such a type: does the name exist at all? */
const otherAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  if (query.beforeZone === "ns.dns") return answer({ rule: "R70" }, NONE)
  const finding = findName(view.indexes, view.zone, readIn(view, query))
  return finding.kind === "missing" ? nameError(finding) : answer(finding, NONE)
}

const beforeZone = (lowerName: string, zone: string): string =>
  zone === "." ? lowerName.slice(0, -1) : lowerName.slice(0, -zone.length).replace(/\.$/, "")

/** The longest of the plugin's zones to which a name belongs, as the name spells it; undefined: none. */
export const zoneOf = (zone: ZoneConfig, name: string): string | undefined => {
  const lower = name.toLowerCase()
  let longest = ""
  for (const each of zone.zones) if (each.length > longest.length && isInZone(lower, each.toLowerCase())) longest = each
  return longest === "" ? undefined : name.slice(-longest.length)
}

/**
 * What CoreDNS's plugin kubernetes finds for `name`, which ends with `zone` and a dot (1.14 `plugin/kubernetes/handler.go`
 * and `plugin/backend_lookup.go`). Names are compared without case and given back as they were asked.
 */
export const zoneAnswer = (view: ZoneView, name: string, type: string, zone: string): ZoneAnswer => {
  const query: Query = { name, type, zone, beforeZone: beforeZone(name.toLowerCase(), zone) }
  const isApex = query.beforeZone === ""
  switch (type) {
    case "A":
    case "AAAA":
      return addressAnswer(view, query, type)
    case "SRV":
      return serviceAnswer(view, query)
    case "CNAME":
      return aliasAnswer(view, query)
    case "TXT":
      return textAnswer(view, query)
    case "PTR":
      return reverseAnswer(view, query)
    case "NS":
      return isApex ? nameserverList(view, query) : otherAnswer(view, query)
    case "SOA":
      return answer({ rule: "R70" }, isApex ? [startOfAuthority(view.zone, zone)] : NONE)
    default:
      return otherAnswer(view, query)
  }
}
