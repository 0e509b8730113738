import {
  compareIPs,
  type EndpointAddress,
  type Endpoints,
  formatTime,
  isPodReady,
  isTerminating,
  type Pod,
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
import { concernedServices, endpointPods, hasEndpoints, targetPortIn } from "./service-pods.ts"

type Subset = NonNullable<Endpoints["subsets"]>[number]

const MAX_ADDRESSES = 1000
const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time"
const MANAGED_BY = "endpoints.kubernetes.io/managed-by"

const addressOf = (service: Service, pod: Pod): EndpointAddress => ({
  ip: pod.status?.podIP ?? "",
  ...(pod.spec.hostname !== undefined && pod.spec.subdomain === service.metadata.name
    ? { hostname: pod.spec.hostname }
    : {}),
  ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
  targetRef: {
    kind: "Pod",
    name: pod.metadata.name,
    namespace: pod.metadata.namespace ?? "",
    uid: pod.metadata.uid ?? "",
  },
})

const portsOf = (service: Service, pod: Pod): Subset["ports"] =>
  (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPortIn(pod, port)
    return number === undefined
      ? []
      : [{ ...(port.name ? { name: port.name } : {}), port: number, protocol: port.protocol ?? "TCP" }]
  })

/** One subset for each set of port numbers, addresses in order (kubernetes `pkg/controller/endpoint`). */
const subsetsOf = (service: Service, pods: readonly Pod[]): readonly Subset[] => {
  const groups = new Map<string, { ports: Subset["ports"]; ready: EndpointAddress[]; notReady: EndpointAddress[] }>()
  for (const pod of pods) {
    const ports = portsOf(service, pod)
    const isPortless = (ports ?? []).length === 0
    if (isPortless && !(service.spec.clusterIP === "None" && (service.spec.ports ?? []).length === 0)) continue
    const key = JSON.stringify(ports)
    const group = groups.get(key) ?? { ports, ready: [], notReady: [] }
    const isReady = isPodReady(pod) || service.spec.publishNotReadyAddresses === true
    ;(isReady ? group.ready : group.notReady).push(addressOf(service, pod))
    groups.set(key, group)
  }
  const sorted = (addresses: EndpointAddress[]) =>
    addresses.sort((a, b) => compareIPs(a.ip, b.ip)).slice(0, MAX_ADDRESSES)
  return [...groups.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length > 0 ? { addresses: sorted(ready) } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: sorted(notReady) } : {}),
    ...(ports && ports.length > 0 ? { ports } : {}),
  }))
}

const reconcile = ({ view, now }: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const service = view.get("services", namespace, name)
  const current = view.get("endpoints", namespace, name)
  if (!service)
    return current?.metadata.labels?.[MANAGED_BY]
      ? { writes: [{ kind: "remove", resource: "endpoints", namespace, name }] }
      : NOTHING
  if (!hasEndpoints(service) || service.metadata.deletionTimestamp) return NOTHING
  const pods = endpointPods(view, service).filter(
    (pod) => !isTerminating(pod) || service.spec.publishNotReadyAddresses === true,
  )
  const subsets = subsetsOf(service, pods)
  const labels = {
    ...service.metadata.labels,
    [MANAGED_BY]: "endpoint-controller",
    ...(service.spec.clusterIP === "None" ? { "service.kubernetes.io/headless": "" } : {}),
  }
  const isSame = current && deepEqual(current.subsets ?? [], subsets) && deepEqual(current.metadata.labels, labels)
  if (isSame) return NOTHING
  const object: Endpoints = {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: {
      ...current?.metadata,
      name,
      namespace,
      labels,
      annotations: { ...current?.metadata.annotations, [TRIGGER_TIME]: formatTime(now) },
    },
    ...(subsets.length > 0 ? { subsets } : {}),
  }
  return { writes: [{ kind: current ? "update" : "create", resource: "endpoints", object }] }
}

export const endpointsController: Controller = {
  name: "endpoints",
  delayMs: 120,
  keysOf: (event, view: ControllerView) => concernedServices(event, view),
  reconcile,
}
