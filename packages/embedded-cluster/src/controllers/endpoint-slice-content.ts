import {
  canonicalIP,
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  ipFamily,
  isPodReady,
  isTerminating,
  type Labels,
  type Node,
  type Pod,
  type Service,
} from "@pilotage/kube-model"
import { targetPortIn } from "./service-pods.ts"

export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by"
export const SERVICE_NAME = "kubernetes.io/service-name"
const HEADLESS = "service.kubernetes.io/headless"
export const ZONE_LABEL = "topology.kubernetes.io/zone"

export type AddressType = EndpointSlice["addressType"]

/** The ports of a Service as they are in a pod; one whose target has no number there is left out. */
export const portsFor = (service: Service, pod: Pod): readonly EndpointPort[] =>
  (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPortIn(pod, port)
    if (number === undefined) return []
    return [
      {
        name: port.name ?? "",
        protocol: port.protocol ?? "TCP",
        port: number,
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ]
  })

const addressesIn = ({ status }: Pod, type: AddressType): readonly string[] => {
  const ips = status?.podIPs?.map(({ ip }) => ip) ?? (status?.podIP ? [status.podIP] : [])
  // Written in the one canonical way, whatever the runtime reported.
  return ips.filter((ip) => (ip.includes(":") ? "IPv6" : "IPv4") === type).map((ip) => canonicalIP(ip) ?? ip)
}

/** A pod as an endpoint, without hints; it has no addresses when the pod has none of the type. */
export const endpointFor = (service: Service, pod: Pod, node: Node | undefined, type: AddressType): Endpoint => {
  const serving = isPodReady(pod)
  const terminating = isTerminating(pod)
  const { name, namespace = "", uid } = pod.metadata
  const { hostname, subdomain, nodeName } = pod.spec
  const zone = node?.metadata.labels?.[ZONE_LABEL]
  const isNamed = subdomain === service.metadata.name && namespace === (service.metadata.namespace ?? "")
  return {
    addresses: addressesIn(pod, type),
    // Nothing that is on its way out counts as ready, unless the Service publishes what is not ready too.
    conditions: {
      ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
      serving,
      terminating,
    },
    ...(hostname && isNamed ? { hostname } : {}),
    ...(nodeName ? { nodeName } : {}),
    targetRef: { kind: "Pod", name, namespace, ...(uid ? { uid } : {}) },
    ...(zone ? { zone } : {}),
  }
}

/**
 * The families that a Service has endpoints of, in its own order. One from before families were named has that of its
 * address, or both when it has none (endpointslice `utils.go` getAddressTypesForService).
 */
export const addressTypesOf = ({ spec }: Service): readonly AddressType[] => {
  const families = (spec.ipFamilies ?? []).filter((family) => family === "IPv4" || family === "IPv6")
  if (families.length > 0) return [...new Set(families)]
  if (!spec.clusterIP || spec.clusterIP === "None") return ["IPv4", "IPv6"]
  return [ipFamily(spec.clusterIP) ?? "IPv4"]
}

const RESERVED: readonly string[] = [MANAGED_BY, SERVICE_NAME, HEADLESS]

const ownLabels = (labels: Labels | undefined): Labels =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([key]) => !RESERVED.includes(key)))

const sameLabels = (a: Labels, b: Labels): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value)

/**
 * A slice carries its Service's labels and the controller's own, which no Service can set. `changed`: those of the Service
 * are not those of the slice (`utils.go` setEndpointSliceLabels).
 */
export const sliceLabels = (
  slice: { readonly metadata: { readonly labels?: Labels } } | undefined,
  service: Service,
  manager: string,
): { readonly labels: Labels; readonly changed: boolean } => {
  const wanted = ownLabels(service.metadata.labels)
  const isHeadless = !service.spec.clusterIP || service.spec.clusterIP === "None"
  return {
    labels: {
      ...wanted,
      ...(isHeadless ? { [HEADLESS]: "" } : {}),
      [SERVICE_NAME]: service.metadata.name,
      [MANAGED_BY]: manager,
    },
    changed: !sameLabels(ownLabels(slice?.metadata.labels), wanted),
  }
}
