import type { KubeObject } from "@pilotage/kube-model"
import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  notSupported,
  required,
  tooMany,
} from "../field-error.ts"
import { legacyIPProblems, parseAddress, specialIPProblems } from "../ip-text.ts"
import { child, children, type Json, text, withDefaults } from "../json-object.ts"
import { dnsLabelProblems, dnsSubdomainProblems, labelValueProblems, qualifiedNameProblems } from "../names.ts"
import { validateLabels } from "../object-metadata.ts"
import type { Strategy } from "../strategy.ts"

const LIMITS = { addresses: 100, ports: 20_000, endpoints: 1000, hints: 8, topology: 16 }
const TYPES = ["FQDN", "IPv4", "IPv6"]

/** At least two labels, with a closing dot or without (apimachinery IsFullyQualifiedDomainName). The first problem is told. */
const domainErrors = (given: string, at: string): FieldError[] => {
  if (given === "") return [required(at)]
  const name = given.replace(/\.$/, "")
  const problems = dnsSubdomainProblems(name)
  if (problems.length > 0) return [invalid(at, name, problems.join(","))]
  const labels = name.split(".")
  if (labels.length < 2) return [invalid(at, name, "should be a domain with at least two segments separated by dots")]
  const bad = labels.find((label) => dnsLabelProblems(label).length > 0)
  return bad === undefined ? [] : [invalid(at, bad, dnsLabelProblems(bad).join(","))]
}

/** `known`: addresses that are stored already, which are tolerated as they are. */
const addressErrors = (address: string, type: string, at: string, known: ReadonlySet<string>): FieldError[] => {
  if (type === "FQDN") return domainErrors(address, at)
  const parsed = parseAddress(address)
  if (known.has(address)) return []
  const problems = legacyIPProblems(address)
  if (!parsed) return invalids(at, address, problems)
  const isOther = parsed.family !== type
  return [
    ...invalids(at, address, problems),
    ...(isOther ? [invalid(at.replace(/\[\d+\]$/, ""), address, `must be an ${type} address`)] : []),
    ...invalids(at, address, specialIPProblems(address)),
  ]
}

const hintErrors = (endpoint: Json, at: string): FieldError[] => {
  const hints = endpoint.hints as Json | undefined
  if (hints === undefined) return []
  return (["forZones", "forNodes"] as const).flatMap((key) => {
    const list = children(hints, key)
    const field = `${at}.hints.${key}`
    if (list.length > LIMITS.hints) return [tooMany(field, list.length, LIMITS.hints)]
    const names = list.map((each) => text(each, "name"))
    return errorsOfEach(names, (name, index) => [
      ...(names.indexOf(name) < index ? [duplicate(`${field}[${index}].name`, name)] : []),
      ...(key === "forZones" ? labelValueProblems(name) : dnsSubdomainProblems(name)).map((problem) =>
        invalid(`${field}[${index}].name`, name, problem),
      ),
    ])
  })
}

const topologyErrors = (endpoint: Json, at: string): FieldError[] => {
  const labels = child(endpoint, "deprecatedTopology")
  const count = Object.keys(labels).length
  return [...(count > LIMITS.topology ? [tooMany(at, count, LIMITS.topology)] : []), ...validateLabels(labels, at)]
}

const endpointErrors = (endpoint: Json, type: string, at: string, known: ReadonlySet<string>): FieldError[] => {
  const addresses = Array.isArray(endpoint.addresses) ? endpoint.addresses.map(String) : []
  const errors: FieldError[] = []
  if (addresses.length === 0) errors.push(required(`${at}.addresses`, "must contain at least 1 address"))
  else if (addresses.length > LIMITS.addresses)
    errors.push(tooMany(`${at}.addresses`, addresses.length, LIMITS.addresses))
  errors.push(
    ...errorsOfEach(addresses, (each, index) => addressErrors(each, type, `${at}.addresses[${index}]`, known)),
  )
  const { nodeName, hostname } = endpoint
  if (typeof nodeName === "string")
    errors.push(...dnsSubdomainProblems(nodeName).map((problem) => invalid(`${at}.nodeName`, nodeName, problem)))
  errors.push(...topologyErrors(endpoint, `${at}.deprecatedTopology`))
  if (typeof hostname === "string")
    errors.push(...dnsLabelProblems(hostname).map((problem) => invalid(`${at}.hostname`, hostname, problem)))
  return [...errors, ...hintErrors(endpoint, at)]
}

const portErrors = (ports: readonly Json[]): FieldError[] => {
  if (ports.length > LIMITS.ports) return [tooMany("ports", ports.length, LIMITS.ports)]
  const names = new Set<string>()
  return errorsOfEach(ports, (port, index) => {
    const at = `ports[${index}]`
    const name = text(port, "name")
    const errors: FieldError[] =
      name === "" ? [] : dnsLabelProblems(name).map((problem) => invalid(`${at}.name`, name, problem))
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name))
    names.add(name)
    const { protocol, appProtocol } = port
    if (typeof protocol !== "string") errors.push(required(`${at}.protocol`))
    else if (!["SCTP", "TCP", "UDP"].includes(protocol))
      errors.push(notSupported(`${at}.protocol`, protocol, ["SCTP", "TCP", "UDP"]))
    if (typeof appProtocol === "string")
      errors.push(...qualifiedNameProblems(appProtocol).map((each) => invalid(`${at}.appProtocol`, appProtocol, each)))
    return errors
  })
}

const sliceErrors = (object: KubeObject, old: KubeObject | undefined): FieldError[] => {
  const known = new Set(
    children(old, "endpoints").flatMap(({ addresses }) => (Array.isArray(addresses) ? addresses.map(String) : [])),
  )
  const type = text(object, "addressType")
  const endpoints = children(object, "endpoints")
  const errors: FieldError[] =
    type === "" ? [required("addressType")] : TYPES.includes(type) ? [] : [notSupported("addressType", type, TYPES)]
  if (endpoints.length > LIMITS.endpoints) return [...errors, tooMany("endpoints", endpoints.length, LIMITS.endpoints)]
  return [
    ...errors,
    ...errorsOfEach(endpoints, (each, index) =>
      TYPES.includes(type) ? endpointErrors(each, type, `endpoints[${index}]`, known) : [],
    ),
    ...portErrors(children(object, "ports")),
  ]
}

export const endpointSliceStrategy: Strategy = {
  defaults: (object) => ({
    ...object,
    endpoints: Array.isArray(object.endpoints) ? object.endpoints : null,
    ports: Array.isArray(object.ports)
      ? children(object, "ports").map((port) => withDefaults(port, { name: "", protocol: "TCP" }))
      : null,
  }),
  validate: sliceErrors,
  validateUpdate: (object, old) =>
    object.addressType === old.addressType ? [] : [invalid("addressType", object.addressType, "field is immutable")],
}
