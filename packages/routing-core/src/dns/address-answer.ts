import { type IPFamily, ipFamily } from "@pilotage/kube-model"
import { isInZone, type ResourceRecord } from "./record.ts"
import type { Finding, NamedAddress } from "./zone-finding.ts"
import { nameservers } from "./zone-nameservers.ts"
import {
  answer,
  findIn,
  isNameserver,
  nameError,
  noData,
  type Query,
  queryOf,
  type ZoneAnswer,
  type ZoneView,
} from "./zone-query.ts"

type AddressType = "A" | "AAAA"

/** CoreDNS 1.14 `plugin/backend_lookup.go`: it follows so many aliases and no more. */
const LONGEST_ALIAS_CHAIN = 8

const NONE: readonly never[] = []

const FAMILIES: Readonly<Record<AddressType, IPFamily>> = { A: "IPv4", AAAA: "IPv6" }

const addressRecords = (
  name: string,
  ttl: number,
  type: AddressType,
  addresses: readonly NamedAddress[],
  most: number,
): readonly ResourceRecord[] => {
  const family = FAMILIES[type]
  const seen = addresses.length > 1 ? new Set<string>() : undefined
  const records: ResourceRecord[] = []
  for (const address of addresses) {
    if (records.length >= most) break
    if (address.family !== family || seen?.has(address.ip)) continue
    seen?.add(address.ip)
    records.push({ name, ttl, type, data: address.ip })
  }
  return records
}

/**
 * An alias within the zone is followed there, and gives nothing at all when it ends in nothing, in itself or in a name
 * that was already on the way; one that leads out of the zone is asked of the resolver behind.
 */
const followAlias = (
  view: ZoneView,
  query: Query,
  type: AddressType,
  finding: Extract<Finding, { readonly kind: "alias" }>,
  followed: readonly string[],
): ZoneAnswer => {
  const target = finding.target.toLowerCase()
  if (target === query.name.toLowerCase() || followed.length >= LONGEST_ALIAS_CHAIN || followed.includes(target))
    return noData(finding)
  const alias: ResourceRecord = { name: query.name, ttl: view.zone.ttl, type: "CNAME", data: finding.target }
  if (isInZone(target, query.zone.toLowerCase())) {
    const inside = { ...queryOf(finding.target, query.zone), zone: query.zone }
    const { records, truncated, leftZone } = addressAnswer(view, inside, type, [...followed, target])
    return answer(finding, records.length > 0 ? [alias, ...records] : NONE, { truncated, leftZone })
  }
  const outside = view.upstream(finding.target, type)
  const records = outside ? [alias, ...outside.answer] : NONE
  return answer(finding, records, { truncated: outside?.truncated ?? false, leftZone: true })
}

const nameserverAnswer = (view: ZoneView, query: Query, type: AddressType): ZoneAnswer => {
  const records = nameservers(view.indexes, view.zone).flatMap(({ ip }): readonly ResourceRecord[] =>
    ipFamily(ip) === FAMILIES[type] ? [{ name: query.name, ttl: view.zone.ttl, type, data: ip }] : [],
  )
  return answer({ rule: "R70" }, records)
}

const answerFrom = (
  view: ZoneView,
  query: Query,
  finding: Finding,
  type: AddressType,
  followed: readonly string[],
): ZoneAnswer => {
  switch (finding.kind) {
    case "missing":
      return nameError(finding)
    case "alias":
      return followAlias(view, query, type, finding, followed)
    case "addresses":
      return answer(finding, addressRecords(query.name, view.zone.ttl, type, finding.addresses, view.mostRecords))
  }
}

export const addressAnswer = (
  view: ZoneView,
  query: Query,
  type: AddressType,
  followed: readonly string[] = NONE,
): ZoneAnswer =>
  isNameserver(query)
    ? nameserverAnswer(view, query, type)
    : answerFrom(view, query, findIn(view, query), type, followed)

/** For A and for AAAA, which most clients ask together: the name is looked for once. */
export const hostAnswers = (view: ZoneView, query: Query): { readonly a: ZoneAnswer; readonly aaaa: ZoneAnswer } => {
  if (isNameserver(query)) return { a: nameserverAnswer(view, query, "A"), aaaa: nameserverAnswer(view, query, "AAAA") }
  const finding = findIn(view, query)
  return { a: answerFrom(view, query, finding, "A", NONE), aaaa: answerFrom(view, query, finding, "AAAA", NONE) }
}
