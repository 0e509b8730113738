import { type EndpointPort, type EndpointSlice, isIP, parseIPv4, type Service } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import { serviceRef } from "../object-ref.ts"
import { isHeadless, keyOf, type ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, DnsStep } from "../trace-types.ts"

export interface DnsRecord {
  /** With trailing dot, as dig prints it. */
  readonly name: string
  readonly ttl: number
  readonly type: DnsStep["type"]
  readonly data: string
}

export interface ZoneAnswer {
  readonly rcode: DnsStep["rcode"]
  readonly records: readonly DnsRecord[]
  readonly rule: Rule
  readonly cause?: Cause
}

/** CoreDNS as kubeadm sets it up: `ttl 30`. */
const TTL = 30

const missing = (rule: Rule, cause?: Cause): ZoneAnswer => ({
  rcode: "NXDOMAIN",
  records: [],
  rule,
  ...(cause ? { cause } : {}),
})
const noData = (cause?: Cause): ZoneAnswer => ({
  rcode: "NOERROR",
  records: [],
  rule: "R7",
  ...(cause ? { cause } : {}),
})

const answer = (rule: Rule, records: readonly DnsRecord[], cause?: Cause): ZoneAnswer =>
  records.length ? { rcode: "NOERROR", records, rule, ...(cause ? { cause } : {}) } : noData(cause)

const clusterIPsOf = (service: Service): readonly string[] =>
  (service.spec.clusterIPs?.length ? service.spec.clusterIPs : [service.spec.clusterIP ?? ""]).filter(isIP)

interface NamedEndpoint {
  readonly label: string
  readonly ip: string
  readonly slice: EndpointSlice
}

/** Ready endpoints, each address once: what CoreDNS hands out. */
const readyEndpoints = (entry: ServiceEntry): readonly NamedEndpoint[] => {
  const found = new Map<string, NamedEndpoint>()
  for (const slice of entry.slices)
    for (const endpoint of slice.endpoints ?? [])
      for (const ip of endpoint.conditions?.ready === false ? [] : endpoint.addresses)
        if (parseIPv4(ip) !== undefined && !found.has(ip))
          found.set(ip, { label: endpoint.hostname || ip.replaceAll(".", "-"), ip, slice })
  return [...found.values()]
}

/** The ports of a headless Service are its endpoints': nothing translates them. */
const endpointPorts = (entry: ServiceEntry): readonly EndpointPort[] => {
  const found = new Map<string, EndpointPort>()
  for (const slice of entry.slices)
    for (const port of slice.ports ?? []) found.set(`${port.name}/${port.protocol}/${port.port}`, port)
  return [...found.values()].filter((port) => port.port !== undefined)
}

const isNamespace = (indexes: Indexes, name: string): boolean =>
  name === "default" || name === "kube-system" || indexes.namespaces.get(name) !== undefined

const addressRecords = (name: string, type: DnsStep["type"], ips: readonly string[]): readonly DnsRecord[] =>
  ips
    .filter((ip) => (type === "A" ? parseIPv4(ip) !== undefined : type === "AAAA" && ip.includes(":")))
    .map((ip) => ({ name, ttl: TTL, type, data: ip }))

const serviceName = (indexes: Indexes, service: Service): string =>
  `${service.metadata.name}.${service.metadata.namespace ?? "default"}.svc.${indexes.config.clusterDomain}.`

const serviceRecords = (
  entry: ServiceEntry,
  indexes: Indexes,
  name: string,
  type: DnsStep["type"],
  port: { readonly name: string; readonly protocol: string } | undefined,
): ZoneAnswer => {
  const { service } = entry
  const object = serviceRef(service)
  if (service.spec.type === "ExternalName") {
    const target = service.spec.externalName ?? ""
    const cause: Cause = { object, path: "spec.externalName", value: JSON.stringify(target) }
    if (port || target === "" || isIP(target)) return missing("R6", cause)
    const data = target.endsWith(".") ? target : `${target}.`
    return answer("R6", [{ name, ttl: TTL, type: "CNAME", data }], cause)
  }
  const headless = isHeadless(service)
  const endpoints = headless ? readyEndpoints(entry) : []
  if (headless && endpoints.length === 0)
    return missing("R5", { object, path: "spec.clusterIP", value: JSON.stringify("None") })
  const ports = (headless ? endpointPorts(entry) : (service.spec.ports ?? [])).filter(
    (each) =>
      !port || (each.name?.toLowerCase() === port.name && (each.protocol ?? "TCP").toLowerCase() === port.protocol),
  )
  if (port && ports.length === 0) return missing("R10", { object, path: "spec.ports" })
  const base = serviceName(indexes, service)
  if (type === "SRV") {
    const targets = headless ? endpoints.map((endpoint) => `${endpoint.label}.${base}`) : [base]
    const records = ports.flatMap((each) =>
      targets.map((target) => ({
        name,
        ttl: TTL,
        type,
        data: `0 ${Math.floor(100 / targets.length)} ${each.port} ${target}`,
      })),
    )
    return answer("R10", records, { object, path: "spec.ports" })
  }
  const ips = headless ? endpoints.map((endpoint) => endpoint.ip) : clusterIPsOf(service)
  return answer(headless ? "R5" : "R4", addressRecords(name, type, ips), {
    object,
    path: "spec.clusterIP",
    value: JSON.stringify(service.spec.clusterIP ?? ""),
  })
}

