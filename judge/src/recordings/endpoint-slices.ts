import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  isPodReady,
  isTerminating,
  type Node,
  type Pod,
  type Service,
  type ServicePort,
  selectsPods,
} from "@pilotage/kube-model"

/** The number behind a targetPort in this pod; undefined when the pod has no port of that name. */
const targetPort = (pod: Pod, port: ServicePort): number | undefined => {
  const target = port.targetPort ?? port.port
  if (typeof target === "number") return target
  const declared = pod.spec.containers.flatMap((each) => each.ports ?? [])
  return declared.find((each) => each.name === target && (each.protocol ?? "TCP") === (port.protocol ?? "TCP"))
    ?.containerPort
}

const portsOf = ({ spec }: Service, pod: Pod): readonly EndpointPort[] =>
  (spec.ports ?? []).flatMap((port) => {
    const number = targetPort(pod, port)
    return number === undefined ? [] : [{ name: port.name ?? "", protocol: port.protocol ?? "TCP", port: number }]
  })

const hintsOf = ({ spec }: Service, zone: string | undefined, node: string): Endpoint["hints"] => {
  if (spec.trafficDistribution === undefined || zone === undefined) return undefined
  return {
    forZones: [{ name: zone }],
    ...(spec.trafficDistribution === "PreferSameNode" ? { forNodes: [{ name: node }] } : {}),
  }
}

const endpointOf = (service: Service, pod: Pod, nodes: readonly Node[]): Endpoint => {
  const serving = isPodReady(pod)
  const terminating = isTerminating(pod)
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating)
  const nodeName = pod.spec.nodeName ?? ""
  const zone = nodes.find((node) => node.metadata.name === nodeName)?.metadata.labels?.["topology.kubernetes.io/zone"]
  const hints = ready ? hintsOf(service, zone, nodeName) : undefined
  return {
    addresses: [pod.status?.podIP ?? ""],
    conditions: { ready, serving, terminating },
    nodeName,
    ...(zone === undefined ? {} : { zone }),
    ...(hints ? { hints } : {}),
    targetRef: { kind: "Pod", name: pod.metadata.name, namespace: pod.metadata.namespace ?? "default" },
  }
}

const sliceOf = (service: Service, number: number, ports: readonly EndpointPort[], endpoints: readonly Endpoint[]) => ({
  apiVersion: "discovery.k8s.io/v1" as const,
  kind: "EndpointSlice" as const,
  metadata: {
    name: `${service.metadata.name}-${number}`,
    namespace: service.metadata.namespace ?? "default",
    labels: {
      "kubernetes.io/service-name": service.metadata.name,
      ...(service.spec.clusterIP === "None" ? { "service.kubernetes.io/headless": "" } : {}),
    },
  },
  addressType: "IPv4" as const,
  endpoints: endpoints.length ? endpoints : null,
  ports: endpoints.length ? ports : null,
})

/**
 * The slices that the controller keeps for a Service with a selector: pods whose target ports have the same numbers share
 * one; without a pod there is one that is empty (kubernetes 1.36 staging/src/k8s.io/endpointslice/reconciler.go).
 */
export const slicesFor = (service: Service, pods: readonly Pod[], nodes: readonly Node[]): readonly EndpointSlice[] => {
  const { selector, type } = service.spec
  if (!selector || type === "ExternalName") return []
  const groups = new Map<string, { readonly ports: readonly EndpointPort[]; readonly endpoints: Endpoint[] }>()
  for (const pod of pods) {
    if (pod.metadata.namespace !== service.metadata.namespace || !selectsPods(selector, pod.metadata.labels)) continue
    const ports = portsOf(service, pod)
    const group = groups.get(JSON.stringify(ports)) ?? { ports, endpoints: [] }
    group.endpoints.push(endpointOf(service, pod, nodes))
    groups.set(JSON.stringify(ports), group)
  }
  if (groups.size === 0) return [sliceOf(service, 1, [], [])]
  return [...groups.values()].map(({ ports, endpoints }, index) => sliceOf(service, index + 1, ports, endpoints))
}
