import { type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { legacyIPProblems, specialIPProblems } from "../ip-text.ts"
import { children, type Json, text, withDefaults } from "../json-object.ts"
import { dnsLabelProblems } from "../names.ts"
import { portNumberErrors } from "../service/validate-ports.ts"
import type { Strategy } from "../strategy.ts"

const addressErrors = (address: Json, at: string): FieldError[] => {
  const ip = text(address, "ip")
  const problems = legacyIPProblems(ip)
  return (problems.length > 0 ? problems : specialIPProblems(ip)).map((problem) => invalid(`${at}.ip`, ip, problem))
}

const portErrors = (port: Json, at: string, needsName: boolean): FieldError[] => {
  const name = text(port, "name")
  const protocol = text(port, "protocol")
  const errors: FieldError[] = []
  if (name === "" && needsName) errors.push(required(`${at}.name`))
  else if (name !== "") errors.push(...dnsLabelProblems(name).map((problem) => invalid(`${at}.name`, name, problem)))
  errors.push(...portNumberErrors(`${at}.port`, Number(port.port ?? 0)))
  if (protocol === "") errors.push(required(`${at}.protocol`))
  else if (!["SCTP", "TCP", "UDP"].includes(protocol))
    errors.push(notSupported(`${at}.protocol`, protocol, ["SCTP", "TCP", "UDP"]))
  return errors
}

const subsetErrors = (subset: Json, at: string): FieldError[] => {
  const addresses = children(subset, "addresses")
  const notReady = children(subset, "notReadyAddresses")
  const ports = children(subset, "ports")
  return [
    ...(addresses.length + notReady.length === 0
      ? [required(at, "must specify `addresses` or `notReadyAddresses`")]
      : []),
    ...addresses.flatMap((each, index) => addressErrors(each, `${at}.addresses[${index}]`)),
    ...notReady.flatMap((each, index) => addressErrors(each, `${at}.notReadyAddresses[${index}]`)),
    ...ports.flatMap((each, index) => portErrors(each, `${at}.ports[${index}]`, ports.length > 1)),
  ]
}

export const endpointsStrategy: Strategy = {
  defaults: (object) =>
    Array.isArray(object.subsets)
      ? {
          ...object,
          subsets: children(object, "subsets").map((subset) =>
            Array.isArray(subset.ports)
              ? { ...subset, ports: children(subset, "ports").map((port) => withDefaults(port, { protocol: "TCP" })) }
              : subset,
          ),
        }
      : object,
  validate: (object) =>
    children(object, "subsets").flatMap((subset, index) => subsetErrors(subset, `subsets[${index}]`)),
  deprecation: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
}