const endpointRecords = (entry: ServiceEntry, name: string, label: string, type: DnsStep["type"]): ZoneAnswer => {
  const object = serviceRef(entry.service)
  if (entry.service.spec.type === "ExternalName") return missing("R6", { object, path: "spec.externalName" })
  const named = readyEndpoints(entry).filter((endpoint) => endpoint.label.toLowerCase() === label)
  const slice = named[0]?.slice
  if (!slice) return missing("R8", { object })
  const ips = named.map((endpoint) => endpoint.ip)
  return answer("R8", addressRecords(name, type, ips), {
    object: { kind: "EndpointSlice", namespace: slice.metadata.namespace ?? "default", name: slice.metadata.name },
    path: "endpoints",
  })
}

const svcBranch = (indexes: Indexes, labels: readonly string[], name: string, type: DnsStep["type"]): ZoneAnswer => {
  const namespace = labels.at(-1)
  if (namespace === undefined) return noData()
  if (!isNamespace(indexes, namespace)) return missing("R12")
  const bare = labels.at(-2)
  if (bare === undefined) return noData()
  const entry = indexes.services.get(keyOf(namespace, bare))
  if (!entry) return missing("R12")
  if (labels.length === 2) return serviceRecords(entry, indexes, name, type, undefined)
  const [first = "", second = ""] = labels
  if (labels.length === 3) return endpointRecords(entry, name, first, type)
  if (labels.length === 4)
    return serviceRecords(entry, indexes, name, type, {
      name: first.replace(/^_/, ""),
      protocol: second.replace(/^_/, ""),
    })
  return missing("R12")
}

const podBranch = (indexes: Indexes, labels: readonly string[], name: string, type: DnsStep["type"]): ZoneAnswer => {
  const namespace = labels.at(-1)
  if (namespace === undefined) return noData()
  if (!isNamespace(indexes, namespace)) return missing("R9")
  if (labels.length === 1) return noData()
  const ip = (labels[0] ?? "").replaceAll("-", ".")
  if (labels.length > 2 || parseIPv4(ip) === undefined) return missing("R9")
  return answer("R9", addressRecords(name, type, [ip]))
}

const reverse = (indexes: Indexes, name: string, type: DnsStep["type"]): ZoneAnswer | undefined => {
  const ip = name.slice(0, -".in-addr.arpa.".length).split(".").reverse().join(".")
  const names: { readonly name: string; readonly service: Service }[] = []
  for (const frontend of indexes.addresses.get(ip) ?? []) {
    const entry = frontend.kind === "ClusterIP" ? indexes.services.get(frontend.serviceKey) : undefined
    if (entry && names.length === 0) names.push({ name: serviceName(indexes, entry.service), service: entry.service })
  }
  if (names.length === 0)
    for (const [, entry] of indexes.podsByIP.get(ip) ? indexes.services.entries() : [])
      if (isHeadless(entry.service))
        for (const endpoint of readyEndpoints(entry))
          if (endpoint.ip === ip)
            names.push({ name: `${endpoint.label}.${serviceName(indexes, entry.service)}`, service: entry.service })
  const first = names[0]
  if (!first) return undefined
  const records = type === "PTR" ? names.map((each) => ({ name, ttl: TTL, type, data: each.name })) : []
  return answer("R11", records, { object: serviceRef(first.service), path: "spec.clusterIP" })
}

/**
 * What kube-dns itself knows of a complete name (CoreDNS 1.14 plugin/kubernetes). Undefined: not its zone, ask on.
 * Names are compared without case.
 */
export const clusterAnswer = (indexes: Indexes, fullName: string, type: DnsStep["type"]): ZoneAnswer | undefined => {
  const name = fullName.toLowerCase()
  const suffix = `${indexes.config.clusterDomain}.`
  if (name.endsWith(".in-addr.arpa.")) return reverse(indexes, name, type)
  if (name === suffix) return noData()
  if (!name.endsWith(`.${suffix}`)) return undefined
  const labels = name.slice(0, -suffix.length - 1).split(".")
  const branch = labels.pop()
  if (branch === "svc") return svcBranch(indexes, labels, fullName, type)
  if (branch === "pod") return podBranch(indexes, labels, fullName, type)
  return missing("R12")
}
