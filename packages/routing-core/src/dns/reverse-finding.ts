import { canonicalIP, type EndpointSlice, type Service } from "@pilotage/kube-model"
import { serviceRef, sliceRef } from "../object-ref.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"
import { endpointLabel, type NamedEndpoint, namedEndpoints } from "./endpoint-names.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { isExposed, serviceOwner } from "./zone-finding.ts"

const SERVICE_NAME_LABEL = "kubernetes.io/service-name"

interface Known {
  /** In order of keys. */
  readonly slices: readonly EndpointSlice[]
  /** By canonical address. */
  index: ReadonlyMap<string, readonly EndpointSlice[]> | undefined
  questions: number
}

/** An index takes as long as looking through all slices so often. */
const WORTH_AN_INDEX = 30

const known = new WeakMap<Indexes["slices"], Known>()

/** What follows the last colon, as canonical addresses have it: ten thousands of addresses differ there. */
const lastGroup = (ip: string): string =>
  ip
    .slice(ip.lastIndexOf(":") + 1)
    .toLowerCase()
    .replace(/^0+/, "")

const isSameIPv6 = (address: string, ip: string, last: string): boolean =>
  address === ip ||
  ((address.includes(".") || ip.includes(".") || lastGroup(address) === last) && canonicalIP(address) === ip)

const lists = (slice: EndpointSlice, ip: string, last: string | undefined): boolean => {
  for (const { addresses } of slice.endpoints ?? [])
    for (const address of addresses)
      if (last === undefined ? address === ip : isSameIPv6(address, ip, last)) return true
  return false
}

const indexOf = (slices: readonly EndpointSlice[]): ReadonlyMap<string, readonly EndpointSlice[]> => {
  const index = new Map<string, EndpointSlice[]>()
  for (const slice of slices)
    for (const { ip } of namedEndpoints(slice)) {
      const listing = index.get(ip)
      if (!listing) index.set(ip, [slice])
      else if (listing.at(-1) !== slice) listing.push(slice)
    }
  return index
}

/** The first questions after a change look through all of them, the next ones find the address in an index. */
const slicesWith = ({ slices }: Indexes, ip: string): readonly EndpointSlice[] => {
  let all = known.get(slices)
  if (!all) {
    all = { slices: slices.entries().map(([, slice]) => slice), index: undefined, questions: 0 }
    known.set(slices, all)
  }
  all.questions += 1
  if (all.questions > WORTH_AN_INDEX) all.index ??= indexOf(all.slices)
  if (all.index) return all.index.get(ip) ?? []
  const last = ip.includes(":") ? lastGroup(ip) : undefined
  return all.slices.filter((slice) => lists(slice, ip, last))
}

/** The named endpoints with a canonical address. Nothing on a packet's way asks for this: no index is kept up to date. */
const endpointsAt = (indexes: Indexes, ip: string): readonly NamedEndpoint[] =>
  slicesWith(indexes, ip).flatMap((slice) => namedEndpoints(slice).filter((endpoint) => endpoint.ip === ip))

/** `web.shop.svc` for a slice of that Service, whether the Service exists or not. */
const ownerOf = (slice: EndpointSlice): string =>
  `${slice.metadata.labels?.[SERVICE_NAME_LABEL] ?? ""}.${slice.metadata.namespace ?? "default"}.svc`

export interface ReverseFinding {
  /** Each once, without the zone. */
  readonly owners: readonly string[]
  readonly cause: Cause
}

const withClusterIP = (indexes: Indexes, ip: string): readonly Service[] =>
  (indexes.addresses.get(ip) ?? []).flatMap(({ frontend, entry }) =>
    frontend.kind === "ClusterIP" ? entry.service : [],
  )

/** The Services that are reached under this address, or have an endpoint with it. */
export const servicesAt = (indexes: Indexes, ip: string): readonly Service[] => {
  const found = new Set<Service>(withClusterIP(indexes, ip))
  for (const { slice } of endpointsAt(indexes, ip)) {
    const key = `${slice.metadata.namespace ?? "default"}/${slice.metadata.labels?.[SERVICE_NAME_LABEL] ?? ""}`
    const entry = indexes.services.get(key)
    if (entry) found.add(entry.service)
  }
  return [...found]
}

/**
 * The names of an address: the Service whose cluster IP it is, else every name that it has as an endpoint of whatever
 * Service (CoreDNS 1.14 `plugin/kubernetes/reverse.go`). Undefined: none.
 */
export const findAddressNames = (indexes: Indexes, zone: ZoneConfig, ip: string): ReverseFinding | undefined => {
  const service = withClusterIP(indexes, ip).find(({ metadata }) =>
    isExposed(indexes, zone, metadata.namespace ?? "default"),
  )
  if (service)
    return { owners: [serviceOwner(service)], cause: { object: serviceRef(service), path: "spec.clusterIP" } }
  const endpoints = endpointsAt(indexes, ip).filter(({ slice }) =>
    isExposed(indexes, zone, slice.metadata.namespace ?? "default"),
  )
  const [first] = endpoints
  if (!first) return undefined
  const owners = endpoints.map(
    (endpoint) => `${endpointLabel(endpoint, zone.endpointNameMode)}.${ownerOf(endpoint.slice)}`,
  )
  return { owners: [...new Set(owners)], cause: { object: sliceRef(first.slice), path: "endpoints" } }
}
