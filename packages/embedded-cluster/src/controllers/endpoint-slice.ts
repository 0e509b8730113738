import { type EndpointSlice, formatTime, type Pod, randomSuffix, type Service } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  splitKey,
} from "../engine/controller.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import { MANAGED_BY, SERVICE_NAME } from "./endpoint-slice-content.ts"
import { MANAGER, planSlices } from "./endpoint-slice-plan.ts"
import { concernedServices, endpointPods, hasEndpoints, servicesOf } from "./service-pods.ts"
import { wantsTopologyHints } from "./topology-hints.ts"

const MAX_ENDPOINTS = 100
const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time"

/** As it is stored: lists without anything in them are null there. */
const stamped = (slice: EndpointSlice, name: string, now: number): EndpointSlice => ({
  ...slice,
  metadata: {
    ...slice.metadata,
    name,
    annotations: { ...slice.metadata.annotations, [TRIGGER_TIME]: formatTime(now) },
  },
  endpoints: slice.endpoints?.length ? slice.endpoints : null,
  ports: slice.ports?.length ? slice.ports : null,
})

const removed = (slice: EndpointSlice): Write => ({
  kind: "remove",
  resource: "endpointslices",
  namespace: slice.metadata.namespace ?? "",
  name: slice.metadata.name,
})

const writesFor = (
  service: Service,
  slices: readonly EndpointSlice[],
  context: ControllerContext,
): readonly Write[] => {
  const { view, now, random } = context
  const plan = planSlices({
    service,
    slices,
    pods: endpointPods(view, service),
    nodes: wantsTopologyHints(service) ? view.list("nodes") : [],
    nodeOf: (name) => view.get("nodes", "", name),
    maxEndpoints: MAX_ENDPOINTS,
    usesTopology: true,
  })
  return [
    ...plan.create.map((slice): Write => {
      const name = `${slice.metadata.generateName}${randomSuffix(random)}`
      return { kind: "create", resource: "endpointslices", object: stamped(slice, name, now) }
    }),
    ...plan.update.map(
      (slice): Write => ({
        kind: "update",
        resource: "endpointslices",
        object: stamped(slice, slice.metadata.name, now),
      }),
    ),
    ...plan.remove.map(removed),
  ]
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const service = context.view.get("services", namespace, name)
  const slices = context.view
    .list("endpointslices", namespace)
    .filter(
      ({ metadata: { labels, deletionTimestamp } }) =>
        labels?.[SERVICE_NAME] === name && labels?.[MANAGED_BY] === MANAGER && deletionTimestamp === undefined,
    )
  if (!service) return slices.length > 0 ? { writes: slices.map(removed) } : NOTHING
  // A Service that loses its selector leaves its slices to whoever keeps its endpoints now.
  if (!hasEndpoints(service)) return NOTHING
  return { writes: writesFor(service, slices, context) }
}

/** Services that a node matters to: those with pods on it, and those that divide their endpoints between zones. */
const servicesOnNode = (name: string, view: ControllerView): readonly string[] => [
  ...view.podsOnNode(name).flatMap((pod: Pod) => servicesOf(pod, view)),
  ...view.list("services").filter(wantsTopologyHints).map(keyOf),
]

/** A slice that somebody deleted is made anew; a node may bring pods in that waited for it. */
const keysOf = (event: StoreEvent, view: ControllerView): readonly string[] => {
  if (event.resource === "endpointslices") {
    const owner = event.object.metadata.ownerReferences?.find((each) => each.kind === "Service")
    return event.type === "DELETED" && owner ? [`${event.object.metadata.namespace}/${owner.name}`] : []
  }
  if (event.resource === "nodes" && event.type === "ADDED") return servicesOnNode(event.object.metadata.name, view)
  return concernedServices(event, view)
}

export const endpointSliceController: Controller = { name: "endpointslice", delayMs: 100, keysOf, reconcile }
