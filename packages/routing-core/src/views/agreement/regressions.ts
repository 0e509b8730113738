import type { ProxyMode } from "../../state.ts"
import { NODES, pod, service, slice, type World } from "../../testing/world.ts"
import type { Origin, RouteRequest } from "../../trace-types.ts"

/** A cluster and a request at which `trace` or `nodeVerdict` once said something else than the nodes' rules. */
export interface Regression {
  /** What is so, as a sentence. */
  readonly name: string
  readonly world: World
  readonly request: RouteRequest
}

const FRONTEND: Origin = { kind: "pod", namespace: "shop", name: "frontend" }
const NODE: Origin = { kind: "node", name: "node-1" }
const PODS = [pod("frontend", "10.244.1.10", "frontend"), pod("web-1", "10.244.1.11", "web")]
const NODE_PORT = [{ name: "http", port: 80, targetPort: 8080, nodePort: 30036 }]
const NOBODY = { app: "nobody" }

const ask = (from: Origin, to: string, port = 80): RouteRequest => ({ from, to, port, protocol: "TCP", picks: [0, 0] })

const nodePort = service("web-np", "10.96.0.22", { type: "NodePort", ports: NODE_PORT })

const six = service("web-six", "fd00:96::20", { clusterIPs: ["fd00:96::20"] })

/** A cluster of both families, whose kube-proxies know the pods' block of one. */
const ONE_BLOCK: World = {
  config: { serviceCIDR: "10.96.0.0/16,fd00:96::/112" },
  nodes: NODES.map((node, index) => ({
    ...node,
    secondIP: `fd00:172::${index + 2}`,
    secondPodCIDR: `fd00:244:0:${index + 1}::/64`,
  })),
  pods: PODS.map((each, index) => ({ ...each, secondIP: `fd00:244:0:1::1${index}` })),
  services: [six],
  slices: [
    {
      ...slice(six, [{ addresses: ["fd00:244:0:1::11"], nodeName: "node-1", conditions: { ready: true } }]),
      addressType: "IPv6",
    },
  ],
}

const filteredTwice = (proxyMode: ProxyMode): World => ({
  config: { proxyMode },
  pods: PODS,
  services: [
    service(
      "web-ranges",
      "10.96.0.27",
      {
        type: "LoadBalancer",
        externalIPs: ["172.18.255.203"],
        loadBalancerSourceRanges: ["203.0.113.0/24"],
        ports: NODE_PORT,
      },
      { ip: "172.18.255.203" },
    ),
  ],
})

export const REGRESSIONS: readonly Regression[] = [
  {
    name: "a local detector without a block of the family tells nobody apart: cluster IP traffic keeps its source",
    world: ONE_BLOCK,
    request: ask(FRONTEND, "fd00:96::20"),
  },
  {
    name: "a load balancer's proxy gets no answer at a node port where --nodeport-addresses has none",
    world: {
      config: { loadBalancer: "proxy", nodePortAddresses: ["192.168.9.0/24"] },
      pods: PODS,
      services: [
        service(
          "web-proxy",
          "10.96.0.26",
          { type: "LoadBalancer", ports: NODE_PORT },
          { ip: "172.18.255.202", ipMode: "Proxy" },
        ),
      ],
    },
    request: ask(FRONTEND, "172.18.255.202"),
  },
  {
    name: "nftables: --nodeport-addresses of the other family only leave node ports open at every address",
    world: {
      config: { proxyMode: "nftables", nodePortAddresses: ["fd00:172::/64"] },
      pods: PODS,
      services: [nodePort],
    },
    request: ask(FRONTEND, "10.244.1.1", 30036),
  },
  {
    name: "nftables: a pod that comes back to itself by another node is not masqueraded there",
    world: {
      config: { proxyMode: "nftables", podMasquerade: "none" },
      pods: PODS,
      services: [
        service("web-local", "10.96.0.23", {
          type: "NodePort",
          externalTrafficPolicy: "Local",
          ports: NODE_PORT,
          selector: { app: "frontend" },
        }),
      ],
    },
    request: ask(FRONTEND, "172.18.0.3", 30036),
  },
  {
    name: "ipvs: a pod that comes back to itself by another node is not masqueraded there",
    world: {
      config: { proxyMode: "ipvs", podMasquerade: "none" },
      pods: PODS,
      services: [
        service("web-local", "10.96.0.23", {
          type: "NodePort",
          externalTrafficPolicy: "Local",
          ports: NODE_PORT,
          selector: { app: "frontend" },
        }),
      ],
    },
    request: ask(FRONTEND, "172.18.0.3", 30036),
  },
  {
    name: "ipvs: without a local detector a node's own traffic to a cluster IP is masqueraded: its source is that address",
    world: {
      config: { proxyMode: "ipvs", localDetector: "none" },
      pods: PODS,
      services: [service("web", "10.96.0.20")],
    },
    request: ask(NODE, "10.96.0.20"),
  },
  {
    name: "ipvs: a node's own packet to a load balancer without endpoints is refused before the source ranges are read",
    world: {
      config: { proxyMode: "ipvs" },
      pods: PODS,
      services: [
        service(
          "nobody",
          "10.96.0.37",
          { type: "LoadBalancer", selector: NOBODY, loadBalancerSourceRanges: ["203.0.113.0/24"], ports: NODE_PORT },
          { ip: "172.18.255.203" },
        ),
      ],
    },
    request: ask(NODE, "172.18.255.203"),
  },
  {
    name: "iptables: source ranges do not hold for a load balancer's address that is an external IP as well",
    world: filteredTwice("iptables"),
    request: ask(FRONTEND, "172.18.255.203"),
  },
  {
    name: "nftables: source ranges hold for a load balancer's address that is an external IP as well",
    world: filteredTwice("nftables"),
    request: ask(FRONTEND, "172.18.255.203"),
  },
  {
    name: "ipvs: source ranges hold for a load balancer's address that is an external IP as well",
    world: filteredTwice("ipvs"),
    request: ask(FRONTEND, "172.18.255.203"),
  },
  {
    name: "ipvs: a health check node port answers at cluster IPs too, which are the node's own addresses",
    world: {
      config: { proxyMode: "ipvs" },
      pods: PODS,
      services: [
        service(
          "web-lb-local",
          "10.96.0.25",
          { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 32000, ports: NODE_PORT },
          { ip: "172.18.255.201" },
        ),
      ],
    },
    request: ask(FRONTEND, "10.96.0.25", 32000),
  },
]
