import { at, isRecord, records, text } from "../json-value.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { type Description, orNone, orUnset, writeHead } from "./writer.ts"

const addresses = (value: unknown): string =>
  orNone(
    records(value)
      .map((each) => text(each.ip))
      .join(","),
  )

/** kubectl 1.36 `describeEndpoints`. */
export const describeEndpoints = async (_: Session, to: Description, { object }: LiveObject): Promise<void> => {
  writeHead(to, object)
  to.line(0, "Subsets:")
  for (const subset of records(object.subsets)) {
    to.line(1, `Addresses:\t${addresses(subset.addresses)}`)
    to.line(1, `NotReadyAddresses:\t${addresses(subset.notReadyAddresses)}`)
    const ports = records(subset.ports)
    if (ports.length > 0) {
      to.line(1, "Ports:")
      to.line(2, "Name\tPort\tProtocol")
      to.line(2, "----\t----\t--------")
      for (const port of ports) to.line(2, `${orUnset(text(port.name))}\t${port.port}\t${text(port.protocol)}`)
    }
    to.line(0, "")
  }
}

/** kubectl 1.36 `describeEndpointSliceV1`. */
export const describeEndpointSlice = async (_: Session, to: Description, { object }: LiveObject): Promise<void> => {
  writeHead(to, object)
  to.line(0, `AddressType:\t${text(object.addressType)}`)
  const ports = records(object.ports)
  if (ports.length === 0) to.line(0, "Ports: <unset>")
  else {
    to.line(0, "Ports:")
    to.line(1, "Name\tPort\tProtocol")
    to.line(1, "----\t----\t--------")
    for (const port of ports) to.line(1, `${orUnset(text(port.name))}\t${port.port ?? "*"}\t${text(port.protocol)}`)
  }
  const endpoints = records(object.endpoints)
  if (endpoints.length === 0) {
    to.line(0, "Endpoints: <none>")
    return
  }
  to.line(0, "Endpoints:")
  for (const endpoint of endpoints) {
    const ready = at(endpoint, "conditions", "ready")
    const target = endpoint.targetRef
    to.line(1, `- Addresses:\t${Array.isArray(endpoint.addresses) ? endpoint.addresses.join(", ") : ""}`)
    to.line(2, "Conditions:")
    to.line(3, `Ready:\t${ready === undefined ? "<unset>" : String(ready)}`)
    to.line(2, `Hostname:\t${orUnset(text(endpoint.hostname))}`)
    if (isRecord(target)) to.line(2, `TargetRef:\t${text(target.kind)}/${text(target.name)}`)
    to.line(2, `NodeName:\t${orUnset(text(endpoint.nodeName))}`)
    to.line(2, `Zone:\t${orUnset(text(endpoint.zone))}`)
  }
}
