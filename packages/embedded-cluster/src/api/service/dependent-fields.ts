import type { Service, ServiceSpec } from "@pilotage/kube-model"
import {
  isExternallyAccessible,
  needsClusterIP,
  needsHealthCheckNodePort,
  needsNodePort,
  nodePortsOf,
  sameClusterIPs,
  sameIPFamilies,
  withSpec,
} from "./needs.ts"

type Change = { -readonly [K in keyof ServiceSpec]?: ServiceSpec[K] | undefined }

const addsNoNodePort = (next: ServiceSpec, old: ServiceSpec): boolean => {
  const before = nodePortsOf(old)
  return [...nodePortsOf(next)].every((port) => before.has(port))
}

/**
 * A change of type takes along the fields that only the old type has, unless the user set them anew
 * (kubernetes 1.36 `pkg/registry/core/service/strategy.go` dropTypeDependentFields).
 */
export const dropDependentFields = (next: Service, old: Service): Service => {
  const { spec } = next
  const before = old.spec
  const change: Change = {}
  if (needsClusterIP(before) && !needsClusterIP(spec)) {
    if (sameClusterIPs(before, spec)) {
      change.clusterIP = undefined
      change.clusterIPs = undefined
    }
    if (sameIPFamilies(before, spec)) change.ipFamilies = undefined
    if (before.ipFamilyPolicy === spec.ipFamilyPolicy) change.ipFamilyPolicy = undefined
  }
  if (needsNodePort(before) && !needsNodePort(spec) && addsNoNodePort(spec, before) && spec.ports)
    change.ports = spec.ports.map(({ nodePort: _, ...port }) => port)
  if (
    needsHealthCheckNodePort(before) &&
    !needsHealthCheckNodePort(spec) &&
    before.healthCheckNodePort === spec.healthCheckNodePort
  )
    change.healthCheckNodePort = undefined
  if (before.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    if (before.allocateLoadBalancerNodePorts === spec.allocateLoadBalancerNodePorts)
      change.allocateLoadBalancerNodePorts = undefined
    if (before.loadBalancerClass === spec.loadBalancerClass) change.loadBalancerClass = undefined
  }
  if (
    isExternallyAccessible(before) &&
    !isExternallyAccessible(spec) &&
    before.externalTrafficPolicy === spec.externalTrafficPolicy
  )
    change.externalTrafficPolicy = undefined
  return withSpec(next, change)
}
