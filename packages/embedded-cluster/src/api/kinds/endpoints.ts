import { errorsOfEach, type FieldError, invalid, invalids, notSupported, required } from "../field-error.ts"
import { legacyIPProblems, parseAddress, specialIPProblems } from "../ip-text.ts"
import { children, type Json, text, withDefaults } from "../json-object.ts"
import { dnsLabelProblems, dnsSubdomainProblems, qualifiedNameProblems } from "../names.ts"
import { portNumberErrors } from "../service/validate-ports.ts"
import type { Strategy } from "../strategy.ts"

const addressErrors = (address: Json, at: string): FieldError[] => {
  const ip = text(address, "ip")
  const [hostname, node] = [text(address, "hostname"), text(address, "nodeName")]
  return [
    ...invalids(`${at}.ip`, ip, legacyIPProblems(ip)),
    ...(hostname === "" ? [] : invalids(`${at}.hostname`, hostname, dnsLabelProblems(hostname))),
    ...(node === "" ? [] : invalids(`${at}.nodeName`, node, dnsSubdomainProblems(node))),
    // The second rule has its own words for the same.
    ...(parseAddress(ip)
      ? invalids(`${at}.ip`, ip, specialIPProblems(ip))
      : [invalid(`${at}.ip`, ip, "must be a valid IP address")]),
  ]
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
  if (typeof port.appProtocol === "string")
    errors.push(...invalids(`${at}.appProtocol`, port.appProtocol, qualifiedNameProblems(port.appProtocol)))
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
    ...errorsOfEach(addresses, (each, index) => addressErrors(each, `${at}.addresses[${index}]`)),
    ...errorsOfEach(notReady, (each, index) => addressErrors(each, `${at}.notReadyAddresses[${index}]`)),
    ...errorsOfEach(ports, (each, index) => portErrors(each, `${at}.ports[${index}]`, ports.length > 1)),
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
    errorsOfEach(children(object, "subsets"), (subset, index) => subsetErrors(subset, `subsets[${index}]`)),
  deprecation: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
}
