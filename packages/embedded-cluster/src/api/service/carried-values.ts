import type { Service, ServicePort, ServiceSpec } from "@pilotage/kube-model"
import {
  needsClusterIP,
  needsHealthCheckNodePort,
  needsNodePort,
  nodePortsOf,
  samePluralClusterIPs,
  withSpec,
} from "./needs.ts"

const carriedPorts = (next: ServiceSpec, old: ServiceSpec): readonly ServicePort[] | undefined => {
  if (!next.ports || !needsNodePort(old) || !needsNodePort(next)) return next.ports
  const kept = nodePortsOf(next)
  const used = new Set([...nodePortsOf(old)].filter((port) => kept.has(port)))
  const byName = new Map((old.ports ?? []).map((port) => [port.name ?? "", port.nodePort ?? 0]))
  return next.ports.map((port) => {
    const before = byName.get(port.name ?? "") ?? 0
    if (port.nodePort || before === 0 || used.has(before)) return port
    used.add(before)
    return { ...port, nodePort: before }
  })
}

/**
 * Allocated values that the client left out of an update come back from the stored Service, node ports by the port's name
 * (kubernetes 1.36 `pkg/registry/core/service/storage/storage.go` patchAllocatedValues).
 */
export const carryAllocatedValues = (next: Service, old: Service): Service => {
  const change: { -readonly [K in keyof ServiceSpec]?: ServiceSpec[K] | undefined } = {}
  if (needsClusterIP(old.spec) && needsClusterIP(next.spec)) {
    change.clusterIP = next.spec.clusterIP || old.spec.clusterIP
    if ((next.spec.clusterIPs ?? []).length === 0 && (old.spec.clusterIPs ?? []).length > 0)
      change.clusterIPs = old.spec.clusterIPs
  }
  change.ports = carriedPorts(next.spec, old.spec)
  if (needsHealthCheckNodePort(old.spec) && needsHealthCheckNodePort(next.spec) && !next.spec.healthCheckNodePort)
    change.healthCheckNodePort = old.spec.healthCheckNodePort
  return withSpec(next, "clusterIPs" in change ? change : { ...change, clusterIPs: next.spec.clusterIPs })
}

/** Keeps `clusterIP` and `clusterIPs` in step when a client knows only one of them (normalizeClusterIPs). */
export const normalizeClusterIPs = (next: Service, old: Service | undefined): Service => {
  const { clusterIP = "", clusterIPs = [] } = next.spec
  if (!old) return clusterIP !== "" && clusterIPs.length === 0 ? withSpec(next, { clusterIPs: [clusterIP] }) : next
  const before = old.spec.clusterIP ?? ""
  let plural: readonly string[] | undefined = next.spec.clusterIPs
  if ((old.spec.clusterIPs ?? []).length > 0 && clusterIPs.length === 0 && before === clusterIP)
    plural = old.spec.clusterIPs
  if (before !== clusterIP && samePluralClusterIPs(old.spec, { ...next.spec, clusterIPs: plural ?? [] }))
    plural = before !== "" && clusterIP === "" ? undefined : [clusterIP]
  return withSpec(next, { clusterIPs: plural })
}
