import type { JsonValue } from "@pilotage/kube-model"
import type { RouteRequest } from "../trace-types.ts"
import type { OddWorld } from "./odd-world.ts"

/** What once went wrong, made as small as it goes. */
export interface Regression {
  readonly name: string
  readonly world: Partial<OddWorld>
  readonly requests: readonly RouteRequest[]
}

const node: JsonValue = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node-1" },
  spec: { podCIDR: "10.244.1.0/24" },
  status: { addresses: [{ type: "InternalIP", address: "172.18.0.2" }] },
}

const pod = (spec: JsonValue, status: JsonValue): JsonValue => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web-0", namespace: "shop" },
  spec,
  status,
})

const client = pod({ nodeName: "node-1", containers: [] }, { podIP: "10.244.1.5" })

const service = (spec: JsonValue, status: JsonValue = {}): JsonValue => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec,
  status,
})

const ask = (to: string, port = 80): RouteRequest => ({
  from: { kind: "pod", namespace: "shop", name: "web-0" },
  to,
  port,
  protocol: "TCP",
})

export const REGRESSIONS: readonly Regression[] = [
  {
    name: "a pod without a spec",
    world: { nodes: [node], pods: [pod(null, null)] },
    requests: [ask("10.96.0.20")],
  },
  {
    name: "null among a pod's containers, ports, addresses and conditions",
    world: {
      nodes: [node],
      pods: [
        pod(
          { nodeName: "node-1", initContainers: [null], containers: [null, { name: "c", ports: [null] }] },
          { podIP: "10.244.1.5", podIPs: [null, { ip: null }], conditions: [null] },
        ),
      ],
    },
    requests: [ask("10.244.1.5", 8080)],
  },
  {
    name: "null among a node's addresses and pod blocks",
    world: {
      nodes: [
        {
          apiVersion: "v1",
          kind: "Node",
          metadata: { name: "node-1" },
          spec: { podCIDR: "10.244.1.0/24", podCIDRs: [null] },
          status: { addresses: [null, { type: "InternalIP", address: null }] },
        },
      ],
    },
    requests: [{ from: { kind: "node", name: "node-1" }, to: "172.18.0.2", port: 80, protocol: "TCP" }],
  },
  {
    name: "a name with two addresses of one Service listed its backends twice",
    world: {
      nodes: [node],
      pods: [client],
      services: [service({ clusterIP: "10.96.0.20", clusterIPs: ["10.96.0.20", "10.96.0.21"], ports: [{ port: 80 }] })],
      endpointSlices: [
        {
          apiVersion: "discovery.k8s.io/v1",
          kind: "EndpointSlice",
          metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
          addressType: "IPv4",
          endpoints: [{ addresses: ["10.244.1.5"] }],
          ports: [{ port: 80 }],
        },
      ],
    },
    requests: [ask("web")],
  },
  {
    name: "a load balancer entry whose address is null",
    world: {
      services: [
        service(
          { type: "LoadBalancer", clusterIP: "10.96.0.20", ports: [{ port: 80 }] },
          { loadBalancer: { ingress: [{ ip: null, hostname: "web" }] } },
        ),
      ],
    },
    requests: [],
  },
  {
    name: "a policy's port that has an end and no beginning",
    world: {
      nodes: [node],
      pods: [client],
      networkPolicies: [
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: { name: "out", namespace: "shop" },
          spec: { egress: [{ ports: [{ endPort: 9000 }] }] },
        },
      ],
    },
    requests: [ask("203.0.113.7")],
  },
]
