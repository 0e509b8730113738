import type { EndpointSlice, Pod, Service, ServiceSpec } from "@pilotage/kube-model"
import type { ClusterState, ListeningSocket, ProxyMode } from "../state.ts"
import { stateFromObjects } from "../state-from-objects.ts"

/** The cluster in which a data plane recording was made: addresses are the recording's, objects those of its manifest. */
export interface Recording {
  readonly mode: string
  readonly nodes: Readonly<Record<string, string>>
  readonly pods: Readonly<Record<string, string>>
  readonly clusterIPs: Readonly<Record<string, string>>
  readonly nodePorts: Readonly<Record<string, number>>
  readonly lbIPs: Readonly<Record<string, string>>
  readonly rows: readonly (readonly unknown[])[]
}

const WEB = { app: "web" }
const SPECS: Readonly<Record<string, Partial<ServiceSpec>>> = {
  cip: { selector: WEB },
  "cip-itpl": { selector: WEB, internalTrafficPolicy: "Local" },
  np: { selector: WEB, type: "NodePort" },
  "np-local": { selector: WEB, type: "NodePort", externalTrafficPolicy: "Local" },
  "np-itpl": { selector: WEB, type: "NodePort", internalTrafficPolicy: "Local" },
  lb: { selector: WEB, type: "LoadBalancer" },
  "lb-local": { selector: WEB, type: "LoadBalancer", externalTrafficPolicy: "Local" },
  "lb-pending": { selector: WEB, type: "LoadBalancer" },
  headless: { selector: WEB, clusterIP: "None" },
  extname: { type: "ExternalName", externalName: "cip.dp.svc.cluster.local" },
  "extname-out": { type: "ExternalName", externalName: "does-not-exist.invalid" },
  noep: { selector: { app: "nobody" }, type: "NodePort" },
  "noep-local": { selector: { app: "nobody" }, type: "NodePort", externalTrafficPolicy: "Local" },
  badport: { selector: WEB, ports: [{ port: 80, targetPort: 9999 }] },
  lonely: { selector: { app: "lonely" } },
  nosel: {},
  sticky: { selector: WEB, sessionAffinity: "ClientIP" },
  extip: { selector: WEB, externalIPs: ["172.18.255.220"] },
  "eighty-eighty": { selector: WEB, ports: [{ port: 8080, targetPort: 8080 }] },
}

const POD_CIDRS: Readonly<Record<string, string>> = {
  "kind-control-plane": "10.244.0.0/24",
  "kind-worker": "10.244.2.0/24",
  "kind-worker2": "10.244.1.0/24",
}

const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "web-0": WEB,
  "web-1": WEB,
  lonely: { app: "lonely" },
}

const pod = (name: string, ip: string, nodeName: string, hostNetwork = false): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "dp", labels: LABELS[name] ?? {} },
  spec: { containers: [], nodeName, hostNetwork },
  status: { phase: "Running", podIP: ip, conditions: [{ type: "Ready", status: "True" }] },
})

const service = (namespace: string, name: string, spec: ServiceSpec, lbIP?: string): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace },
  spec,
  status: { loadBalancer: lbIP ? { ingress: [{ ip: lbIP }] } : {} },
})

const slice = (
  namespace: string,
  name: string,
  port: { readonly name: string; readonly port: number },
  endpoints: NonNullable<EndpointSlice["endpoints"]>,
): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: `${name}-1`, namespace, labels: { "kubernetes.io/service-name": name } },
  addressType: "IPv4",
  endpoints,
  ports: [{ ...port, protocol: "TCP" }],
})

export const recordedState = (recording: Recording, healthCheckNodePort: number): ClusterState => {
  const running = Object.entries(recording.pods).filter(([name]) => !name.startsWith("gone"))
  const pods = running.map(([name, ip]) => pod(name, ip, name === "client-b" ? "kind-worker2" : "kind-worker"))
  const services = Object.entries(SPECS).map(([name, spec]) =>
    service(
      "dp",
      name,
      {
        ports: [
          {
            name: "http",
            port: 80,
            targetPort: 8080,
            ...(recording.nodePorts[name] ? { nodePort: recording.nodePorts[name] } : {}),
          },
        ],
        clusterIP: recording.clusterIPs[name] ?? "",
        ...(name === "lb-local" ? { healthCheckNodePort } : {}),
        ...spec,
      },
      recording.lbIPs[name],
    ),
  )
  const slices = services.flatMap(({ metadata: { name }, spec }) => {
    const selected = pods.filter(
      (each) => spec.selector?.app !== undefined && each.metadata.labels?.app === spec.selector.app,
    )
    const port = spec.ports?.[0]
    return [
      slice(
        "dp",
        name,
        { name: port?.name ?? "", port: Number(port?.targetPort) },
        selected.map((each) => ({
          addresses: [each.status?.podIP ?? ""],
          conditions: { ready: true, serving: true, terminating: false },
          nodeName: each.spec.nodeName ?? "",
          targetRef: { kind: "Pod", name: each.metadata.name, namespace: "dp" },
        })),
      ),
    ]
  })
  const open = [{ address: "0.0.0.0", port: 8080, protocol: "TCP" }] as const
  return stateFromObjects({
    config: { proxyMode: recording.mode as ProxyMode },
    nodes: Object.entries(recording.nodes).map(([name, address]) => ({
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        labels: name === "kind-control-plane" ? { "node.kubernetes.io/exclude-from-external-load-balancers": "" } : {},
      },
      spec: { podCIDR: POD_CIDRS[name] ?? "" },
      status: { addresses: [{ type: "InternalIP", address }] },
    })),
    pods: [...pods, pod("client-h", recording.nodes["kind-worker2"] ?? "", "kind-worker2", true)],
    services: [
      ...services,
      service("dp2", "other", {
        clusterIP: "10.96.77.77",
        selector: { app: "other" },
        ports: [{ name: "80-8080", port: 80, targetPort: 8080 }],
      }),
      service("default", "kubernetes", {
        clusterIP: "10.96.0.1",
        ports: [{ name: "https", port: 443, targetPort: 6443 }],
      }),
    ],
    endpointSlices: [
      ...slices,
      slice("default", "kubernetes", { name: "https", port: 6443 }, [
        { addresses: [recording.nodes["kind-control-plane"] ?? ""], conditions: { ready: true } },
      ]),
    ],
    sockets: new Map<string, readonly ListeningSocket[]>([
      ...["web-0", "web-1", "lonely"].map((name) => [`dp/${name}`, open] as const),
      ...["client-a", "client-b", "client-h"].map((name) => [`dp/${name}`, []] as const),
    ]),
  })
}
