import { ipFamily } from "@pilotage/kube-model"
import { addressAnswer } from "./address-answer.ts"
import type { ResourceRecord } from "./record.ts"
import { findAddressNames } from "./reverse-finding.ts"
import { addressOfReverse } from "./reverse-name.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { ownerOf } from "./zone-finding.ts"
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

const DNS_VERSION = '"1.1.0"'
const DNS_VERSION_TTL = 28_800
const LONGEST_SOA_TTL = 300

const OWN = { rule: "R70" } as const

/** The record that every answer without records carries, so that others know how long to remember it. */
export const startOfAuthority = ({ ttl, serial }: ZoneConfig, zone: string): ResourceRecord => ({
  name: zone,
  ttl: Math.min(LONGEST_SOA_TTL, ttl),
  type: "SOA",
  data: `ns.dns.${zone} hostmaster.${zone} ${serial} 7200 1800 86400 ${ttl}`,
})

/** Nothing of such a type: does the name exist at all? */
const otherAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  if (isNameserver(query)) return noData(OWN)
  const finding = findIn(view, query)
  return finding.kind === "missing" ? nameError(finding) : noData(finding)
}

/** SRV records share 100 points of weight evenly, none below 1; a target's addresses come along once each. */
const serviceAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  const finding = isNameserver(query) ? undefined : findIn(view, query)
  if (finding?.kind !== "addresses") return otherAnswer(view, query)
  const { ttl, endpointNameMode } = view.zone
  const count = finding.addresses.reduce((sum, address) => sum + address.ports.length, 0)
  const weight = Math.max(1, Math.floor(100 / count))
  const records = new Map<string, ResourceRecord>()
  const extra = new Map<string, ResourceRecord>()
  for (const address of finding.addresses) {
    if (records.size >= view.mostRecords) break
    const { ip, family, ports } = address
    const target = `${ownerOf(finding.owner, address, endpointNameMode)}.${query.zone}`
    for (const { port } of ports) {
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
  const finding = isNameserver(query) ? undefined : findIn(view, query)
  if (finding?.kind !== "alias") return otherAnswer(view, query)
  return answer(finding, [{ name: query.name, ttl: view.zone.ttl, type: "CNAME", data: finding.target }])
}

/** A name without addresses and without text does not exist here: not even a namespace's. Zonal names do. */
const textAnswer = (view: ZoneView, query: Query): ZoneAnswer => {
  if (query.beforeZone === "dns-version")
    return answer(OWN, [{ name: query.name, ttl: DNS_VERSION_TTL, type: "TXT", data: DNS_VERSION }])
  const finding = findIn(view, query)
  const isEmpty = finding.kind === "addresses" && finding.addresses.length === 0 && finding.rule !== "R72"
  return finding.kind === "missing" || isEmpty ? nameError(finding) : noData(finding)
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
  const extra = nameservers(view.indexes, view.zone).map(({ owner, ip }): ResourceRecord => {
    const type = ipFamily(ip) === "IPv6" ? "AAAA" : "A"
    return { name: `${owner}.${query.zone}`, ttl, type, data: ip }
  })
  const names = [...new Set(extra.map(({ name }) => name))]
  const records = names.map((data): ResourceRecord => ({ name: query.name, ttl, type: "NS", data }))
  return answer(OWN, records, { extra })
}

/**
 * What CoreDNS's plugin kubernetes finds for `name`, which ends with `zone` and a dot (1.14 `plugin/kubernetes/handler.go`
 * and `plugin/backend_lookup.go`). Names are compared without case and given back as they were asked.
 */
export const zoneAnswer = (view: ZoneView, name: string, type: string, zone: string): ZoneAnswer => {
  const query = queryOf(name, zone)
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
      return isApex ? answer(OWN, [startOfAuthority(view.zone, zone)]) : noData(OWN)
    default:
      return otherAnswer(view, query)
  }
}
