import { canonicalIP, type EndpointPort, type EndpointSlice, type IPFamily, ipFamily } from "@pilotage/kube-model"

/** An address of a ready endpoint, which is what DNS hands out of an EndpointSlice. */
export interface NamedEndpoint {
  /** Canonical. */
  readonly ip: string
  readonly family: IPFamily
  /** As the slice writes it. */
  readonly address: string
  readonly hostname: string | undefined
  readonly podName: string | undefined
  readonly zone: string | undefined
  readonly slice: EndpointSlice
  /** Of its slice. A slice without ports has one without a number: the address has a name, and no SRV record. */
  readonly ports: readonly EndpointPort[]
}

const NO_PORTS: readonly EndpointPort[] = [{}]

const known = new WeakMap<EndpointSlice, readonly NamedEndpoint[]>()

/**
 * The ready endpoints of a slice in its order (CoreDNS 1.14 `plugin/kubernetes/object/endpoint.go`): an absent condition
 * counts as ready, and one that terminates is not unless publishNotReadyAddresses makes its slice say so.
 */
export const namedEndpoints = (slice: EndpointSlice): readonly NamedEndpoint[] => {
  const found = known.get(slice)
  if (found) return found
  const ports = slice.ports?.length ? slice.ports : NO_PORTS
  const endpoints: NamedEndpoint[] = []
  for (const endpoint of slice.endpoints ?? []) {
    if (endpoint.conditions?.ready === false) continue
    for (const address of endpoint.addresses) {
      const ip = canonicalIP(address)
      const family = ip === undefined ? undefined : ipFamily(ip)
      if (ip === undefined || family === undefined) continue
      endpoints.push({
        ip,
        family,
        address,
        hostname: endpoint.hostname || undefined,
        podName: endpoint.targetRef?.name || undefined,
        zone: endpoint.zone,
        slice,
        ports,
      })
    }
  }
  known.set(slice, endpoints)
  return endpoints
}

type Labelled = Pick<NamedEndpoint, "address" | "hostname" | "podName">

const givenName = ({ hostname, podName }: Labelled, podNames: boolean): string | undefined =>
  hostname ?? (podNames ? podName : undefined)

const dashed = (address: string): string => address.replaceAll(/[.:]/g, "-")

/** The label in front of the Service's name: the host name, or the pod's name where they are used, or the address: `10-244-1-5`. */
export const endpointLabel = (endpoint: Labelled, podNames: boolean): string =>
  givenName(endpoint, podNames) ?? dashed(endpoint.address)

/** `label` in lower case. */
export const hasLabel = (endpoint: Labelled, podNames: boolean, label: string): boolean => {
  const given = givenName(endpoint, podNames)
  if (given !== undefined) return given.toLowerCase() === label
  return endpoint.address.length === label.length && dashed(endpoint.address).toLowerCase() === label
}
