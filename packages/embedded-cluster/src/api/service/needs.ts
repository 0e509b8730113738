import type { Service, ServiceSpec } from "@pilotage/kube-model"

/** What a Service's type and policies ask of the allocators (kubernetes 1.36 `pkg/registry/core/service/strategy.go`). */

export const needsClusterIP = ({ type }: ServiceSpec): boolean =>
  type === "ClusterIP" || type === "NodePort" || type === "LoadBalancer"

export const needsNodePort = ({ type }: ServiceSpec): boolean => type === "NodePort" || type === "LoadBalancer"

/** A LoadBalancer Service may do without node ports that nobody asked for. */
export const allocatesNodePorts = ({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean =>
  type === "NodePort" || (type === "LoadBalancer" && (allocateLoadBalancerNodePorts ?? true))

export const needsHealthCheckNodePort = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === "LoadBalancer" && externalTrafficPolicy === "Local"

/** Reachable from outside the cluster, so that externalTrafficPolicy means something. */
export const isExternallyAccessible = ({ type, externalIPs }: ServiceSpec): boolean =>
  type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && (externalIPs ?? []).length > 0)

export const isHeadless = ({ clusterIPs }: ServiceSpec): boolean => clusterIPs?.length === 1 && clusterIPs[0] === "None"

const sameList = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean => {
  const [left, right] = [a ?? [], b ?? []]
  return left.length === right.length && left.every((each, index) => each === right[index])
}

export const sameClusterIPs = (a: ServiceSpec, b: ServiceSpec): boolean =>
  (a.clusterIP ?? "") === (b.clusterIP ?? "") && sameList(a.clusterIPs, b.clusterIPs)

/** Only the plural, as the allocator compares. */
export const samePluralClusterIPs = (a: ServiceSpec, b: ServiceSpec): boolean => sameList(a.clusterIPs, b.clusterIPs)

export const sameIPFamilies = (a: ServiceSpec, b: ServiceSpec): boolean => sameList(a.ipFamilies, b.ipFamilies)

export const nodePortsOf = ({ ports }: ServiceSpec): ReadonlySet<number> =>
  new Set((ports ?? []).flatMap(({ nodePort }) => (nodePort ? [nodePort] : [])))

/** The same Service with another spec; fields given as undefined are taken out. */
export const withSpec = (
  service: Service,
  change: { readonly [K in keyof ServiceSpec]?: ServiceSpec[K] | undefined },
): Service => ({
  ...service,
  spec: Object.fromEntries(
    Object.entries({ ...service.spec, ...change }).filter(([, value]) => value !== undefined),
  ) as ServiceSpec,
})
