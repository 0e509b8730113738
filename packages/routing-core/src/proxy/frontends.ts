import { type CIDR, canonicalIP, type IPFamily, ipFamily, type Protocol, type Service } from "@pilotage/kube-model"
import { balancerAddresses, balancerNames } from "./balancer-names.ts"
import { isHeadless, type PortEntry } from "./service-entry.ts"

/** `Proxy`: the address belongs to a load balancer outside, kube-proxy ignores it (ipMode Proxy, or a host name). */
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

const NONE: readonly never[] = []

const SERVICE_PROXY_LABEL = "service.kubernetes.io/service-proxy-name"

/** kube-proxy leaves such Services alone (kubernetes 1.36 pkg/proxy/util/utils.go ShouldSkipService). */
const isSkipped = (service: Service): boolean =>
  service.spec.type === "ExternalName" ||
  isHeadless(service) ||
  !service.spec.clusterIP ||
  Object.hasOwn(service.metadata.labels ?? {}, SERVICE_PROXY_LABEL)

const clusterIPsOf = ({ spec }: Service): readonly string[] =>
  spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ""]

/**
 * Every address of a Service, in the order in which kube-proxy looks at them. One of a family that the Service lacks is
 * none. `balancerBlock`: where load balancers with a name have their addresses.
 */
export const frontendsOf = (
  key: string,
  service: Service,
  ports: readonly PortEntry[],
  balancerBlock: CIDR | undefined,
): readonly Frontend[] => {
  if (isSkipped(service)) return []
  const { spec, status } = service
  const found: Frontend[] = []
  const families: IPFamily[] = []
  const named = balancerBlock
    ? balancerNames(service).flatMap((hostname) => balancerAddresses(balancerBlock, hostname))
    : NONE
  for (const ip of clusterIPsOf(service)) {
    const family = ipFamily(ip)
    if (family && !families.includes(family)) families.push(family)
  }
  for (const { index, port, protocol } of ports) {
    const add = (kind: FrontendKind, text: string, number: number): void => {
      const ip = canonicalIP(text)
      const family = ip === undefined ? undefined : ipFamily(ip)
      if (ip !== undefined && family && families.includes(family))
        found.push({ kind, family, ip, port: number, protocol, serviceKey: key, portIndex: index })
    }
    for (const ip of clusterIPsOf(service)) add("ClusterIP", ip, port.port)
    for (const ip of spec.externalIPs ?? []) add("ExternalIP", ip, port.port)
    for (const { ip, ipMode } of status?.loadBalancer?.ingress ?? [])
      if (ip) add(ipMode === "Proxy" ? "Proxy" : "LoadBalancer", ip, port.port)
    for (const ip of named) add("Proxy", ip, port.port)
    if (port.nodePort)
      for (const family of families)
        found.push({
          kind: "NodePort",
          family,
          ip: "",
          port: port.nodePort,
          protocol,
          serviceKey: key,
          portIndex: index,
        })
  }
  return found
}
