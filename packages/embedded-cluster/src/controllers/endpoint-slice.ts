import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  formatTime,
  isPodReady,
  isTerminating,
  type Node,
  type Pod,
  randomSuffix,
  type Service,
} from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  NOTHING,
  type Outcome,
  splitKey,
} from "../engine/controller.ts"
import { deepEqual } from "../store/deep-equal.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import { isControlledBy, ownerReference } from "./owners.ts"
import { concernedServices, endpointPods, hasEndpoints, targetPortIn } from "./service-pods.ts"

const MANAGER = "endpointslice-controller.k8s.io"
const MAX_ENDPOINTS = 100
const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time"

const portsFor = (service: Service, pod: Pod): readonly EndpointPort[] =>
  (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPortIn(pod, port)
    if (number === undefined) return []
    return [
      {
        name: port.name ?? "",
        protocol: port.protocol ?? "TCP",
        port: number,
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ]
  })

const hintsFor = (
  service: Service,
  zone: string | undefined,
  node: string | undefined,
  ready: boolean,
): Endpoint["hints"] => {
  const wish = service.spec.trafficDistribution
  if (!ready || zone === undefined || wish === undefined) return undefined
  return {
    forZones: [{ name: zone }],
    ...(wish === "PreferSameNode" && node !== undefined ? { forNodes: [{ name: node }] } : {}),
  }
}

const endpointFor = (service: Service, pod: Pod, node: Node | undefined): Endpoint => {
  const serving = isPodReady(pod)
  const terminating = isTerminating(pod)
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating)
  const zone = node?.metadata.labels?.["topology.kubernetes.io/zone"]
  const hints = hintsFor(service, zone, pod.spec.nodeName, ready)
  const isNamed = pod.spec.hostname !== undefined && pod.spec.subdomain === service.metadata.name
  return {
    addresses: [pod.status?.podIP ?? ""],
    conditions: { ready, serving, terminating },
    ...(isNamed && pod.spec.hostname !== undefined ? { hostname: pod.spec.hostname } : {}),
    ...(hints ? { hints } : {}),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: {
      kind: "Pod",
      name: pod.metadata.name,
      namespace: pod.metadata.namespace ?? "",
      uid: pod.metadata.uid ?? "",
    },
    ...(zone === undefined ? {} : { zone }),
  }
}

const labelsFor = (service: Service) => ({
  ...service.metadata.labels,
  "endpointslice.kubernetes.io/managed-by": MANAGER,
  "kubernetes.io/service-name": service.metadata.name,
  ...(service.spec.clusterIP === "None" ? { "service.kubernetes.io/headless": "" } : {}),
})

interface Group {
  readonly ports: readonly EndpointPort[]
  readonly endpoints: Endpoint[]
}

/** Pods whose target ports have the same numbers share slices. */
const grouped = (view: ControllerView, service: Service): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>()
  for (const pod of endpointPods(view, service)) {
    const node = view.get("nodes", "", pod.spec.nodeName ?? "")
    // Endpoints on a node that is gone are left out (endpointslice `reconciler.go`).
    if (!node && !service.spec.publishNotReadyAddresses) continue
    const ports = portsFor(service, pod)
    const key = JSON.stringify(ports)
    const group = groups.get(key) ?? { ports, endpoints: [] }
    group.endpoints.push(endpointFor(service, pod, node))
    groups.set(key, group)
  }
  return groups
}

const podOf = (endpoint: Endpoint): string => endpoint.targetRef?.uid ?? endpoint.addresses[0] ?? ""

const newSlice = (
  service: Service,
  { ports }: Pick<Group, "ports">,
  endpoints: readonly Endpoint[] | null,
  { now, random }: ControllerContext,
): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: `${service.metadata.name}-${randomSuffix(random)}`,
    generateName: `${service.metadata.name}-`,
    ...(service.metadata.namespace === undefined ? {} : { namespace: service.metadata.namespace }),
    labels: labelsFor(service),
    annotations: { [TRIGGER_TIME]: formatTime(now) },
    ownerReferences: [ownerReference(service)],
  },
  addressType: service.spec.ipFamilies?.[0] ?? "IPv4",
  endpoints,
  ports: endpoints === null ? null : ports,
})

