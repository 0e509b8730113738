import type { ServicePort, ServiceSpec } from "@pilotage/kube-model"
import { duplicate, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { dnsLabelProblems, portNameProblems, qualifiedNameProblems } from "../names.ts"

const PORT_RANGE = "must be between 1 and 65535, inclusive"

export const portNumberErrors = (field: string, port: number): FieldError[] =>
  port >= 1 && port <= 65535 ? [] : [invalid(field, port, PORT_RANGE)]

export const portOrNameErrors = (field: string, port: number | string): FieldError[] =>
  typeof port === "number"
    ? portNumberErrors(field, port)
    : portNameProblems(port).map((problem) => invalid(field, port, problem))

const nameErrors = (ports: readonly ServicePort[], index: number, field: string): FieldError[] => {
  const name = ports[index]?.name ?? ""
  if (name === "") return ports.length > 1 ? [required(field)] : []
  const errors = dnsLabelProblems(name).map((problem) => invalid(field, name, problem))
  const isSecond = ports.findIndex((each) => each.name === name) < index
  return isSecond ? [...errors, duplicate(field, name)] : errors
}

const onePort = (ports: readonly ServicePort[], port: ServicePort, index: number): FieldError[] => {
  const at = `spec.ports[${index}]`
  const { protocol = "", targetPort = 0, appProtocol } = port
  const errors = [...nameErrors(ports, index, `${at}.name`), ...portNumberErrors(`${at}.port`, port.port ?? 0)]
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
export const validatePorts = ({ ports = [] }: ServiceSpec): FieldError[] =>
  ports.flatMap((port, index) => onePort(ports, port, index))

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
  const errors: FieldError[] = []
  if (type === "ClusterIP")
    for (const [index, port] of ports.entries())
      if (port.nodePort)
        errors.push(refused(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"))
  const isFirst = (index: number, same: (a: ServicePort, b: ServicePort) => boolean): boolean => {
    const port = ports[index]
    return (
      port === undefined || ports.findIndex((each) => each.protocol === port.protocol && same(each, port)) === index
    )
  }
  for (const [index, port] of ports.entries())
    if (port.nodePort && !isFirst(index, (a, b) => a.nodePort === b.nodePort))
      errors.push(duplicate(`spec.ports[${index}].nodePort`, port.nodePort))
  for (const [index, port] of ports.entries())
    if (!isFirst(index, (a, b) => a.port === b.port)) errors.push(duplicate(`spec.ports[${index}]`, shownPort(port)))
  return errors
}
