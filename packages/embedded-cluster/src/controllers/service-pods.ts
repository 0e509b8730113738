import {
  isPodReady,
  isPodTerminal,
  isTerminating,
  type Pod,
  type Service,
  type ServicePort,
  selectsPods,
} from "@pilotage/kube-model"
import { type ControllerView, keyOf } from "../engine/controller.ts"
import type { StoreEvent } from "../store-types.ts"

/** Does the control plane keep endpoints for this Service? Not without a selector, not for ExternalName. */
export const hasEndpoints = (service: Service): boolean =>
  service.spec.selector !== undefined &&
  Object.keys(service.spec.selector).length > 0 &&
  service.spec.type !== "ExternalName"

/** A pod that has an address and has not ended, whether it is ready or on its way out (`util` ShouldPodBeInEndpoints). */
export const canBeEndpoint = (pod: Pod): boolean =>
  !isPodTerminal(pod) && Boolean(pod.status?.podIP || pod.status?.podIPs?.length)

/** Selected pods that can be an endpoint. In order of names. */
export const endpointPods = (view: ControllerView, service: Service): readonly Pod[] =>
  view
    .list("pods", service.metadata.namespace ?? "")
    .filter((pod) => selectsPods(service.spec.selector, pod.metadata.labels) && canBeEndpoint(pod))

/** The number behind a targetPort in this pod; undefined when it has no port of that name (endpointslice `util.FindPort`). */
export const targetPortIn = (pod: Pod, port: ServicePort): number | undefined => {
  const target = port.targetPort ?? port.port
  if (typeof target === "number") return target === 0 ? port.port : target
  const protocol = port.protocol ?? "TCP"
  const sidecars = (pod.spec.initContainers ?? []).filter((each) => each.restartPolicy === "Always")
  for (const container of [...pod.spec.containers, ...sidecars])
    for (const each of container.ports ?? [])
      if (each.name === target && (each.protocol ?? "TCP") === protocol) return each.containerPort
  return undefined
}

/** Everything about a pod that an endpoint shows. */
const changesEndpoints = (pod: Pod, previous: Pod): boolean =>
  pod.status?.podIP !== previous.status?.podIP ||
  isPodReady(pod) !== isPodReady(previous) ||
  isTerminating(pod) !== isTerminating(previous) ||
  isPodTerminal(pod) !== isPodTerminal(previous) ||
  pod.metadata.labels !== previous.metadata.labels ||
  pod.spec.hostname !== previous.spec.hostname

/** Keys of the Services that select a pod. */
export const servicesOf = ({ metadata }: Pod, view: ControllerView): readonly string[] =>
  view
    .list("services", metadata.namespace ?? "")
    .filter((service) => selectsPods(service.spec.selector, metadata.labels))
    .map(keyOf)

/** Services whose endpoints a change may touch. */
export const concernedServices = (event: StoreEvent, view: ControllerView): readonly string[] => {
  if (event.resource === "services") return [keyOf(event.object)]
  if (event.resource !== "pods") return []
  const pod = event.object as Pod
  const previous = event.previous as Pod | undefined
  if (event.type === "ADDED" && !pod.status?.podIP) return []
  if (event.type === "MODIFIED" && previous && !changesEndpoints(pod, previous)) return []
  const before = previous && previous.metadata.labels !== pod.metadata.labels ? servicesOf(previous, view) : []
  return [...new Set([...servicesOf(pod, view), ...before])]
}