const updated = (
  slice: EndpointSlice,
  service: Service,
  group: Pick<Group, "ports">,
  endpoints: readonly Endpoint[] | null,
  now: number,
): readonly Write[] => {
  const labels = labelsFor(service)
  const ports = endpoints === null ? null : group.ports
  const isSame =
    deepEqual(slice.endpoints, endpoints) && deepEqual(slice.ports, ports) && deepEqual(slice.metadata.labels, labels)
  if (isSame) return []
  const annotations = { ...slice.metadata.annotations, [TRIGGER_TIME]: formatTime(now) }
  return [
    {
      kind: "update",
      resource: "endpointslices",
      object: { ...slice, metadata: { ...slice.metadata, labels, annotations }, endpoints, ports },
    },
  ]
}

const removed = (slice: EndpointSlice): Write => ({
  kind: "remove",
  resource: "endpointslices",
  namespace: slice.metadata.namespace ?? "",
  name: slice.metadata.name,
})

/** Slices that have the group's ports keep their endpoints; new ones go where there is room. */
const reconcileGroup = (
  service: Service,
  group: Group,
  slices: readonly EndpointSlice[],
  context: ControllerContext,
): readonly Write[] => {
  const writes: Write[] = []
  const left = new Map(group.endpoints.map((endpoint) => [podOf(endpoint), endpoint]))
  const kept = slices.map((slice) => {
    const endpoints: Endpoint[] = []
    for (const old of slice.endpoints ?? []) {
      const endpoint = left.get(podOf(old))
      if (endpoint) endpoints.push(endpoint)
      left.delete(podOf(old))
    }
    return { slice, endpoints }
  })
  const fresh = [...left.values()]
  for (const each of kept) each.endpoints.push(...fresh.splice(0, MAX_ENDPOINTS - each.endpoints.length))
  for (const { slice, endpoints } of kept)
    writes.push(...(endpoints.length > 0 ? updated(slice, service, group, endpoints, context.now) : [removed(slice)]))
  while (fresh.length > 0)
    writes.push({
      kind: "create",
      resource: "endpointslices",
      object: newSlice(service, group, fresh.splice(0, MAX_ENDPOINTS), context),
    })
  return writes
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const service = context.view.get("services", namespace, name)
  const slices = context.view
    .list("endpointslices", namespace)
    .filter(
      (slice) =>
        slice.metadata.labels?.["kubernetes.io/service-name"] === name &&
        slice.metadata.labels?.["endpointslice.kubernetes.io/managed-by"] === MANAGER,
    )
  if (!service || !hasEndpoints(service)) return slices.length > 0 ? { writes: slices.map(removed) } : NOTHING
  if (service.metadata.deletionTimestamp) return NOTHING
  const own = slices.filter((slice) => isControlledBy(slice, service))
  const groups = grouped(context.view, service)
  const writes: Write[] = slices.filter((slice) => !own.includes(slice)).map(removed)
  const unused = new Set(own)
  for (const group of groups.values()) {
    const matching = own.filter((slice) => slice.endpoints !== null && deepEqual(slice.ports, group.ports))
    for (const slice of matching) unused.delete(slice)
    // An empty slice is taken over before a new one is made.
    const spare = matching.length === 0 ? [...unused].find((slice) => slice.endpoints === null) : undefined
    if (spare) unused.delete(spare)
    writes.push(...reconcileGroup(service, group, spare ? [spare] : matching, context))
  }
  if (groups.size === 0) {
    const [keep] = own
    if (keep) unused.delete(keep)
    writes.push(
      ...(keep
        ? updated(keep, service, { ports: [] }, null, context.now)
        : [
            {
              kind: "create",
              resource: "endpointslices",
              object: newSlice(service, { ports: [] }, null, context),
            } as const,
          ]),
    )
  }
  writes.push(...[...unused].map(removed))
  return { writes }
}

/** A slice that somebody deleted is made anew. */
const keysOf = (event: StoreEvent, view: ControllerView): readonly string[] => {
  if (event.resource === "endpointslices") {
    const owner = event.object.metadata.ownerReferences?.find((each) => each.kind === "Service")
    return event.type === "DELETED" && owner ? [`${event.object.metadata.namespace}/${owner.name}`] : []
  }
  return concernedServices(event, view)
}

export const endpointSliceController: Controller = { name: "endpointslice", delayMs: 100, keysOf, reconcile }
