import type { ServicePort, ServiceSpec } from "@pilotage/kube-model"
import { duplicate, errorsOfEach, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { dnsLabelProblems, portNameProblems, qualifiedNameProblems } from "../names.ts"

const PORT_RANGE = "must be between 1 and 65535, inclusive"

export const portNumberErrors = (field: string, port: number): FieldError[] =>
  port >= 1 && port <= 65535 ? [] : [invalid(field, port, PORT_RANGE)]

export const portOrNameErrors = (field: string, port: number | string): FieldError[] =>
  typeof port === "number"
    ? portNumberErrors(field, port)
    : portNameProblems(port).map((problem) => invalid(field, port, problem))

/** `taken`: names of the ports before; gets the name of this one. */
const nameErrors = (name: string, isOnly: boolean, taken: Set<string>, field: string): FieldError[] => {
  if (name === "") return isOnly ? [] : [required(field)]
  const errors = dnsLabelProblems(name).map((problem) => invalid(field, name, problem))
  const isSecond = taken.has(name)
  taken.add(name)
  return isSecond ? [...errors, duplicate(field, name)] : errors
}

const onePort = (port: ServicePort, index: number, isOnly: boolean, taken: Set<string>): FieldError[] => {
  const at = `spec.ports[${index}]`
  const { protocol = "", targetPort = 0, appProtocol } = port
  const errors = nameErrors(port.name ?? "", isOnly, taken, `${at}.name`)
  errors.push(...portNumberErrors(`${at}.port`, port.port ?? 0))
  const protocols: readonly string[] = ["SCTP", "TCP", "UDP"]
  if ((protocol as string) === "") errors.push(required(`${at}.protocol`))
  else if (!protocols.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, protocols))
  errors.push(...portOrNameErrors(`${at}.targetPort`, targetPort))
  if (appProtocol !== undefined)
    for (const problem of qualifiedNameProblems(appProtocol))
      errors.push(invalid(`${at}.appProtocol`, appProtocol, problem))
  return errors
}

/** Every port by itself. */
export const validatePorts = ({ ports = [] }: ServiceSpec): FieldError[] => {
  const taken = new Set<string>()
  return errorsOfEach(ports, (port, index) => onePort(port, index, ports.length === 1, taken))
}

/** What a duplicate is shown as: only protocol and port are ever filled in. */
const shownPort = (port: ServicePort): object => ({
  Name: "",
  Protocol: port.protocol ?? "",
  AppProtocol: null,
  Port: port.port,
  TargetPort: 0,
  NodePort: 0,
})

/** Node ports that the type does not allow, and ports or node ports that are there twice. */
export const validatePortSets = ({ type, ports = [] }: ServiceSpec): FieldError[] => {
  const isNew = (seen: Set<string>, { protocol }: ServicePort, port: number): boolean => {
    const size = seen.size
    return seen.add(`${protocol} ${port}`).size > size
  }
  const nodePorts = new Set<string>()
  const servicePorts = new Set<string>()
  return [
    ...errorsOfEach(type === "ClusterIP" ? ports : [], (port, index) =>
      port.nodePort ? [refused(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")] : [],
    ),
    ...errorsOfEach(ports, (port, index) =>
      port.nodePort && !isNew(nodePorts, port, port.nodePort)
        ? [duplicate(`spec.ports[${index}].nodePort`, port.nodePort)]
        : [],
    ),
    ...errorsOfEach(ports, (port, index) =>
      isNew(servicePorts, port, port.port) ? [] : [duplicate(`spec.ports[${index}]`, shownPort(port))],
    ),
  ]
}
