import {
  canonicalIP,
  type Endpoint,
  type EndpointSlice,
  type IPFamily,
  type Protocol,
  type Service,
  type ServicePort,
} from "@pilotage/kube-model"
import { type Frontend, frontendsOf } from "./frontends.ts"

/** One endpoint of one Service port, as kube-proxy reads it. */
export interface EndpointFact {
  /** Canonical. */
  readonly ip: string
  readonly port: number
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  readonly nodeName: string | undefined
  /** `namespace/name` of the pod behind it; undefined for addresses that somebody wrote by hand. */
  readonly podKey: string | undefined
  readonly zoneHints: readonly string[]
  readonly nodeHints: readonly string[]
}

export interface PortEntry {
  readonly index: number
  readonly port: ServicePort
  readonly protocol: Protocol
  /** kube-proxy runs once per family: an endpoint of the other one does not exist for it. */
  readonly endpoints: Readonly<Record<IPFamily, readonly EndpointFact[]>>
}

export interface ServiceEntry {
  readonly key: string
  readonly service: Service
  readonly slices: readonly EndpointSlice[]
  readonly ports: readonly PortEntry[]
  readonly frontends: readonly Frontend[]
}

/** kube-proxy does not read slices of headless Services (kubernetes 1.36 cmd/kube-proxy/app/server.go). */
const HEADLESS_LABEL = "service.kubernetes.io/headless"

const NONE: readonly never[] = []

export const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? "default"}/${name}`

export const isHeadless = (service: Service): boolean => service.spec.clusterIP === "None"

const factOf = (slice: EndpointSlice, endpoint: Endpoint, ip: string, port: number): EndpointFact => {
  const { conditions, hints, nodeName, targetRef } = endpoint
  return {
    ip,
    port,
    ready: conditions?.ready ?? true,
    serving: conditions?.serving ?? true,
    terminating: conditions?.terminating ?? false,
    nodeName: nodeName ?? undefined,
    podKey:
      targetRef?.kind === "Pod" && targetRef.name
        ? keyOf(targetRef.namespace ?? slice.metadata.namespace, targetRef.name)
        : undefined,
    zoneHints: hints?.forZones?.map((zone) => zone.name) ?? NONE,
    nodeHints: hints?.forNodes?.map((node) => node.name) ?? NONE,
  }
}

/**
 * Endpoints of a Service port over all its slices, matched by port name and protocol. Absent conditions: ready and
 * serving are true, terminating false. The same address twice: the one that does not terminate wins.
 */
const endpointsOf = (
  slices: readonly EndpointSlice[],
  port: ServicePort,
  protocol: Protocol,
  family: IPFamily,
): readonly EndpointFact[] => {
  const found = new Map<string, EndpointFact>()
  for (const slice of slices) {
    if (slice.addressType !== family || Object.hasOwn(slice.metadata.labels ?? {}, HEADLESS_LABEL)) continue
    for (const slicePort of slice.ports ?? NONE) {
      if ((slicePort.name ?? "") !== (port.name ?? "") || (slicePort.protocol ?? "TCP") !== protocol) continue
      if (typeof slicePort.port !== "number") continue
      for (const endpoint of slice.endpoints ?? NONE) {
        const ip = canonicalIP(endpoint.addresses[0] ?? "")
        if (ip === undefined) continue
        const key = `${ip}:${slicePort.port}`
        const known = found.get(key)
        if (known && !known.terminating) continue
        const fact = factOf(slice, endpoint, ip, slicePort.port)
        if (!known || !fact.terminating) found.set(key, fact)
      }
    }
  }
  return found.size ? [...found.values()] : NONE
}

/** `frontends`: of the same Service, when only its slices changed. */
export const serviceEntry = (
  service: Service,
  slices: readonly EndpointSlice[],
  frontends?: readonly Frontend[],
): ServiceEntry => {
  const key = keyOf(service.metadata.namespace, service.metadata.name)
  const ports = (service.spec.ports ?? []).map((port, index): PortEntry => {
    const protocol = port.protocol ?? "TCP"
    return {
      index,
      port,
      protocol,
      endpoints: {
        IPv4: endpointsOf(slices, port, protocol, "IPv4"),
        IPv6: endpointsOf(slices, port, protocol, "IPv6"),
      },
    }
  })
  return { key, service, slices, ports, frontends: frontends ?? frontendsOf(key, service, ports) }
}
