import type { EndpointSlice, Endpoints } from "@pilotage/kube-model"
import { firstThree, NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer } from "./column.ts"

const hostPort = (ip: string, port: number): string => (ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`)

const endpointsCell = ({ subsets = [] }: Endpoints): string => {
  if (subsets.length === 0) return NONE
  return firstThree(
    subsets.flatMap(({ addresses = [], ports = [] }) =>
      ports.length === 0
        ? addresses.map(({ ip }) => ip)
        : ports.flatMap(({ port }) => addresses.map(({ ip }) => hostPort(ip, port))),
    ),
  )
}

export const endpointsPrinter: Printer<Endpoints> = {
  columns: [nameColumn, column("Endpoints", "Ready addresses with their ports."), ageColumn],
  cells: (endpoints, { now }) => [
    endpoints.metadata.name,
    endpointsCell(endpoints),
    since(endpoints.metadata.creationTimestamp, now),
  ],
}

const UNSET = "<unset>"

export const endpointSlicePrinter: Printer<EndpointSlice> = {
  columns: [
    nameColumn,
    column("AddressType", "Kind of the addresses: IPv4, IPv6 or FQDN."),
    column("Ports", "Ports of every endpoint."),
    column("Endpoints", "Addresses, ready or not."),
    ageColumn,
  ],
  cells: (slice, { now }) => [
    slice.metadata.name,
    slice.addressType,
    firstThree((slice.ports ?? []).map(({ port, name }) => (port === undefined ? name || "*" : String(port)))) || UNSET,
    firstThree((slice.endpoints ?? []).flatMap(({ addresses }) => addresses)) || UNSET,
    since(slice.metadata.creationTimestamp, now),
  ],
}
