import { canonicalIP, type EndpointSlice, type Service } from "@pilotage/kube-model"
import { serviceRef, sliceRef } from "../object-ref.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"
import { endpointLabel, type NamedEndpoint, namedEndpoints } from "./endpoint-names.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { isExposed, serviceOwner } from "./zone-finding.ts"

const SERVICE_NAME_LABEL = "kubernetes.io/service-name"

const known = new WeakMap<Indexes["slices"], readonly EndpointSlice[]>()

/** In order of keys; put together at the first question after EndpointSlices changed. */
const slicesOf = (slices: Indexes["slices"]): readonly EndpointSlice[] => {
  const found = known.get(slices)
  if (found) return found
  const list = slices.entries().map(([, slice]) => slice)
  known.set(slices, list)
  return list
}

const lists = (slice: EndpointSlice, ip: string, isIPv6: boolean): boolean => {
  for (const { addresses } of slice.endpoints ?? [])
    for (const address of addresses) if (address === ip || (isIPv6 && canonicalIP(address) === ip)) return true
  return false
}

/**
 * The named endpoints with a canonical address. Looks through all EndpointSlices: nothing on a packet's way asks for
 * this, so no index is kept up to date for it.
 */
const endpointsAt = (indexes: Indexes, ip: string): readonly NamedEndpoint[] => {
  const isIPv6 = ip.includes(":")
  const found: NamedEndpoint[] = []
  for (const slice of slicesOf(indexes.slices))
    if (lists(slice, ip, isIPv6)) found.push(...namedEndpoints(slice).filter((endpoint) => endpoint.ip === ip))
  return found
}

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
