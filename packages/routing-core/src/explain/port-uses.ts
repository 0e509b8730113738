import type { Service, ServicePort } from "@pilotage/kube-model"
import type { Indexes } from "../table/compiled-table.ts"

/** A port of a Service. */
export interface PortUse {
  readonly service: Service
  readonly each: ServicePort
  readonly index: number
}

/** What the Services of a cluster do with a number. */
export interface PortUses {
  /** The first Service, but for `kubernetes`, of which it is port or targetPort. */
  readonly first: PortUse | undefined
  /** The first three that have a node port too, and how many there are. */
  readonly withNodePort: readonly PortUse[]
  readonly count: number
  /** The one node port of the whole cluster, when there is just one. */
  readonly onlyNodePort: PortUse | undefined
}

const SHOWN = 3

const gather = (services: Indexes["services"], port: number): PortUses => {
  let first: PortUse | undefined
  let onlyNodePort: PortUse | undefined
  let nodePorts = 0
  const withNodePort: PortUse[] = []
  let count = 0
  for (const [, { service }] of services.entries())
    for (const [index, each] of (service.spec.ports ?? []).entries()) {
      const use = { service, each, index }
      if (each.nodePort) {
        nodePorts += 1
        onlyNodePort = nodePorts === 1 ? use : undefined
      }
      if (each.port !== port && each.targetPort !== port) continue
      if (service.metadata.name !== "kubernetes") first ??= use
      if (!each.nodePort) continue
      count += 1
      if (withNodePort.length < SHOWN) withNodePort.push(use)
    }
  return { first, withNodePort, count, onlyNodePort }
}

const known = new WeakMap<Indexes["services"], Map<number, PortUses>>()

/** Looks through all Services once for each number; remembered until a Service or its endpoints change. */
export const usesOfPort = ({ services }: Indexes, port: number): PortUses => {
  let byPort = known.get(services)
  if (!byPort) {
    byPort = new Map()
    known.set(services, byPort)
  }
  let uses = byPort.get(port)
  if (!uses) {
    uses = gather(services, port)
    byPort.set(port, uses)
  }
  return uses
}
