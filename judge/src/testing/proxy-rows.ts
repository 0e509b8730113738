/** A world of one Service with one remote endpoint, as the proxy case files write it. */
export const proxyWorld = (mode: "iptables" | "nftables") => ({
  id: "small",
  mode,
  config: {
    ipFamily: "IPv4",
    nodeName: "test-node",
    hostname: "test-node",
    nodeIP: "192.168.0.2",
    localIPs: ["192.168.0.2", "192.168.99.11", "127.0.0.1", "2001:db8::1"],
    localDetector: "ClusterCIDR",
    clusterCIDR: "10.0.0.0/8",
    masqueradeAll: false,
    nodePortAddresses: mode === "iptables" ? ["0.0.0.0/0"] : ["192.168.0.2/32"],
    nodeLabels: {},
    localhostNodePorts: true,
    serviceCIDRs: ["172.30.0.0/16"],
  },
  services: [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "svc1", namespace: "ns1" },
      spec: { type: "NodePort", clusterIP: "172.30.0.41", ports: [{ name: "p80", port: 80, nodePort: 3001 }] },
    },
  ],
  endpointSlices: [
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "svc1-1", namespace: "ns1", labels: { "kubernetes.io/service-name": "svc1" } },
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.180.0.1"], nodeName: "node2" }],
      ports: [{ name: "p80", port: 8080 }],
    },
  ],
})

export const FLOWS = [
  ["10.0.0.2", "TCP", "172.30.0.41", 80, "10.180.0.1:8080", false],
  ["203.0.113.2", "TCP", "192.168.0.2", 3001, "10.180.0.1:8080", true],
  ["10.180.0.1", "TCP", "172.30.0.41", 80, "10.180.0.1:8080", true],
  ["10.0.0.2", "TCP", "203.0.113.9", 80, "", false],
]
