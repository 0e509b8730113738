import { createRandom, type EndpointSlice, type Service } from "@pilotage/kube-model"
import type { Change } from "@pilotage/routing-core"
import type { PlacedService } from "./routing-world.ts"

const serviceChange = ({ namespace, name }: PlacedService, value: Service | undefined): Change => ({
  kind: "service",
  namespace,
  name,
  value,
})

const sliceChange = ({ metadata }: EndpointSlice, value: EndpointSlice | undefined): Change => ({
  kind: "endpointSlice",
  namespace: metadata.namespace ?? "default",
  name: metadata.name,
  value,
})

const withUnready = (slice: EndpointSlice, unready: number): EndpointSlice => ({
  ...slice,
  endpoints: (slice.endpoints ?? []).map((endpoint, index) =>
    index === unready ? { ...endpoint, conditions: { ready: false, serving: false, terminating: false } } : endpoint,
  ),
})

/** So many changes, each of a random one of `services`: another port, another policy, deleted, written again. */
export const serviceChanges = (services: readonly PlacedService[], count: number, seed: number): readonly Change[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const placed = services[random.below(services.length)]
    if (!placed) throw new Error("the world has no Service to change")
    const { service } = placed
    const { spec } = service
    switch (random.below(5)) {
      case 0:
        return serviceChange(placed, undefined)
      case 1:
        return serviceChange(placed, { ...service, spec: { ...spec, internalTrafficPolicy: "Local" } })
      case 2:
        return serviceChange(placed, {
          ...service,
          spec: { ...spec, ports: (spec.ports ?? []).map((port) => ({ ...port, port: port.port + 1 })) },
        })
      default:
        return serviceChange(placed, { ...service })
    }
  })
}

/** So many changes, each of a random slice of `services`: an endpoint not ready, all ready, the slice gone. */
export const sliceChanges = (services: readonly PlacedService[], count: number, seed: number): readonly Change[] => {
  const random = createRandom(seed)
  const slices = services.flatMap((each) => each.slices)
  return Array.from({ length: count }, () => {
    const slice = slices[random.below(slices.length)]
    if (!slice) throw new Error("the world has no EndpointSlice to change")
    const kind = random.below(10)
    if (kind === 0) return sliceChange(slice, undefined)
    return sliceChange(slice, kind < 6 ? withUnready(slice, random.below(slice.endpoints?.length ?? 0)) : { ...slice })
  })
}
