import type { Endpoint, EndpointSlice } from "@pilotage/kube-model"
import { deepEqual } from "../store/deep-equal.ts"

export type Hints = Endpoint["hints"]

/** Slices on their way to be written, and those that would stay as they are. */
export interface HintedSlices {
  readonly create: readonly EndpointSlice[]
  readonly update: readonly EndpointSlice[]
  readonly unchanged: readonly EndpointSlice[]
}

export const isReadyEndpoint = ({ conditions }: Endpoint): boolean => conditions?.ready === true

export const withHints = (endpoint: Endpoint, hints: Hints): Endpoint => {
  const { hints: _, ...rest } = endpoint
  return hints ? { ...rest, hints } : rest
}

const mapEndpoints = (slice: EndpointSlice, each: (endpoint: Endpoint) => Endpoint): EndpointSlice => ({
  ...slice,
  endpoints: slice.endpoints?.map(each) ?? null,
})

const rehinted = (slices: HintedSlices, each: (endpoint: Endpoint) => Endpoint): HintedSlices => {
  const stale = (slice: EndpointSlice): boolean =>
    (slice.endpoints ?? []).some((endpoint) => !deepEqual(each(endpoint).hints, endpoint.hints))
  const fix = (slice: EndpointSlice): EndpointSlice => mapEndpoints(slice, each)
  return {
    create: slices.create.map(fix),
    update: [...slices.update, ...slices.unchanged.filter(stale)].map(fix),
    unchanged: slices.unchanged.filter((slice) => !stale(slice)),
  }
}

export const withoutHints = (slices: HintedSlices): HintedSlices =>
  rehinted(slices, (endpoint) => withHints(endpoint, undefined))

/** Every ready endpoint is for its own zone, and with PreferSameNode for its own node. */
const ownPlace = ({ zone, nodeName }: Endpoint, namesNodes: boolean): Hints => {
  const forZones = zone === undefined ? {} : { forZones: [{ name: zone }] }
  const forNodes = namesNodes && nodeName !== undefined ? { forNodes: [{ name: nodeName }] } : {}
  const hints = { ...forZones, ...forNodes }
  return Object.keys(hints).length > 0 ? hints : undefined
}

const VALUES: readonly string[] = ["PreferClose", "PreferSameZone", "PreferSameNode"]

export const isTrafficDistribution = (value: string | undefined): value is string =>
  value !== undefined && VALUES.includes(value)

/**
 * Hints of a Service with `trafficDistribution`; one without, or with a value that nobody knows, has none. An endpoint that
 * is not ready keeps what it has (kubernetes 1.36 `endpointslice/trafficdist` ReconcileHints).
 */
export const distributeTraffic = (distribution: string | undefined, slices: HintedSlices): HintedSlices =>
  isTrafficDistribution(distribution)
    ? rehinted(slices, (endpoint) =>
        isReadyEndpoint(endpoint)
          ? withHints(endpoint, ownPlace(endpoint, distribution === "PreferSameNode"))
          : endpoint,
      )
    : withoutHints(slices)
