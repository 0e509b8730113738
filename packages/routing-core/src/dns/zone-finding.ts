import { canonicalIP, ipFamily, type Service, type ServicePort } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import { serviceRef, sliceRef } from "../object-ref.ts"
import { isHeadless, keyOf, type ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"
import { endpointLabel, hasLabel, type NamedEndpoint, namedEndpoints } from "./endpoint-names.ts"
import type { QueryName } from "./query-name.ts"
import { withDot } from "./record.ts"
import type { ZoneConfig } from "./zone-config.ts"

/** One address behind a name. With `address` it is an endpoint, which has a label of its own in front of the owner. */
export type NamedAddress = Pick<NamedEndpoint, "ip" | "family" | "ports"> &
  Partial<Pick<NamedEndpoint, "address" | "hostname" | "podName">>

/** What is behind a name, whatever the type of the query. `addresses` may be empty: the name exists and has nothing. */
export type Finding = { readonly rule: Rule; readonly cause?: Cause } & (
  | { readonly kind: "missing" }
  | {
      readonly kind: "addresses"
      /** Without the zone: `web.shop.svc`. */
      readonly owner: string
      readonly addresses: readonly NamedAddress[]
    }
  | { readonly kind: "alias"; readonly target: string }
)

/** The name to which an SRV record points for this address, without the zone: `db-0.db.shop.svc`. */
export const ownerOf = (owner: string, { address, hostname, podName }: NamedAddress, podNames: boolean): string =>
  address === undefined ? owner : `${endpointLabel({ address, hostname, podName }, podNames)}.${owner}`

const missing = (rule: Rule, cause?: Cause): Finding => ({ kind: "missing", rule, ...(cause ? { cause } : {}) })

const found = (rule: Rule, owner: string, addresses: readonly NamedAddress[], cause?: Cause): Finding => ({
  kind: "addresses",
  rule,
  owner,
  addresses,
  ...(cause ? { cause } : {}),
})

const UNKNOWN = missing("R12")
const NOTHING_THERE = found("R7", "", [])

/** Namespaces that no cluster is without, and those of which we know something. */
const namespaceExists = (indexes: Indexes, name: string): boolean =>
  indexes.namespaces.get(name) !== undefined || name === "default" || name === "kube-system"

const isListed = (zone: ZoneConfig, namespace: string): boolean =>
  zone.namespaces.length === 0 || zone.namespaces.includes(namespace)

export const isExposed = (indexes: Indexes, zone: ZoneConfig, namespace: string): boolean =>
  isListed(zone, namespace) && namespaceExists(indexes, namespace)

export const serviceOwner = (service: Service): string =>
  `${service.metadata.name}.${service.metadata.namespace ?? "default"}.svc`

/** Every cluster IP, canonical; none of a headless Service. */
export const clusterIPsOf = ({ spec }: Service): readonly string[] =>
  (spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ""]).flatMap((ip) => canonicalIP(ip) ?? [])

interface PortWanted {
  readonly name: string
  readonly protocol: string
}

const isPort = (
  port: { readonly name?: string; readonly protocol?: string },
  wanted: PortWanted | undefined,
): boolean =>
  !wanted ||
  ((port.name ?? "").toLowerCase() === wanted.name && (port.protocol ?? "TCP").toLowerCase() === wanted.protocol)

/** A Service without ports has one without a number: its name resolves, and SRV lists nothing. */
const servicePorts = ({ spec }: Service): readonly Partial<ServicePort>[] => (spec.ports?.length ? spec.ports : [{}])

const clusterIPFinding = (service: Service, wanted: PortWanted | undefined): Finding => {
  const ports = servicePorts(service).filter((port) => isPort(port, wanted))
  const object = serviceRef(service)
  if (ports.length === 0) return missing("R10", { object, path: "spec.ports" })
  const addresses = clusterIPsOf(service).map((ip): NamedAddress => ({ ip, family: ipFamily(ip) ?? "IPv4", ports }))
  return found("R4", serviceOwner(service), addresses, {
    object,
    path: "spec.clusterIP",
    value: JSON.stringify(service.spec.clusterIP ?? ""),
  })
}

const endpointsOf = ({ slices }: ServiceEntry): readonly NamedEndpoint[] =>
  slices.length === 1 && slices[0] ? namedEndpoints(slices[0]) : slices.flatMap(namedEndpoints)

/** The endpoints whose slice has the wanted port, with that port alone. */
const withPort = ({ slices }: ServiceEntry, wanted: PortWanted): readonly NamedAddress[] =>
  slices.flatMap((slice): readonly NamedAddress[] => {
    const endpoints = namedEndpoints(slice)
    const all = endpoints[0]?.ports ?? []
    const ports = all.filter((port) => isPort(port, wanted))
    if (ports.length === all.length) return endpoints
    return ports.length > 0 ? endpoints.map((endpoint) => ({ ...endpoint, ports })) : []
  })

const headlessCause = (service: Service): Cause => ({
  object: serviceRef(service),
  path: "spec.clusterIP",
  value: JSON.stringify("None"),
})

const headlessFinding = (entry: ServiceEntry, wanted: PortWanted | undefined): Finding => {
  const { service } = entry
  const cause = headlessCause(service)
  const endpoints = endpointsOf(entry)
  const addresses = wanted ? withPort(entry, wanted) : endpoints
  if (addresses.length > 0) return found("R5", serviceOwner(service), addresses, cause)
  return endpoints.length > 0
    ? missing("R10", { object: serviceRef(service), path: "spec.ports" })
    : missing("R5", cause)
}

