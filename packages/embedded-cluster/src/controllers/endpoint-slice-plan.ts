import type { Endpoint, EndpointPort, EndpointSlice, Node, Pod, Service } from "@pilotage/kube-model"
import { type AddressType, addressTypesOf, endpointFor, portsFor, sliceLabels } from "./endpoint-slice-content.ts"
import { packEndpoints, type SliceChanges } from "./endpoint-slice-packing.ts"
import { ownerReference } from "./owners.ts"
import { canBeEndpoint } from "./service-pods.ts"
import { hintTopology, wantsTopologyHints } from "./topology-hints.ts"
import { distributeTraffic, isTrafficDistribution, withoutHints } from "./traffic-hints.ts"

export const MANAGER = "endpointslice-controller.k8s.io"

export interface SliceSituation {
  readonly service: Service
  /** Those that the Service selects. */
  readonly pods: readonly Pod[]
  /** Those of the Service's name that this controller manages. */
  readonly slices: readonly EndpointSlice[]
  readonly nodes: readonly Node[]
  readonly nodeOf: (name: string) => Node | undefined
  readonly maxEndpoints: number
  /** False: nobody looks at the topology annotations. */
  readonly usesTopology: boolean
}

export interface SlicePlan extends SliceChanges {
  /** Why pods were left out that may come in later. */
  readonly problems: readonly string[]
}

interface Group {
  readonly ports: readonly EndpointPort[]
  readonly endpoints: Endpoint[]
}

/** Equal for lists of the same ports, in whatever order. */
const portsKey = (ports: readonly EndpointPort[] | null | undefined): string =>
  (ports ?? [])
    .map(({ name, protocol, port, appProtocol }) => JSON.stringify([name ?? "", protocol ?? "TCP", port, appProtocol]))
    .sort()
    .join()

/** Pods whose target ports have the same numbers share slices. A pod whose node is not there yet is left out. */
const groupsOf = (
  { service, pods, nodeOf }: SliceSituation,
  type: AddressType,
): { readonly groups: ReadonlyMap<string, Group>; readonly problems: readonly string[] } => {
  const groups = new Map<string, Group>()
  const problems: string[] = []
  for (const pod of pods.filter(canBeEndpoint)) {
    const ports = portsFor(service, pod)
    const key = portsKey(ports)
    const group = groups.get(key) ?? { ports, endpoints: [] }
    groups.set(key, group)
    const { nodeName = "" } = pod.spec
    const node = nodeOf(nodeName)
    if (!node && service.spec.publishNotReadyAddresses !== true) {
      const { namespace, name } = service.metadata
      problems.push(`skipping Pod ${pod.metadata.name} for Service ${namespace}/${name}: Node ${nodeName} Not Found`)
      continue
    }
    const endpoint = endpointFor(service, pod, node, type)
    if (endpoint.addresses.length > 0) group.endpoints.push(endpoint)
  }
  return { groups, problems }
}

const newSlice = (service: Service, addressType: AddressType, ports: readonly EndpointPort[]): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: "",
    generateName: `${service.metadata.name}-`,
    ...(service.metadata.namespace === undefined ? {} : { namespace: service.metadata.namespace }),
    labels: sliceLabels(undefined, service, MANAGER).labels,
    ownerReferences: [ownerReference(service)],
  },
  addressType,
  endpoints: [],
  ports,
})

const isOwned = (slice: EndpointSlice, { metadata }: Service): boolean =>
  (slice.metadata.ownerReferences ?? []).some(({ uid }) => uid === (metadata.uid ?? ""))

/** A Service without endpoints has one slice that says so; labels that are empty count as absent. */
const isPlaceholder = (slice: EndpointSlice, placeholder: EndpointSlice): boolean => {
  const [labels, wanted] = [slice.metadata.labels ?? {}, placeholder.metadata.labels ?? {}]
  const keys = [...Object.keys(labels), ...Object.keys(wanted)]
  return (
    (slice.endpoints ?? []).length === 0 &&
    (slice.ports ?? []).length === 0 &&
    slice.addressType === placeholder.addressType &&
    (slice.metadata.namespace ?? "") === (placeholder.metadata.namespace ?? "") &&
    keys.every((key) => (labels[key] ?? "") === (wanted[key] ?? ""))
  )
}

