import { canonicalIP } from "@pilotage/kube-model"
import { isHeadless } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { servicesAt } from "./reverse-finding.ts"
import type { ZoneConfig } from "./zone-config.ts"
import { clusterIPsOf, findName, ownerOf, serviceOwner } from "./zone-finding.ts"

export interface Nameserver {
  /** Without the zone. */
  readonly owner: string
  /** Canonical. */
  readonly ip: string
}

/**
 * Who serves the zone: the Services to which the machine of CoreDNS belongs, or, when it is in none, that machine under
 * the name `ns.dns` (CoreDNS 1.14 `plugin/kubernetes/ns.go`).
 */
export const nameservers = (indexes: Indexes, zone: ZoneConfig): readonly Nameserver[] => {
  const addresses = zone.localIPs.flatMap((ip) => canonicalIP(ip) ?? [])
  const services = new Set(addresses.flatMap((ip) => servicesAt(indexes, ip)))
  if (services.size === 0) return addresses.map((ip) => ({ owner: "ns.dns", ip }))
  return [...services].flatMap((service): readonly Nameserver[] => {
    const owner = serviceOwner(service)
    if (!isHeadless(service)) return clusterIPsOf(service).map((ip) => ({ owner, ip }))
    const { name, namespace = "default" } = service.metadata
    const found = findName(indexes, zone, { kind: "service", namespace, service: name })
    if (found.kind !== "addresses") return []
    return found.addresses.map((address) => ({ owner: ownerOf(owner, address, zone.endpointNameMode), ip: address.ip }))
  })
}
