import type { ConfigMap, EndpointSlice, Endpoints, KubeObject, Namespace } from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"

export const namespaceObject = (name: string): Namespace => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
  spec: { finalizers: ["kubernetes"] },
  status: { phase: "Active" },
})

export const SYSTEM_NAMESPACES: readonly string[] = ["default", "kube-node-lease", "kube-public", "kube-system"]

/** The first address of the service network. */
const apiServiceIP = (serviceCIDR: string): string => serviceCIDR.replace(/\d+\/\d+$/, "1")

export const apiService = (config: NetworkConfig): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kubernetes", namespace: "default", labels: { component: "apiserver", provider: "kubernetes" } },
  spec: {
    clusterIP: apiServiceIP(config.serviceCIDR),
    ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }],
  },
})

/** Written by the API server itself, not by the controllers. */
export const apiEndpointSlice = (ip: string): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
  addressType: "IPv4",
  endpoints: [{ addresses: [ip], conditions: { ready: true } }],
  ports: [{ name: "https", port: 6443, protocol: "TCP" }],
})

export const apiEndpoints = (ip: string): Endpoints => ({
  apiVersion: "v1",
  kind: "Endpoints",
  metadata: {
    name: "kubernetes",
    namespace: "default",
    labels: { "endpointslice.kubernetes.io/skip-mirror": "true" },
  },
  subsets: [{ addresses: [{ ip }], ports: [{ name: "https", port: 6443, protocol: "TCP" }] }],
})

export const dnsService = (config: NetworkConfig): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    name: "kube-dns",
    namespace: "kube-system",
    labels: { "k8s-app": "kube-dns", "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" },
    annotations: { "prometheus.io/port": "9153", "prometheus.io/scrape": "true" },
  },
  spec: {
    clusterIP: config.dnsServiceIP,
    selector: { "k8s-app": "kube-dns" },
    ports: [
      { name: "dns", port: 53, protocol: "UDP", targetPort: 53 },
      { name: "dns-tcp", port: 53, protocol: "TCP", targetPort: 53 },
      { name: "metrics", port: 9153, protocol: "TCP", targetPort: 9153 },
    ],
  },
})

const probe = (path: string, port: number, more: Readonly<Record<string, number>>) => ({
  httpGet: { path, port, scheme: "HTTP" },
  ...more,
})

/** CoreDNS as kubeadm installs it. */
export const dnsDeployment: KubeObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "coredns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  spec: {
    replicas: 2,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
    selector: { matchLabels: { "k8s-app": "kube-dns" } },
    template: {
      metadata: { labels: { "k8s-app": "kube-dns" } },
      spec: {
        dnsPolicy: "Default",
        priorityClassName: "system-cluster-critical",
        serviceAccountName: "coredns",
        tolerations: [
          { key: "CriticalAddonsOnly", operator: "Exists" },
          { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" },
        ],
        nodeSelector: { "kubernetes.io/os": "linux" },
        containers: [
          {
            name: "coredns",
            image: "registry.k8s.io/coredns/coredns:v1.14.2",
            imagePullPolicy: "IfNotPresent",
            resources: { limits: { memory: "170Mi" }, requests: { cpu: "100m", memory: "70Mi" } },
            args: ["-conf", "/etc/coredns/Corefile"],
            ports: [
              { containerPort: 53, name: "dns", protocol: "UDP" },
              { containerPort: 53, name: "dns-tcp", protocol: "TCP" },
              { containerPort: 9153, name: "metrics", protocol: "TCP" },
              { containerPort: 8080, name: "liveness-probe", protocol: "TCP" },
              { containerPort: 8181, name: "readiness-probe", protocol: "TCP" },
            ],
            livenessProbe: probe("/health", 8080, { initialDelaySeconds: 60, timeoutSeconds: 5, failureThreshold: 5 }),
            readinessProbe: probe("/ready", 8181, {}),
          },
        ],
      },
    },
  },
}

export const corefile = (config: NetworkConfig): ConfigMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "coredns", namespace: "kube-system" },
  data: {
    Corefile: [
      ".:53 {",
      "    errors",
      "    health {",
      "       lameduck 5s",
      "    }",
      "    ready",
      `    kubernetes ${config.clusterDomain} in-addr.arpa ip6.arpa {`,
      "       pods insecure",
      "       fallthrough in-addr.arpa ip6.arpa",
      "       ttl 30",
      "    }",
      "    prometheus :9153",
      "    forward . /etc/resolv.conf {",
      "       max_concurrent 1000",
      "    }",
      "    cache 30 {",
      `       disable success ${config.clusterDomain}`,
      `       disable denial ${config.clusterDomain}`,
      "    }",
      "    loop",
      "    reload",
      "    loadbalance",
      "}",
      "",
    ].join("\n"),
  },
})
