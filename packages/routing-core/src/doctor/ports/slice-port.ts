import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field, listed, portField, portText } from "../text.ts"

const labelOf = (name: string | undefined, protocol: string | undefined): string =>
  `${name ? JSON.stringify(name) : "without a name"} (${protocol ?? "TCP"})`

/** The Service's ports and its slices' ports belong together by name and protocol; where they do not, there is no endpoint. */
export const slicePortMismatch: ServiceCheck = (subject) => {
  const { entry, kind, selector } = subject
  if (kind !== "proxied") return NOTHING
  const filled = entry.slices.filter((slice) => (slice.endpoints ?? []).length > 0 && slice.addressType !== "FQDN")
  if (filled.length === 0) return NOTHING
  return entry.ports.flatMap(({ index, port, protocol, endpoints }) => {
    if (endpoints.IPv4.length + endpoints.IPv6.length > 0) return NOTHING
    const has = filled.flatMap((slice) => (slice.ports ?? []).map((each) => labelOf(each.name, each.protocol)))
    // Named targetPorts that no pod has are another check's, where the pods' ports are known.
    if (selector && typeof port.targetPort === "string") {
      if (subject.selected.some((pod) => pod.declaredPorts !== undefined)) return NOTHING
      return [
        found(subject, "error", "no-endpoints-port-name", {
          ...field(portField(index, "targetPort"), port.targetPort),
          message: `targetPort is the name ${JSON.stringify(port.targetPort)}, but no EndpointSlice has a port for it: no container of the selected pods declares that name.`,
          fix: `Name the container's port ${JSON.stringify(port.targetPort)}, or set targetPort to the number on which the program listens.`,
          rule: "R23",
        }),
      ]
    }
    const slice = filled[0]?.metadata.name
    return [
      found(subject, "error", "slice-port-mismatch", {
        ...field(portField(index, "name"), port.name ?? ""),
        message: `No EndpointSlice has a port ${labelOf(port.name, protocol)} for the Service's ${portText(port)}; ${filled.length === 1 ? `EndpointSlice ${slice} has` : "its EndpointSlices have"} ${has.length > 0 ? listed([...new Set(has)]) : "no ports"}. Ports belong together by name and protocol.`,
        fix: `Let the EndpointSlice's port have the Service port's name and protocol: ${labelOf(port.name, protocol)}.`,
        command: `kubectl edit endpointslice ${slice} -n ${subject.namespace}`,
        rule: "R23",
      }),
    ]
  })
}
