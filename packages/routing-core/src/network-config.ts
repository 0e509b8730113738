import type { NetworkConfig } from "./state.ts"

/** The address plan of all lessons: kind's defaults, with a load balancer whose address kube-proxy owns. */
export const defaultNetworkConfig: NetworkConfig = {
  proxyMode: "iptables",
  clusterCIDR: "10.244.0.0/16",
  serviceCIDR: "10.96.0.0/16",
  nodeCIDR: "172.18.0.0/16",
  localDetector: "ClusterCIDR",
  masqueradeAll: false,
  nodePortAddresses: [],
  localhostNodePorts: true,
  networkPolicies: "enforced",
  outsideRoutes: [],
  machines: [],
  nodePortRange: { from: 30000, to: 32767 },
  clusterDomain: "cluster.local",
  dnsServiceIP: "10.96.0.10",
  podMasquerade: "non-pod-destinations",
  loadBalancer: "vip",
  unknownAddress: "drop",
  curlVersion: "7.88.1",
}
