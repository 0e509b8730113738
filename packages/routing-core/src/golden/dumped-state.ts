import type { EndpointSlice, Service } from "@pilotage/kube-model"
import type { ClusterState, ProxyMode } from "../state.ts"
import iptables from "./dataplane-iptables.json" with { type: "json" }
import { type Recording, recordedState } from "./recorded-world.ts"

const DNS_PORTS = [
  { name: "dns", port: 53, protocol: "UDP" },
  { name: "dns-tcp", port: 53, protocol: "TCP" },
  { name: "metrics", port: 9153, protocol: "TCP" },
] as const

const kubeDNS: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kube-dns", namespace: "kube-system" },
  spec: { clusterIP: "10.96.0.10", ports: DNS_PORTS },
}

const dnsSlice: EndpointSlice = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: "kube-dns-1",
    namespace: "kube-system",
    labels: { "kubernetes.io/service-name": "kube-dns" },
  },
  addressType: "IPv4",
  ports: DNS_PORTS,
  endpoints: ["10.244.0.2", "10.244.0.3"].map((ip) => ({ addresses: [ip], nodeName: "kind-control-plane" })),
}

/**
 * The cluster as it was when the rules of its workers were dumped: that of the iptables recording, with kube-dns, the
 * real health check node port, and the real address of dp2/other.
 */
export const dumpedState = (proxyMode: ProxyMode): ClusterState => {
  const state = recordedState(iptables as Recording, 30772)
  return {
    ...state,
    config: { ...state.config, proxyMode },
    services: [
      ...state.services.map((service) =>
        service.metadata.name === "other"
          ? { ...service, spec: { ...service.spec, clusterIP: "10.96.93.10" } }
          : service,
      ),
      kubeDNS,
    ],
    endpointSlices: [...state.endpointSlices, dnsSlice],
  }
}
