import type { Endpoint, EndpointSlice, Labels } from "@pilotage/kube-model"
import { deepEqual } from "../store/deep-equal.ts"

/** What is to become of slices. Slices to be created have no name yet. */
export interface SliceChanges {
  readonly create: readonly EndpointSlice[]
  readonly update: readonly EndpointSlice[]
  readonly remove: readonly EndpointSlice[]
}

export interface Packing {
  /** Slices that have the ports of the group. */
  readonly slices: readonly EndpointSlice[]
  readonly endpoints: readonly Endpoint[]
  readonly maxEndpoints: number
  readonly labelsOf: (slice: EndpointSlice) => { readonly labels: Labels; readonly changed: boolean }
  readonly emptySlice: () => EndpointSlice
}

/** What makes two endpoints the same one; all else about it may change (endpointslice `util` hashEndpoint). */
const identity = ({ addresses, hostname = "", targetRef }: Endpoint): string =>
  `${addresses.toSorted().join(",")}|${hostname}|${targetRef?.namespace ?? ""}/${targetRef?.name ?? ""}`

const sameBeyondIdentity = (a: Endpoint, b: Endpoint): boolean =>
  (a.nodeName ?? "") === (b.nodeName ?? "") &&
  (a.zone ?? "") === (b.zone ?? "") &&
  deepEqual(a.conditions ?? {}, b.conditions ?? {}) &&
  deepEqual({ ...a.targetRef, resourceVersion: undefined }, { ...b.targetRef, resourceVersion: undefined })

interface Draft {
  readonly slice: EndpointSlice
  readonly endpoints: Endpoint[]
  state: "unchanged" | "update" | "remove"
}

const draftOf = (slice: EndpointSlice, wanted: Map<string, Endpoint>, { labelsOf }: Packing): Draft => {
  const before = slice.endpoints ?? []
  const endpoints: Endpoint[] = []
  let isUpdated = false
  for (const old of before) {
    const key = identity(old)
    const endpoint = wanted.get(key)
    if (!endpoint) continue
    endpoints.push(endpoint)
    if (!sameBeyondIdentity(endpoint, old)) isUpdated = true
    wanted.delete(key)
  }
  const { labels, changed } = labelsOf(slice)
  const isMoved = isUpdated || before.length !== endpoints.length
  if (isMoved && endpoints.length === 0) return { slice, endpoints, state: "remove" }
  if (!isMoved && !changed) return { slice, endpoints: [...before], state: "unchanged" }
  // A change of labels alone leaves the endpoints with the hints that they have.
  return {
    slice: { ...slice, metadata: { ...slice.metadata, labels } },
    endpoints: isMoved ? endpoints : [...before],
    state: "update",
  }
}

/** The slice that is fullest with so many endpoints more, if they fit in one. */
const fitting = (drafts: readonly Draft[], count: number, max: number): Draft | undefined => {
  const room = ({ endpoints }: Draft): number => max - count - endpoints.length
  return drafts
    .filter((draft) => draft.state === "unchanged" && room(draft) >= 0 && room(draft) < max)
    .reduce<Draft | undefined>((best, draft) => (best && room(best) <= room(draft) ? best : draft), undefined)
}

/**
 * Distributes the endpoints of one set of ports with few writes: what is in a slice stays there, slices that change anyway
 * are filled up, the fullest first, the rest goes into one slice if it fits and into new ones otherwise (kubernetes
 * `endpointslice/reconciler.go` reconcileByPortMapping).
 */
export const packEndpoints = (packing: Packing): SliceChanges => {
  const { slices, maxEndpoints } = packing
  const wanted = new Map(packing.endpoints.map((endpoint) => [identity(endpoint), endpoint]))
  const drafts = slices.map((slice) => draftOf(slice, wanted, packing))
  const fresh = [...wanted.values()]
  const fill = (endpoints: Endpoint[]): void => {
    endpoints.push(...fresh.splice(0, Math.max(0, maxEndpoints - endpoints.length)))
  }
  const changing = drafts.filter(({ state }) => state === "update")
  for (const draft of changing.toSorted((a, b) => b.endpoints.length - a.endpoints.length)) fill(draft.endpoints)
  const create: EndpointSlice[] = []
  while (fresh.length > 0) {
    const draft = fresh.length < maxEndpoints ? fitting(drafts, fresh.length, maxEndpoints) : undefined
    const endpoints = draft?.endpoints ?? []
    fill(endpoints)
    if (draft) draft.state = "update"
    else create.push({ ...packing.emptySlice(), endpoints })
  }
  return {
    create,
    update: drafts.flatMap(({ slice, endpoints, state }) => (state === "update" ? [{ ...slice, endpoints }] : [])),
    remove: drafts.flatMap(({ slice, state }) => (state === "remove" ? [slice] : [])),
  }
}