const withPlaceholder = (
  { service, slices }: Pick<SliceSituation, "service" | "slices">,
  type: AddressType,
  { create, update, remove }: SliceChanges,
): SliceChanges => {
  if (slices.length !== remove.length || create.length > 0) return { create, update, remove }
  const placeholder = newSlice(service, type, [])
  const [only] = remove
  return remove.length === 1 && only && isPlaceholder(only, placeholder)
    ? { create, update, remove: [] }
    : { create: [placeholder], update, remove }
}

const withHints = (situation: SliceSituation, changes: SliceChanges): SliceChanges => {
  const { service, slices, nodes, usesTopology } = situation
  const touched = new Set([...changes.update, ...changes.remove].map(({ metadata }) => metadata.name))
  const all = { ...changes, unchanged: slices.filter(({ metadata }) => !touched.has(metadata.name)) }
  const { trafficDistribution } = service.spec
  const { create, update } = wantsTopologyHints(service)
    ? usesTopology
      ? hintTopology(all, nodes)
      : withoutHints(all)
    : isTrafficDistribution(trafficDistribution)
      ? distributeTraffic(trafficDistribution, all)
      : withoutHints(all)
  return { ...changes, create, update }
}

/** A slice that would go takes the place of one that would come. */
const withReuse = (service: Service, { create, update, remove }: SliceChanges): SliceChanges => {
  const coming = [...create]
  const reused: EndpointSlice[] = []
  const going = remove.filter((slice) => {
    const next = coming.at(-1)
    if (!next || next.addressType !== slice.addressType || !isOwned(slice, service)) return true
    coming.pop()
    const { name, uid, resourceVersion, creationTimestamp, generation } = slice.metadata
    const kept = Object.fromEntries(
      Object.entries({ uid, resourceVersion, creationTimestamp, generation }).filter(
        ([, value]) => value !== undefined,
      ),
    )
    reused.push({ ...next, metadata: { ...next.metadata, name, ...kept } })
    return false
  })
  return {
    // A Service on its way out gets nothing new, which the garbage collector would have to chase.
    create: service.metadata.deletionTimestamp === undefined ? coming : [],
    update: [...update, ...reused],
    remove: going,
  }
}

const planType = (situation: SliceSituation, type: AddressType): SlicePlan => {
  const { service, slices, maxEndpoints } = situation
  const owned = new Map<string, EndpointSlice[]>()
  for (const slice of slices.filter((each) => isOwned(each, service))) {
    const key = portsKey(slice.ports)
    owned.set(key, [...(owned.get(key) ?? []), slice])
  }
  const { groups, problems } = groupsOf(situation, type)
  const packed = [...groups].map(([key, { ports, endpoints }]) =>
    packEndpoints({
      slices: owned.get(key) ?? [],
      endpoints,
      maxEndpoints,
      labelsOf: (slice) => sliceLabels(slice, service, MANAGER),
      emptySlice: () => newSlice(service, type, ports),
    }),
  )
  const changes = withPlaceholder(situation, type, {
    create: packed.flatMap(({ create }) => create),
    update: packed.flatMap(({ update }) => update),
    remove: [
      ...slices.filter((slice) => !isOwned(slice, service)),
      ...packed.flatMap(({ remove }) => remove),
      ...[...owned].flatMap(([key, unused]) => (groups.has(key) ? [] : unused)),
    ],
  })
  return { ...withReuse(service, withHints(situation, changes)), problems }
}

/** What a Service's slices have to become, family by family (kubernetes 1.36 `endpointslice/reconciler.go` Reconcile). */
export const planSlices = (situation: SliceSituation): SlicePlan => {
  const types = addressTypesOf(situation.service)
  const plans = types.map((type) =>
    planType({ ...situation, slices: situation.slices.filter(({ addressType }) => addressType === type) }, type),
  )
  return {
    create: plans.flatMap(({ create }) => create),
    update: plans.flatMap(({ update }) => update),
    remove: [
      ...plans.flatMap(({ remove }) => remove),
      ...situation.slices.filter(({ addressType }) => !types.includes(addressType)),
    ],
    problems: plans.flatMap(({ problems }) => problems),
  }
}
