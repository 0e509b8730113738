import { serviceRef } from "../object-ref.ts"
import { selectEndpoints } from "../proxy/endpoint-selection.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { HealthCheckAnswer } from "../trace-types.ts"

/**
 * What kube-proxy on `node` answers on the healthCheckNodePort of a Service (`namespace/name`): 200 while a ready
 * endpoint is on the node, else 503 (kubernetes 1.36 pkg/proxy/healthcheck/service_health.go).
 */
export const healthCheckOf = (indexes: Indexes, node: NodeFacts, key: string): HealthCheckAnswer | undefined => {
  const entry = indexes.services.get(key)
  if (!entry) return undefined
  const ready = new Set<string>()
  for (const port of entry.ports)
    for (const family of ["IPv4", "IPv6"] as const)
      for (const endpoint of selectEndpoints(port, node, family).local) if (endpoint.ready) ready.add(endpoint.ip)
  return { service: serviceRef(entry.service), status: ready.size ? 200 : 503, localEndpoints: ready.size }
}
