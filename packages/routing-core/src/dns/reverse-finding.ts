import type { EndpointSlice, Service } from "@pilotage/kube-model"
import { serviceRef, sliceRef } from "../object-ref.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"
import { endpointLabel, type NamedEndpoint, namedEndpoints } from "./endpoint-names.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { isExposed, serviceOwner } from "./zone-finding.ts"

const SERVICE_NAME_LABEL = "kubernetes.io/service-name"

type ByAddress = ReadonlyMap<string, readonly NamedEndpoint[]>

const known = new WeakMap<Indexes["slices"], ByAddress>()

/**
 * All named endpoints by address. Nothing on a packet's way asks for this, so no index is kept up to date for it: it is
 * put together at the first reverse query after EndpointSlices changed, O(endpoints), and serves all that follow.
 */
const endpointsByAddress = (slices: Indexes["slices"]): ByAddress => {
  const ready = known.get(slices)
  if (ready) return ready
  const byAddress = new Map<string, NamedEndpoint[]>()
  for (const [, slice] of slices.entries())
    for (const endpoint of namedEndpoints(slice)) {
      const list = byAddress.get(endpoint.ip)
      if (list) list.push(endpoint)
      else byAddress.set(endpoint.ip, [endpoint])
    }
  known.set(slices, byAddress)
  return byAddress
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
  (indexes.addresses.get(ip) ?? []).flatMap((frontend) =>
    frontend.kind === "ClusterIP" ? (indexes.services.get(frontend.serviceKey)?.service ?? []) : [],
  )

/** The Services that are reached under this address, or have an endpoint with it. */
export const servicesAt = (indexes: Indexes, ip: string): readonly Service[] => {
  const found = new Set<Service>(withClusterIP(indexes, ip))
  for (const { slice } of endpointsByAddress(indexes.slices).get(ip) ?? []) {
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
  const endpoints = (endpointsByAddress(indexes.slices).get(ip) ?? []).filter(({ slice }) =>
    isExposed(indexes, zone, slice.metadata.namespace ?? "default"),
  )
  const [first] = endpoints
  if (!first) return undefined
  const owners = endpoints.map(
    (endpoint) => `${endpointLabel(endpoint, zone.endpointNameMode)}.${ownerOf(endpoint.slice)}`,
  )
  return { owners: [...new Set(owners)], cause: { object: sliceRef(first.slice), path: "endpoints" } }
}
