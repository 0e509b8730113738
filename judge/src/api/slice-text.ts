import { type Endpoint, type EndpointSlice, isIP } from "@pilotage/kube-model"
import { canonicalText } from "./json.ts"

/** The machine's clock when the case was recorded. */
const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time"

const sorted = (texts: readonly string[]): string => [...texts].sort().join(" ")

const listOf = (slice: EndpointSlice | undefined): readonly Endpoint[] => slice?.endpoints ?? []

/** Some cases count their pods' addresses beyond 255; Go prints such an address as nil. */
const addressText = (address: string): string => (isIP(address) || /^[a-z]/.test(address) ? address : "no address")

/** Endpoints without topology hints, whose zones upstream draws: how many are for which zone is told apart. */
const endpointText = ({ hints, addresses, ...endpoint }: Endpoint, withHints: boolean): string =>
  canonicalText({ ...endpoint, addresses: addresses.map(addressText), ...(withHints && hints ? { hints } : {}) })

/** How many endpoints stay in their zone, how many go elsewhere, and where those that have hints go. */
export const hintCounts = (slices: readonly EndpointSlice[]): string => {
  const counts = new Map<string, number>()
  const add = (key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { zone = "?", hints } of slices.flatMap(listOf)) {
    const zones = hints?.forZones?.map(({ name }) => name) ?? []
    add(`of ${zone} ${zones.length === 0 ? "without hints" : zones.includes(zone) ? "stay" : "go elsewhere"}`)
    for (const to of zones) add(`for ${to}`)
  }
  return sorted([...counts].map(([key, count]) => `${count} ${key};`))
}

/**
 * A slice without what is not significant: the order of endpoints and ports, null for an empty list, TCP for no protocol,
 * times. The name of a new one is any. Which of the new endpoints are in which slice is any too, so of those only the
 * number is told, and the whole text of those that were in the slice before.
 */
export const sliceText = (slice: EndpointSlice, before: EndpointSlice | undefined, withHints: boolean): string => {
  const { name, generateName, namespace, labels, ownerReferences, annotations } = slice.metadata
  const { [TRIGGER_TIME]: _, ...kept } = annotations ?? {}
  const metadata = {
    ...(before ? { name } : { generateName }),
    namespace,
    labels: labels ?? {},
    annotations: kept,
    owners: (ownerReferences ?? []).map((owner) => ({ ...owner, uid: owner.uid ?? "" })),
  }
  const ports = (slice.ports ?? []).map((port) =>
    canonicalText({ ...port, name: port.name ?? "", protocol: port.protocol || "TCP" }),
  )
  const old = new Set(listOf(before).map(({ addresses }) => addresses.join()))
  const stayed = listOf(slice).filter(({ addresses }) => old.has(addresses.join()))
  const count = `${listOf(slice).length} endpoints`
  return `${slice.addressType} ${canonicalText(metadata)} ports ${sorted(ports)} ${count} ${sorted(stayed.map((each) => endpointText(each, withHints)))}`
}

/** Slices and what is in them together. */
export const contentsText = (slices: readonly EndpointSlice[], withHints: boolean): string =>
  sorted(slices.flatMap(listOf).map((each) => endpointText(each, withHints)))
