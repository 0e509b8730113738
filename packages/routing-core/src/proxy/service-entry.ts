import {
  type CIDR,
  canonicalIP,
  type Endpoint,
  type EndpointSlice,
  type IPFamily,
  type Protocol,
  type Service,
  type ServicePort,
} from "@pilotage/kube-model"
import type { SortedEndpoints } from "./endpoint-selection.ts"
import { type Frontend, frontendsOf } from "./frontends.ts"
import type { LandingNote } from "./landing-note.ts"
import type { NameNote } from "./name-note.ts"

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
  /** A note of `landingOf` to itself: who held the address when it was last asked. */
  landing: LandingNote | undefined
}

export interface PortEntry {
  readonly index: number
  readonly port: ServicePort
  readonly protocol: Protocol
  /** kube-proxy runs once per family: an endpoint of the other one does not exist for it. */
  readonly endpoints: Readonly<Record<IPFamily, readonly EndpointFact[]>>
  /** Notes of `selectEndpoints` to itself: the endpoints sorted out for all nodes. */
  readonly sorted: Record<IPFamily, SortedEndpoints | undefined>
}

export interface ServiceEntry {
  readonly key: string
  readonly service: Service
  readonly slices: readonly EndpointSlice[]
  readonly ports: readonly PortEntry[]
  readonly frontends: readonly Frontend[]
  /** A note of `lookUpAgain` to itself: what its name led to when it was last asked for. */
  named: NameNote | undefined
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
    landing: undefined,
  }
}

/** Each address and port once, where it came first. Of two with the same the one that does not terminate wins. */
const join = (lists: readonly (readonly EndpointFact[])[]): readonly EndpointFact[] => {
  const found: EndpointFact[] = []
  const placesByPort = new Map<number, Map<string, number>>()
  for (const facts of lists)
    for (const fact of facts) {
      let places = placesByPort.get(fact.port)
      if (!places) {
        places = new Map()
        placesByPort.set(fact.port, places)
      }
      const place = places.get(fact.ip)
      if (place === undefined) {
        places.set(fact.ip, found.length)
        found.push(fact)
      } else if (found[place]?.terminating && !fact.terminating) found[place] = fact
    }
  return found
}

const readSlice = (slice: EndpointSlice, portName: string, protocol: Protocol): readonly EndpointFact[] => {
  const lists: (readonly EndpointFact[])[] = []
  for (const { name, protocol: own, port } of slice.ports ?? NONE) {
    if ((name ?? "") !== portName || (own ?? "TCP") !== protocol || !port) continue
    const facts: EndpointFact[] = []
    for (const endpoint of slice.endpoints ?? NONE) {
      const ip = canonicalIP(endpoint.addresses[0] ?? "")
      // kube-proxy ignores addresses that are not of its own family (pkg/proxy/endpointslicecache.go addEndpoints).
      if (ip !== undefined && (ip.includes(":") ? "IPv6" : "IPv4") === slice.addressType)
        facts.push(factOf(slice, endpoint, ip, port))
    }
    lists.push(facts)
  }
  return lists.length === 1 && lists[0]?.length === 1 ? lists[0] : join(lists)
}

const read = new WeakMap<EndpointSlice, Map<string, readonly EndpointFact[]>>()

/** What a slice has for a Service port; read once, so that a change of one slice of a Service costs that slice. */
const factsIn = (slice: EndpointSlice, portName: string, protocol: Protocol): readonly EndpointFact[] => {
  let byPort = read.get(slice)
  if (!byPort) {
    byPort = new Map()
    read.set(slice, byPort)
  }
  const key = `${protocol}:${portName}`
  let facts = byPort.get(key)
  if (!facts) {
    facts = readSlice(slice, portName, protocol)
    byPort.set(key, facts)
  }
  return facts
}

/**
 * Endpoints of a Service port over all its slices, matched by port name and protocol; put together when asked for.
 * Absent conditions: ready and serving are true, terminating false.
 */
class PortEndpoints {
  readonly #slices: readonly EndpointSlice[]
  readonly #name: string
  readonly #protocol: Protocol
  #v4: readonly EndpointFact[] | undefined
  #v6: readonly EndpointFact[] | undefined

  constructor(slices: readonly EndpointSlice[], name: string, protocol: Protocol) {
    this.#slices = slices
    this.#name = name
    this.#protocol = protocol
  }

  get IPv4(): readonly EndpointFact[] {
    this.#v4 ??= this.#joined("IPv4")
    return this.#v4
  }

  get IPv6(): readonly EndpointFact[] {
    this.#v6 ??= this.#joined("IPv6")
    return this.#v6
  }

  #joined(family: IPFamily): readonly EndpointFact[] {
    const lists: (readonly EndpointFact[])[] = []
    for (const slice of this.#slices) {
      if (slice.addressType !== family || Object.hasOwn(slice.metadata.labels ?? {}, HEADLESS_LABEL)) continue
      const facts = factsIn(slice, this.#name, this.#protocol)
      if (facts.length) lists.push(facts)
    }
    return lists.length < 2 ? (lists[0] ?? NONE) : join(lists)
  }
}

const CROWD = 1_000

/** Has the Service so many endpoints that nobody should wait for them at the first question? */
export const isCrowd = ({ slices }: ServiceEntry): boolean => {
  let count = slices.length
  for (const { endpoints } of slices) count += endpoints?.length ?? 0
  return count >= CROWD
}

/** `frontends`: of the same Service, when only its slices changed; else the block of `frontendsOf`. */
export const serviceEntry = (
  service: Service,
  slices: readonly EndpointSlice[],
  given: { readonly frontends: readonly Frontend[] } | { readonly balancerBlock: CIDR | undefined },
): ServiceEntry => {
  const key = keyOf(service.metadata.namespace, service.metadata.name)
  const ports = (service.spec.ports ?? []).map((port, index): PortEntry => {
    const protocol = port.protocol ?? "TCP"
    return {
      index,
      port,
      protocol,
      endpoints: new PortEndpoints(slices, port.name ?? "", protocol),
      sorted: { IPv4: undefined, IPv6: undefined },
    }
  })
  const frontends = "frontends" in given ? given.frontends : frontendsOf(key, service, ports, given.balancerBlock)
  return { key, service, slices, ports, frontends, named: undefined }
}
