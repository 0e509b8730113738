import { err, ok, type Result, type Service, type ServicePort, type Status } from "@pilotage/kube-model"
import { invalid, invalidObject } from "../field-error.ts"
import { internalError } from "../status.ts"
import { allocatesNodePorts, needsHealthCheckNodePort, needsNodePort, nodePortsOf, withSpec } from "./needs.ts"
import type { NodePortAllocator } from "./node-ports.ts"

const SERVICE = { kind: "Service", group: "" }

const taken = (service: Service, index: number, port: number, why: string): Status =>
  invalidObject(SERVICE, service.metadata.name, [invalid(`spec.ports[${index}].nodePort`, port, why)])

const noneLeft = (why: string): Status => internalError(`failed to allocate a nodePort: ${why}`)

/** On create, ports with the same number (TCP and UDP) share one node port unless they ask for different ones. */
const firstPorts = (service: Service, allocator: NodePortAllocator): Result<readonly ServicePort[], Status> => {
  const given = service.spec.ports ?? []
  const byPort = new Map<number, number>()
  const done: ServicePort[] = []
  for (const [index, port] of given.entries()) {
    const wanted = port.nodePort ?? 0
    const shared = byPort.get(port.port) ?? 0
    if (wanted === 0 && !allocatesNodePorts(service.spec)) {
      done.push(port)
      continue
    }
    if (shared !== 0 && (wanted === 0 || wanted === shared)) {
      done.push({ ...port, nodePort: shared })
      continue
    }
    const asked =
      shared !== 0 ? wanted : (given.find((each) => each.port === port.port && each.nodePort)?.nodePort ?? 0)
    if (asked !== 0) {
      const refusal = allocator.take(asked)
      if (refusal) return err(taken(service, index, asked, refusal))
    }
    const next = asked !== 0 ? ok(asked) : allocator.takeNext()
    if (!next.ok) return err(noneLeft(next.error))
    if (shared === 0) byPort.set(port.port, next.value)
    done.push({ ...port, nodePort: next.value })
  }
  return ok(done)
}

const laterPorts = (
  service: Service,
  old: Service,
  allocator: NodePortAllocator,
): Result<readonly ServicePort[], Status> => {
  const own = new Set(nodePortsOf(old.spec))
  const done: ServicePort[] = []
  for (const [index, port] of (service.spec.ports ?? []).entries()) {
    const wanted = port.nodePort ?? 0
    if (wanted !== 0 && !own.has(wanted)) {
      const refusal = allocator.take(wanted)
      if (refusal) return err(taken(service, index, wanted, refusal))
      own.add(wanted)
    }
    if (wanted !== 0 || !allocatesNodePorts(service.spec)) {
      done.push(port)
      continue
    }
    const next = allocator.takeNext()
    if (!next.ok) return err(noneLeft(next.error))
    done.push({ ...port, nodePort: next.value })
  }
  return ok(done)
}

const healthCheckPort = (
  service: Service,
  old: Service | undefined,
  allocator: NodePortAllocator,
): Result<Service, Status> => {
  const needed = old !== undefined && needsHealthCheckNodePort(old.spec)
  if (!needsHealthCheckNodePort(service.spec) || needed) return ok(service)
  const wanted = service.spec.healthCheckNodePort ?? 0
  if (wanted !== 0) {
    const refusal = allocator.take(wanted)
    if (refusal) return err(internalError(`failed to allocate requested HealthCheck NodePort ${wanted}: ${refusal}`))
    return ok(service)
  }
  const next = allocator.takeNext()
  if (!next.ok) return err(internalError(`failed to allocate a HealthCheck NodePort 0: ${next.error}`))
  return ok(withSpec(service, { healthCheckNodePort: next.value }))
}

/** Node ports and the health check port of a new or changed Service (`storage/alloc.go`). What is dropped is free by being dropped. */
export const assignNodePorts = (
  service: Service,
  old: Service | undefined,
  allocator: NodePortAllocator,
): Result<Service, Status> => {
  if (!needsNodePort(service.spec) || !service.spec.ports) return healthCheckPort(service, old, allocator)
  const ports = old ? laterPorts(service, old, allocator) : firstPorts(service, allocator)
  return ports.ok ? healthCheckPort(withSpec(service, { ports: ports.value }), old, allocator) : ports
}
