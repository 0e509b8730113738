import type { EndpointSlice, KubeObject, Node, Service } from "@pilotage/kube-model"
import { announcingNode } from "@pilotage/routing-core"
import { type Controller, type ControllerView, keyOf, NOTHING, type Outcome } from "../../engine/controller.ts"
import type { StoreEvent } from "../../store-types.ts"
import { addressesOf, isBalanced } from "./address-block.ts"

const SERVICE_LABEL = "kubernetes.io/service-name"
const EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers"

/** Has a node a speaker that its neighbours hear? */
const speaks = ({ metadata, status }: Node): boolean =>
  !Object.hasOwn(metadata.labels ?? {}, EXCLUDED) &&
  status?.conditions?.find(({ type }) => type === "Ready")?.status === "True"

const slicesOf = (view: ControllerView, service: Service): readonly EndpointSlice[] =>
  view
    .list("endpointslices", service.metadata.namespace ?? "")
    .filter(({ metadata }) => metadata.labels?.[SERVICE_LABEL] === service.metadata.name)

const announcerOf = (
  service: Service | undefined,
  slices: readonly EndpointSlice[],
  nodes: readonly Node[],
): string | undefined => {
  const [ip] = service && isBalanced(service) ? addressesOf(service) : []
  if (!service || ip === undefined) return undefined
  const ready = slices.flatMap(({ endpoints }) =>
    (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false),
  )
  if (ready.length === 0) return undefined
  const places = new Set(ready.map(({ nodeName }) => nodeName))
  const isLocal = service.spec.externalTrafficPolicy === "Local"
  const names = nodes.filter(speaks).map(({ metadata }) => metadata.name)
  return announcingNode(isLocal ? names.filter((name) => places.has(name)) : names, ip)
}

/** A list as it was before an event. */
const before = <T extends KubeObject>(list: readonly T[], { object, previous }: StoreEvent): readonly T[] => [
  ...list.filter((each) => keyOf(each) !== keyOf(object)),
  ...(previous ? [previous as T] : []),
]

const balanced = (view: ControllerView): readonly Service[] =>
  view.list("services").filter((service) => isBalanced(service) && addressesOf(service).length > 0)

/** Services that another node announces since this event, or that one announces at last. */
const moved = (event: StoreEvent, view: ControllerView): readonly Service[] => {
  const nodes = view.list("nodes")
  if (event.resource === "nodes") {
    const earlier = before(nodes, event)
    const speakers = (list: readonly Node[]): string => list.filter(speaks).map(keyOf).sort().join()
    if (speakers(earlier) === speakers(nodes)) return []
    return balanced(view).filter((service) => {
      const slices = slicesOf(view, service)
      return announcerOf(service, slices, nodes) !== announcerOf(service, slices, earlier)
    })
  }
  if (event.resource === "services") {
    const service = event.object as Service
    if (event.type === "DELETED" || !isBalanced(service)) return []
    const slices = slicesOf(view, service)
    const old = announcerOf(event.previous as Service | undefined, slices, nodes)
    return announcerOf(service, slices, nodes) === old ? [] : [service]
  }
  const { namespace = "", labels } = event.object.metadata
  const service = view.get("services", namespace, labels?.[SERVICE_LABEL] ?? "")
  if (!service || !isBalanced(service)) return []
  const slices = slicesOf(view, service)
  const earlier = before(slices, event)
  return announcerOf(service, slices, nodes) === announcerOf(service, earlier, nodes) ? [] : [service]
}

const isConcerned = ({ resource }: StoreEvent): boolean =>
  resource === "services" || resource === "endpointslices" || resource === "nodes"

const reconcile: Controller["reconcile"] = ({ view }, key): Outcome => {
  const [namespace = "", name = ""] = key.split("/")
  const service = view.get("services", namespace, name)
  const node = service && announcerOf(service, slicesOf(view, service), view.list("nodes"))
  if (!service || node === undefined) return NOTHING
  return {
    writes: [],
    reports: [
      {
        about: service,
        type: "Normal",
        reason: "nodeAssigned",
        message: `announcing from node ${JSON.stringify(node)} with protocol "layer2"`,
        component: "metallb-speaker",
      },
    ],
  }
}

/** The speakers of all nodes: says which of them announces an address in layer 2, whenever that changes. Keys: `NAMESPACE/NAME`. */
export const metallbSpeaker: Controller = {
  name: "metallb-speaker",
  delayMs: 100,
  keysOf: (event, view) => (isConcerned(event) ? moved(event, view).map(keyOf) : []),
  reconcile,
}