const endpointFinding = (entry: ServiceEntry, podNames: boolean, label: string): Finding => {
  const named = endpointsOf(entry).filter((endpoint) => hasLabel(endpoint, podNames, label))
  const slice = named[0]?.slice
  return slice
    ? found("R8", serviceOwner(entry.service), named, { object: sliceRef(slice), path: "endpoints" })
    : missing("R8", { object: serviceRef(entry.service) })
}

const topologyFinding = (
  entry: ServiceEntry,
  wanted: { readonly zone: string; readonly otherwiseAny: boolean },
): Finding => {
  const all = endpointsOf(entry)
  const near = all.filter((endpoint) => endpoint.zone?.toLowerCase() === wanted.zone)
  const chosen = near.length === 0 && wanted.otherwiseAny ? all : near
  return found("R72", serviceOwner(entry.service), chosen, headlessCause(entry.service))
}

const aliasFinding = (service: Service): Finding => {
  const target = service.spec.externalName ?? ""
  const cause: Cause = { object: serviceRef(service), path: "spec.externalName", value: JSON.stringify(target) }
  return target === "" || canonicalIP(target) !== undefined
    ? missing("R6", cause)
    : { kind: "alias", rule: "R6", target: withDot(target), cause }
}

const knownServices = new WeakMap<ServiceEntry, Finding>()

/** The Service's own name; by far the most frequent query, so it is put together once per version of the Service. */
const plainFinding = (entry: ServiceEntry): Finding => {
  const known = knownServices.get(entry)
  if (known) return known
  const { service } = entry
  const finding =
    service.spec.type === "ExternalName"
      ? aliasFinding(service)
      : isHeadless(service)
        ? headlessFinding(entry, undefined)
        : clusterIPFinding(service, undefined)
  knownServices.set(entry, finding)
  return finding
}

const serviceFinding = (
  indexes: Indexes,
  zone: ZoneConfig,
  asked: Extract<QueryName, { readonly kind: "service" }>,
): Finding => {
  const { namespace, service: name } = asked
  if (name === undefined) return isExposed(indexes, zone, namespace) ? NOTHING_THERE : UNKNOWN
  const entry = isListed(zone, namespace) ? indexes.services.get(keyOf(namespace, name)) : undefined
  if (!entry) return UNKNOWN
  const { service } = entry
  const podNames = zone.endpointNameMode
  const isAlias = service.spec.type === "ExternalName"
  const headless = !isAlias && isHeadless(service)
  if (asked.topology) return headless ? topologyFinding(entry, asked.topology) : UNKNOWN
  if (zone.ignoreEmptyService && !isAlias && !headless && endpointsOf(entry).length === 0)
    return missing("R71", { object: serviceRef(service) })
  // An alias has a name of its own and no others: neither endpoints nor ports (CoreDNS `plugin/kubernetes`, findServices).
  if (isAlias && (asked.endpoint !== undefined || asked.port))
    return missing("R6", { object: serviceRef(service), path: "spec.externalName" })
  if (asked.endpoint !== undefined) return endpointFinding(entry, podNames, asked.endpoint)
  if (isAlias || !asked.port) return plainFinding(entry)
  return headless ? headlessFinding(entry, asked.port) : clusterIPFinding(service, asked.port)
}

/** `10-244-1-5` as an address: three single dashes make it IPv4, anything else is tried as IPv6. */
const addressIn = (label: string): string | undefined =>
  canonicalIP(/^[^-]+(-[^-]+){3}$/.test(label) ? label.replaceAll("-", ".") : label.replaceAll("-", ":"))

const isHeldIn = (indexes: Indexes, namespace: string, ip: string): boolean =>
  (indexes.podsByIP.get(ip) ?? []).some((pod) => pod.namespace === namespace) ||
  (indexes.nodesByIP.get(ip) ?? []).some((node) =>
    indexes.hostPods.get(node.name)?.some((pod) => pod.namespace === namespace && pod.ip === ip),
  )

const podFinding = (indexes: Indexes, zone: ZoneConfig, namespace: string, label: string | undefined): Finding => {
  if (!isExposed(indexes, zone, namespace) || zone.podMode === "disabled") return missing("R9")
  if (label === undefined) return NOTHING_THERE
  const ip = addressIn(label)
  if (ip === undefined || (zone.podMode === "verified" && !isHeldIn(indexes, namespace, ip))) return missing("R9")
  // CoreDNS gives a pod's name the port 0.
  return found("R9", `${label}.${namespace}.pod`, [{ ip, family: ipFamily(ip) ?? "IPv4", ports: [{ port: 0 }] }])
}

/** What CoreDNS finds behind a name of the cluster's zone (1.14 `plugin/kubernetes/kubernetes.go`: Records). */
export const findName = (indexes: Indexes, zone: ZoneConfig, asked: QueryName): Finding => {
  switch (asked.kind) {
    case "empty":
      return NOTHING_THERE
    case "unknown":
      return UNKNOWN
    case "pod":
      return podFinding(indexes, zone, asked.namespace, asked.label)
    case "service":
      return serviceFinding(indexes, zone, asked)
  }
}
