/** A dump of a small running cluster, as `kubectl get … -o json` writes it: two nodes, two web pods, a client. */
const node = (name: string, address: string, podCIDR: string) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name },
  spec: { podCIDR, podCIDRs: [podCIDR] },
  status: {
    addresses: [
      { type: "InternalIP", address },
      { type: "Hostname", address: name },
    ],
  },
})

const pod = (
  name: string,
  podIP: string,
  nodeName: string,
  hostIP: string,
  labels: Readonly<Record<string, string>>,
) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name,
    namespace: "shop",
    uid: `uid-${name}`,
    creationTimestamp: "2026-01-05T09:00:00Z",
    labels: { ...labels, "pod-template-hash": "5d8" },
    ownerReferences: [
      { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${labels.app}-5d8`, uid: "u", controller: true },
    ],
  },
  spec: {
    nodeName,
    containers: [{ name: "main", image: "ghcr.io/shop/web:7", ports: [{ name: "http", containerPort: 8080 }] }],
  },
  status: {
    phase: "Running",
    podIP,
    podIPs: [{ ip: podIP }],
    hostIP,
    conditions: [{ type: "Ready", status: "True" }],
  },
})

export const shopNodes = [node("one", "192.168.7.1", "10.50.0.0/24"), node("two", "192.168.7.2", "10.50.1.0/24")]

export const shopPods = [
  pod("web-5d8-a", "10.50.0.4", "one", "192.168.7.1", { app: "web" }),
  pod("web-5d8-b", "10.50.1.4", "two", "192.168.7.2", { app: "web" }),
  pod("client-5d8-c", "10.50.0.5", "one", "192.168.7.1", { app: "client" }),
]

/** CoreDNS, without which no name resolves. */
export const shopDns = {
  ...pod("coredns-5d8-d", "10.50.1.9", "two", "192.168.7.2", { "k8s-app": "kube-dns", app: "coredns" }),
  metadata: { name: "coredns-5d8-d", namespace: "kube-system", uid: "uid-dns", labels: { "k8s-app": "kube-dns" } },
}

export const shopServices = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kubernetes", namespace: "default" },
    spec: { clusterIP: "10.60.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kube-dns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
    spec: {
      clusterIP: "10.60.0.53",
      selector: { "k8s-app": "kube-dns" },
      ports: [{ name: "dns", port: 53, protocol: "UDP" }],
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      type: "NodePort",
      clusterIP: "10.60.7.7",
      clusterIPs: ["10.60.7.7"],
      selector: { app: "web" },
      ports: [{ name: "http", port: 8000, targetPort: "http", nodePort: 30100, protocol: "TCP" }],
    },
  },
]

export const shopSlices = [
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-x", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    endpoints: shopPods.slice(0, 2).map(({ metadata, spec, status }) => ({
      addresses: [status.podIP],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: spec.nodeName,
      targetRef: { kind: "Pod", name: metadata.name, namespace: "shop" },
    })),
  },
]

export const shopDnsSlice = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "kube-dns-x", namespace: "kube-system", labels: { "kubernetes.io/service-name": "kube-dns" } },
  addressType: "IPv4",
  ports: [{ name: "dns", port: 53, protocol: "UDP" }],
  endpoints: [{ addresses: [shopDns.status.podIP], conditions: { ready: true }, nodeName: "two" }],
}

export const listOf = (...items: readonly unknown[]): string =>
  JSON.stringify({ apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" }, items }, null, 4)

export const shopDump = listOf(...shopNodes, ...shopPods, shopDns, ...shopServices, ...shopSlices, shopDnsSlice)
