import {
  canonicalIP,
  type EndpointSlice,
  type IPFamily,
  ipFamily,
  type Protocol,
  type Service,
  type ServicePort,
} from "@pilotage/kube-model"

/** One endpoint of one Service port, as kube-proxy reads it. */
export interface EndpointFact {
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

/** `Proxy`: the address belongs to a load balancer outside, kube-proxy ignores it (ipMode Proxy). */
type FrontendKind = "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalIP" | "Proxy"

/** An address and port under which a Service port can be reached. A NodePort has no address of its own: `ip` is "". */
export interface Frontend {
  readonly kind: FrontendKind
  readonly family: IPFamily
  /** Canonical. */
  readonly ip: string
  readonly port: number
  readonly protocol: Protocol
  readonly serviceKey: string
  readonly portIndex: number
}

export interface ServiceEntry {
  readonly key: string
  readonly service: Service
  readonly slices: readonly EndpointSlice[]
  readonly ports: readonly PortEntry[]
  readonly frontends: readonly Frontend[]
}

const SERVICE_PROXY_LABEL = "service.kubernetes.io/service-proxy-name"

export const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? "default"}/${name}`

export const isHeadless = (service: Service): boolean => service.spec.clusterIP === "None"

/** kube-proxy leaves such Services alone (kubernetes 1.36 pkg/proxy/util/utils.go ShouldSkipService). */
const isSkipped = (service: Service): boolean =>
  service.spec.type === "ExternalName" ||
  isHeadless(service) ||
  !service.spec.clusterIP ||
  Object.hasOwn(service.metadata.labels ?? {}, SERVICE_PROXY_LABEL)

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
    if (slice.addressType !== family) continue
    for (const slicePort of slice.ports ?? []) {
      if ((slicePort.name ?? "") !== (port.name ?? "") || (slicePort.protocol ?? "TCP") !== protocol) continue
      if (slicePort.port === undefined) continue
      for (const endpoint of slice.endpoints ?? []) {
        const ip = canonicalIP(endpoint.addresses[0] ?? "")
        if (ip === undefined) continue
        const conditions = endpoint.conditions ?? {}
        const reference = endpoint.targetRef
        const fact: EndpointFact = {
          ip,
          port: slicePort.port,
          ready: conditions.ready ?? true,
          serving: conditions.serving ?? true,
          terminating: conditions.terminating ?? false,
          nodeName: endpoint.nodeName,
          podKey:
            reference?.kind === "Pod" && reference.name
              ? keyOf(reference.namespace ?? slice.metadata.namespace, reference.name)
              : undefined,
          zoneHints: endpoint.hints?.forZones?.map((zone) => zone.name) ?? [],
          nodeHints: endpoint.hints?.forNodes?.map((node) => node.name) ?? [],
        }
        const known = found.get(`${ip}:${fact.port}`)
        if (!known || (known.terminating && !fact.terminating)) found.set(`${ip}:${fact.port}`, fact)
      }
    }
  }
  return [...found.values()]
}

const frontendsOf = (key: string, service: Service, ports: readonly PortEntry[]): readonly Frontend[] => {
  if (isSkipped(service)) return []
  const { spec, status } = service
  const clusterIPs = spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ""]
  const families = new Set(clusterIPs.flatMap((ip) => ipFamily(ip) ?? []))
  return ports.flatMap(({ index, port, protocol }) => {
    const of = (kind: FrontendKind, family: IPFamily, ip: string, number: number): Frontend => ({
      kind,
      family,
      ip,
      port: number,
      protocol,
      serviceKey: key,
      portIndex: index,
    })
    // An address of a family that the Service does not have is not programmed: kube-proxy of that family skips the Service.
    const at = (kind: FrontendKind, text: string, number: number): readonly Frontend[] => {
      const ip = canonicalIP(text)
      const family = ip === undefined ? undefined : ipFamily(ip)
      return ip !== undefined && family && families.has(family) ? [of(kind, family, ip, number)] : []
    }
    return [
      ...clusterIPs.flatMap((ip) => at("ClusterIP", ip, port.port)),
      ...(spec.externalIPs ?? []).flatMap((ip) => at("ExternalIP", ip, port.port)),
      ...(status?.loadBalancer?.ingress ?? []).flatMap((ingress) =>
        at(ingress.ipMode === "Proxy" ? "Proxy" : "LoadBalancer", ingress.ip ?? "", port.port),
      ),
      ...(port.nodePort ? [...families].map((family) => of("NodePort", family, "", port.nodePort ?? 0)) : []),
    ]
  })
}

export const serviceEntry = (service: Service, slices: readonly EndpointSlice[]): ServiceEntry => {
  const key = keyOf(service.metadata.namespace, service.metadata.name)
  const ports = (service.spec.ports ?? []).map((port, index): PortEntry => {
    const protocol = port.protocol ?? "TCP"
    const of = (family: IPFamily): readonly EndpointFact[] => endpointsOf(slices, port, protocol, family)
    return { index, port, protocol, endpoints: { IPv4: of("IPv4"), IPv6: of("IPv6") } }
  })
  return { key, service, slices, ports, frontends: frontendsOf(key, service, ports) }
}
