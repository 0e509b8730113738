/** An object of the check, as kubectl reads it. */
export type CheckObject = Readonly<Record<string, unknown>>

/** Where the pods of the check go: `near` has the backends of the Local Services, `far` has none of them. */
export interface CheckNodes {
  readonly near: string
  readonly far: string
  readonly all: readonly string[]
}

/** The port on nodes that a pod in the host's network listens on. */
export const HOST_PORT = 28080
export const EXTERNAL_IP = "198.51.100.77"
/** The label of all that the check makes; it deletes nothing without it. */
export const CHECK_LABEL = "pilotage.check"

interface PodOptions {
  readonly node: string
  readonly app?: string
  readonly port?: number
  /** False: a readiness probe asks where nobody answers. */
  readonly ready?: boolean
  readonly hostNetwork?: boolean
}

/** A pod of agnhost, which answers /hostname and /clientip, and has curl. */
const pod = (image: string, name: string, { node, app, port = 8080, ready = true, hostNetwork }: PodOptions) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels: { [CHECK_LABEL]: "true", ...(app ? { app } : {}) } },
  spec: {
    nodeName: node,
    terminationGracePeriodSeconds: 0,
    tolerations: [{ operator: "Exists" }],
    ...(hostNetwork ? { hostNetwork, dnsPolicy: "Default" } : {}),
    containers: [
      {
        name: "agnhost",
        image,
        imagePullPolicy: "IfNotPresent",
        args: hostNetwork && !app ? ["pause"] : ["netexec", `--http-port=${port}`, "--udp-port=-1"],
        ...(app || !hostNetwork ? { ports: [{ name: "http", containerPort: port }] } : {}),
        ...(ready ? {} : { readinessProbe: { tcpSocket: { port: 9 }, periodSeconds: 2 } }),
      },
    ],
  },
})

const service = (name: string, app: string | undefined, spec: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, labels: { [CHECK_LABEL]: "true" } },
  spec: { ...(app ? { selector: { app } } : {}), ports: [{ port: 80, targetPort: "http" }], ...spec },
})

/** The name of the client in the network of a node. */
export const nodeClientName = (node: string): string => `on-${node.replaceAll(".", "-")}`

const pods = (image: string, { near, far, all }: CheckNodes): readonly CheckObject[] => [
  pod(image, "web-0", { node: near, app: "web" }),
  pod(image, "web-1", { node: near, app: "web" }),
  // One name, another port in each pod.
  pod(image, "api-0", { node: near, app: "api", port: 8080 }),
  pod(image, "api-1", { node: far, app: "api", port: 8081 }),
  pod(image, "half-0", { node: near, app: "half" }),
  pod(image, "half-1", { node: far, app: "half", ready: false }),
  pod(image, "lazy-0", { node: far, app: "lazy", ready: false }),
  pod(image, "denied-0", { node: far, app: "denied" }),
  pod(image, "host-0", { node: far, app: "host", port: HOST_PORT, hostNetwork: true }),
  pod(image, "client-near", { node: near }),
  pod(image, "client-far", { node: far }),
  ...all.map((node) => pod(image, nodeClientName(node), { node, hostNetwork: true })),
]

const services: readonly CheckObject[] = [
  service("cip", "web"),
  service("cip-local", "web", { internalTrafficPolicy: "Local" }),
  service("api", "api"),
  service("wrong-port", "web", { ports: [{ port: 80, targetPort: 9999 }] }),
  service("wrong-name", "web", { ports: [{ port: 80, targetPort: "htpp" }] }),
  service("nobody", "nobody", { type: "NodePort" }),
  service("half", "half"),
  service("lazy", "lazy"),
  service("lazy-published", "lazy", { publishNotReadyAddresses: true }),
  service("denied", "denied"),
  service("host", "host"),
  service("sticky", "api", { sessionAffinity: "ClientIP" }),
  service("headless", "web", { clusterIP: "None", ports: [{ port: 8080 }] }),
  service("headless-mapped", "web", { clusterIP: "None", ports: [{ port: 80, targetPort: 8080 }] }),
  service("manual", undefined),
  service("extip", "web", { externalIPs: [EXTERNAL_IP] }),
  service("np", "api", { type: "NodePort" }),
  service("np-local", "web", { type: "NodePort", externalTrafficPolicy: "Local" }),
  service("lb", "api", { type: "LoadBalancer" }),
  service("lb-local", "web", { type: "LoadBalancer", externalTrafficPolicy: "Local" }),
  service("lb-ranges", "web", { type: "LoadBalancer", loadBalancerSourceRanges: ["192.0.2.0/24"] }),
  service("lb-bare", "web", { type: "LoadBalancer", allocateLoadBalancerNodePorts: false }),
  service("alias", undefined, {
    type: "ExternalName",
    externalName: "cip.default.svc.cluster.local",
    ports: undefined,
  }),
  service("alias-nowhere", undefined, { type: "ExternalName", externalName: "nowhere.invalid", ports: undefined }),
]

const policies: readonly CheckObject[] = [
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "denied", labels: { [CHECK_LABEL]: "true" } },
    spec: { podSelector: { matchLabels: { app: "denied" } }, policyTypes: ["Ingress"], ingress: [] },
  },
]

/** Everything of the check but its namespace: pods for clients and backends, Services that work and that do not. */
export const checkObjects = (image: string, namespace: string, nodes: CheckNodes): readonly CheckObject[] =>
  [...pods(image, nodes), ...services, ...policies].map((object) =>
    JSON.parse(JSON.stringify(object).replaceAll("cip.default.svc", `cip.${namespace}.svc`)),
  )
