import type { EndpointSlice, Node, Pod, Service } from "@pilotage/kube-model"
import { compile, defaultNetworkConfig, type RoutingTable, stateFromObjects } from "@pilotage/routing-core"
import { CaseFileError } from "../case-file.ts"
import { slicesFor } from "./endpoint-slices.ts"
import type { Manifests } from "./manifests.ts"
import type { Meta } from "./meta.ts"
import { isEverReady, socketsOf, socketsServed } from "./sockets.ts"

/** What was different from the manifests when a try was made. Names of pods, and of nodes. */
export interface Situation {
  readonly gone: ReadonlySet<string>
  readonly terminating: ReadonlySet<string>
  /** Their labels were changed: they run, and no Service selects them. */
  readonly relabelled: ReadonlySet<string>
  /** Not ready because their node was not heard of for too long. */
  readonly unready: ReadonlySet<string>
  readonly stoppedNodes: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

export const ALL_IS_WELL: Situation = {
  gone: none,
  terminating: none,
  relabelled: none,
  unready: none,
  stoppedNodes: none,
}

const SERVICE_CIDR = "10.96.0.0/16"
const CLUSTER_CIDR = "10.244.0.0/16"
const KUBERNETES_IP = "10.96.0.1"
const API_SERVER_PORT = 6443
const CONTROL_PLANE = /control-plane/

const block = (ip: string, bits: 16 | 24): string =>
  `${ip
    .split(".")
    .slice(0, bits / 8)
    .join(".")}${".0".repeat(4 - bits / 8)}/${bits}`

/** Every node has a /24 of the pod network: the one that its pods are in, or the first that is free. */
const podCIDRs = (meta: Meta, { pods }: Manifests): ReadonlyMap<string, string> => {
  const blocks = new Map<string, string>()
  for (const pod of pods) {
    const ip = meta.pods[pod.metadata.name]
    if (ip !== undefined && !pod.spec.hostNetwork && pod.spec.nodeName) blocks.set(pod.spec.nodeName, block(ip, 24))
  }
  for (const node of Object.keys(meta.nodes)) {
    if (blocks.has(node)) continue
    const taken = new Set(blocks.values())
    const free = Array.from({ length: 256 }, (_, third) => `10.244.${third}.0/24`).find((each) => !taken.has(each))
    if (free !== undefined) blocks.set(node, free)
  }
  return blocks
}

const nodesOf = (meta: Meta, manifests: Manifests): readonly Node[] => {
  const blocks = podCIDRs(meta, manifests)
  return Object.entries(meta.nodes).map(([name, address]) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        ...(meta.zones[name] === undefined ? {} : { "topology.kubernetes.io/zone": meta.zones[name] }),
        ...(CONTROL_PLANE.test(name) ? { "node.kubernetes.io/exclude-from-external-load-balancers": "" } : {}),
      },
    },
    spec: { podCIDR: blocks.get(name) ?? "" },
    status: { addresses: [{ type: "InternalIP", address }] },
  }))
}

const podIn = (meta: Meta, situation: Situation, pod: Pod): Pod => {
  const { name, labels } = pod.metadata
  const node = pod.spec.nodeName ?? ""
  const ip = pod.spec.hostNetwork ? meta.nodes[node] : meta.pods[name]
  const ready = isEverReady(pod) && !situation.unready.has(name)
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: situation.relabelled.has(name) ? {} : (labels ?? {}),
      ...(situation.terminating.has(name) ? { deletionTimestamp: "2000-01-01T00:00:00Z" } : {}),
    },
    status: {
      phase: "Running",
      ...(ip === undefined ? {} : { podIP: ip }),
      conditions: [{ type: "Ready", status: ready ? "True" : "False" }],
    },
  }
}

const serviceIn = (meta: Meta, namespace: string, service: Service): Service => {
  const { name } = service.metadata
  const known = service.metadata.namespace === namespace
  const clusterIP = service.spec.clusterIP ?? (known ? meta.clusterIPs[name] : undefined)
  const nodePort = known ? meta.nodePorts[name] : undefined
  const healthCheck = meta.healthCheckNodePorts[name]
  const ip = service.spec.type === "LoadBalancer" ? meta.lbIPs[name] : undefined
  // The recordings say one node port a Service: TCP and UDP of one number share it.
  const ports = service.spec.ports?.map((port) => (nodePort ? { ...port, nodePort } : port))
  return {
    ...service,
    spec: {
      ...service.spec,
      ...(ports ? { ports } : {}),
      ...(clusterIP ? { clusterIP } : {}),
      ...(healthCheck && known ? { healthCheckNodePort: healthCheck } : {}),
    },
    status: { loadBalancer: ip === undefined ? {} : { ingress: [{ ip, ipMode: proxyMode(name) }] } },
  }
}

