import { trace } from "../path/trace.ts"
import type { RoutingTable } from "../table/table.ts"
import type { RouteRequest, Trace } from "../trace-types.ts"
import { NODES, origin, pod, service, tableOf, type World } from "./world.ts"

const http = (nodePort?: number) => [{ name: "http", port: 80, targetPort: 8080, ...(nodePort ? { nodePort } : {}) }]

/** The shop: web-1 on node-1 and web-2 on node-2 behind Services of every kind, frontend on node-1, nothing on node-3 but an agent. */
export const shop = {
  nodes: NODES,
  pods: [
    pod("frontend", "10.244.1.10", "frontend"),
    pod("web-1", "10.244.1.11", "web"),
    pod("web-2", "10.244.2.11", "web"),
    pod("lonely", "10.244.2.12", "lonely", { sockets: [{ address: "127.0.0.1", port: 8080, protocol: "TCP" }] }),
    pod("sleepy", "10.244.2.13", "sleepy", {
      ready: false,
      sockets: [{ address: "0.0.0.0", port: 8080, protocol: "TCP" }],
    }),
    pod("probe", "10.244.3.10", "probe", { namespace: "default" }),
    pod("agent", "172.18.0.4", "agent", {
      hostNetwork: true,
      nodeName: "node-3",
      sockets: [{ address: "0.0.0.0", port: 9100, protocol: "TCP" }],
    }),
  ],
  services: [
    service("web", "10.96.0.20"),
    service("web-itp", "10.96.0.21", { internalTrafficPolicy: "Local" }),
    service("web-np", "10.96.0.22", { type: "NodePort", ports: http(30036) }),
    service("web-local", "10.96.0.23", { type: "NodePort", externalTrafficPolicy: "Local", ports: http(30037) }),
    service("web-lb", "10.96.0.24", { type: "LoadBalancer", ports: http(31147) }, { ip: "172.18.255.200" }),
    service(
      "web-lb-local",
      "10.96.0.25",
      { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 32000, ports: http(31148) },
      { ip: "172.18.255.201" },
    ),
    service(
      "web-proxy",
      "10.96.0.26",
      { type: "LoadBalancer", ports: http(31149) },
      { ip: "172.18.255.202", ipMode: "Proxy" },
    ),
    service(
      "web-ranges",
      "10.96.0.27",
      { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"], ports: http(31150) },
      { ip: "172.18.255.203" },
    ),
    service("web-ext", "10.96.0.28", { externalIPs: ["172.18.255.220"] }),
    service("web-sticky", "10.96.0.29", { sessionAffinity: "ClientIP" }),
    service("web-headless", "None"),
    service("agent", "10.96.0.30", {
      type: "NodePort",
      selector: { app: "agent" },
      ports: [{ port: 80, targetPort: 9100, nodePort: 30040 }],
    }),
    service("frontend", "10.96.0.31", { selector: { app: "frontend" } }),
    service("bad-port", "10.96.0.32", { ports: [{ port: 80, targetPort: 9999 }] }),
    service("lonely", "10.96.0.33", { selector: { app: "lonely" } }),
    service("sleepy", "10.96.0.34", { selector: { app: "sleepy" } }),
    service("sleepy-headless", "None", { selector: { app: "sleepy" } }),
    service("typo", "10.96.0.35", { selector: { app: "wbe", tier: "x" } }),
    service("nobody", "10.96.0.36", { selector: { color: "green" }, type: "NodePort", ports: http(30050) }),
    service(
      "nobody-lb",
      "10.96.0.37",
      { selector: { color: "green" }, type: "LoadBalancer", ports: http(31160) },
      { ip: "172.18.255.204" },
    ),
    { ...service("by-hand", "10.96.0.38"), spec: { clusterIP: "10.96.0.38", ports: http() } },
    {
      ...service("alias", ""),
      spec: { type: "ExternalName", externalName: "web.shop.svc.cluster.local" },
    },
    { ...service("alias-nowhere", ""), spec: { type: "ExternalName", externalName: "db.example.com" } },
    { ...service("alias-ip", ""), spec: { type: "ExternalName", externalName: "192.0.2.1" } },
    service("named", "10.96.0.39", { ports: [{ port: 80, targetPort: "http" }] }),
  ],
} satisfies World

/** A request in the shop: `from` as in `origin`, `to` as `host:port`. */
export const ask = (table: RoutingTable, from: string, to: string, more: Partial<RouteRequest> = {}): Trace => {
  const at = to.lastIndexOf(":")
  return trace(table, {
    from: origin(from),
    to: to.slice(0, at),
    port: Number(to.slice(at + 1)),
    protocol: "TCP",
    ...more,
  })
}

export const shopTable = tableOf(shop)