/** The recordings patched ipMode Proxy into the status of the Services that are named for it. */
const proxyMode = (name: string): "VIP" | "Proxy" => (/\bproxy\b/.test(name) ? "Proxy" : "VIP")

/** Services that the recordings use and their manifests do not name get an address that nobody else has. */
const withClusterIP = (services: readonly Service[]): readonly Service[] => {
  const taken = new Set(services.map((each) => each.spec.clusterIP))
  let last = 0
  return services.map((service) => {
    if (service.spec.clusterIP !== undefined || service.spec.type === "ExternalName") return service
    do last += 1
    while (taken.has(`10.96.254.${last}`))
    return { ...service, spec: { ...service.spec, clusterIP: `10.96.254.${last}` } }
  })
}

/** What every cluster has: the Service of its API server, with the control plane's address. */
const apiServer = (meta: Meta): { readonly service: Service; readonly slice: EndpointSlice } => ({
  service: {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kubernetes", namespace: "default" },
    spec: { clusterIP: KUBERNETES_IP, ports: [{ name: "https", port: 443, targetPort: API_SERVER_PORT }] },
  },
  slice: {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
    addressType: "IPv4",
    endpoints: Object.entries(meta.nodes)
      .filter(([name]) => CONTROL_PLANE.test(name))
      .map(([, address]) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: "https", protocol: "TCP", port: API_SERVER_PORT }],
  },
})

/** `172.19.255.224/27 via rec-worker2, 172.19.255.241 via rec-worker`; the longest prefix first. */
const outsideRoutes = (meta: Meta): readonly { readonly to: string; readonly via: string }[] => {
  const nodeAt = (ip: string): string => Object.entries(meta.nodes).find(([, address]) => address === ip)?.[0] ?? ip
  const perService = Object.entries(meta["lb route from outside"]).flatMap(([service, via]) => {
    const to = meta.lbIPs[service]
    return to === undefined ? [] : [{ to: `${to}/32`, via: nodeAt(via) }]
  })
  const told = [...(meta.outside?.["route to lb addresses"] ?? "").matchAll(/([\d.]+)(\/\d+)? via ([^\s,]+)/g)].map(
    ([, ip, bits = "/32", via = ""]) => ({ to: `${ip}${bits}`, via: nodeAt(via) }),
  )
  const bits = ({ to }: { readonly to: string }): number => Number(to.split("/")[1])
  return [...perService, ...told].sort((one, other) => bits(other) - bits(one))
}

/** The cluster of a recording at one moment, ready for questions. */
export const tableOf = (file: string, meta: Meta, manifests: Manifests, situation: Situation): RoutingTable => {
  const nodes = nodesOf(meta, manifests)
  const pods = manifests.pods
    .filter((pod) => !situation.gone.has(pod.metadata.name))
    .map((pod) => podIn(meta, situation, pod))
  const services = withClusterIP(manifests.services.map((service) => serviceIn(meta, manifests.namespace, service)))
  const api = apiServer(meta)
  const state = stateFromObjects({
    config: {
      ...defaultNetworkConfig,
      proxyMode: meta.mode,
      clusterCIDR: CLUSTER_CIDR,
      serviceCIDR: SERVICE_CIDR,
      nodeCIDR: block(Object.values(meta.nodes)[0] ?? "172.18.0.0", 16),
      loadBalancer: meta.loadBalancer,
      outsideRoutes: outsideRoutes(meta),
      machines: meta.outside
        ? [{ name: meta.outside.hostname, ip: meta.outside.ip, sockets: socketsServed(meta.outside.serves) }]
        : [],
      curlVersion: /curl ([\d.]+)/.exec(meta.curl)?.[1] ?? defaultNetworkConfig.curlVersion,
    },
    nodes,
    pods,
    services: [...services, api.service],
    endpointSlices: [
      ...services.flatMap((service) => slicesFor(service, pods, nodes)),
      ...manifests.endpointSlices,
      api.slice,
    ],
    sockets: new Map(pods.map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, socketsOf(pod)])),
    stoppedNodes: situation.stoppedNodes,
  })
  const table = compile(state)
  if (!table.ok) throw new CaseFileError(file, 1, `${table.error.path}: ${table.error.message}`)
  return table.value
}
