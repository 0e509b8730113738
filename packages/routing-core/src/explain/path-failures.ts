import type { EndpointSlice, IPFamily, Service } from "@pilotage/kube-model"
import { serviceRef } from "../object-ref.ts"
import type { Frontend } from "../proxy/frontends.ts"
import type { PortEntry, ServiceEntry } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Backend, Cause, Failure } from "../trace-types.ts"
import { failure, serviceText } from "./endpoint-failures.ts"

const patch = (service: Service, spec: unknown): string =>
  `kubectl patch service ${service.metadata.name} -n ${service.metadata.namespace ?? "default"} -p '${JSON.stringify({ spec })}'`

/** A traffic policy Local on a node without an endpoint. */
export const localPolicy = (entry: ServiceEntry, port: PortEntry, frontend: Frontend, node: NodeFacts): Failure => {
  const { service } = entry
  const internal = frontend.kind === "ClusterIP"
  const field = internal ? "internalTrafficPolicy" : "externalTrafficPolicy"
  const nodes = [
    ...new Set(
      port.endpoints[frontend.family].flatMap((endpoint) =>
        endpoint.ready && endpoint.nodeName ? [endpoint.nodeName] : [],
      ),
    ),
  ]
  const named = nodes.length > 3 ? `${nodes.slice(0, 3).join(", ")} and ${nodes.length - 3} more` : nodes.join(", ")
  const where = nodes.length ? ` It has endpoints on ${named}.` : ""
  const other = nodes.length && !internal ? `Address ${nodes[0]} instead, or set` : "Set"
  return failure(
    "policy-local-no-endpoint",
    `${serviceText(service)} has ${field} Local, and no endpoint runs on ${node.name}.${where}`,
    `${other} ${field} to Cluster.`,
    {
      cause: { object: serviceRef(service), path: `spec.${field}`, value: '"Local"' },
      command: patch(service, { [field]: "Cluster" }),
    },
  )
}

/** ipvs: the connection is translated, but its answer goes to the client past the node that translated it. */
export const answerLost = ({ service }: ServiceEntry, node: NodeFacts, backend: Backend): Failure =>
  failure(
    "answer-lost",
    `${serviceText(service)} has externalTrafficPolicy Local and no endpoint on ${node.name}. In ipvs mode ${node.name} sends the connection to ${backend.ip} on ${backend.node ?? "another node"} all the same, with the client's own address: the answer does not come back through ${node.name}, and the client does not know the address that it comes from.`,
    `Address ${backend.node ?? "a node with an endpoint"} instead, or set externalTrafficPolicy to Cluster.`,
    {
      cause: { object: serviceRef(service), path: "spec.externalTrafficPolicy", value: '"Local"' },
      command: patch(service, { externalTrafficPolicy: "Cluster" }),
    },
  )

/** nftables, ipvs: another node sends a pod's connection back to the pod, with the pod's own address. */
export const hairpinLost = ({ service }: ServiceEntry, node: NodeFacts, backend: Backend): Failure =>
  failure(
    "answer-lost",
    `${node.name} chose the client itself as the backend of ${serviceText(service)}. The pod is not on ${node.name}, so its address ${backend.ip} stays as the source, and no machine accepts a packet that seems to come from itself.`,
    `Use the cluster IP, or the node port of the pod's own node.`,
    { cause: { object: serviceRef(service), path: "spec.externalTrafficPolicy" } },
  )

/** The client has no address of the destination's family. */
export const noAddressOfFamily = (ip: string, family: IPFamily): Failure =>
  failure(
    "no-address-of-family",
    `${ip} is an ${family} address, and the client has none of that family: its own machine knows no way there.`,
    `Use an ${family === "IPv6" ? "IPv4" : "IPv6"} address or a name, or send from a client with an ${family} address.`,
  )

export const sourceRange = ({ service }: ServiceEntry, source: string): Failure => {
  const ranges = service.spec.loadBalancerSourceRanges ?? []
  return failure(
    "source-not-allowed",
    `${serviceText(service)} only lets ${ranges.join(", ")} use its load balancer address; the client is ${source}.`,
    `Add ${source}/${source.includes(":") ? 128 : 32} to loadBalancerSourceRanges.`,
    {
      cause: { object: serviceRef(service), path: "spec.loadBalancerSourceRanges", value: JSON.stringify(ranges) },
      command: patch(service, {
        loadBalancerSourceRanges: [...ranges, `${source}/${source.includes(":") ? 128 : 32}`],
      }),
    },
  )
}

export const stoppedNode = (node: NodeFacts): Failure =>
  failure(
    "node-stopped",
    `Node ${node.name} is stopped: nothing on it answers.`,
    `Start ${node.name} again, or use another node.`,
    {
      cause: { object: { kind: "Node", name: node.name }, path: "status.conditions" },
      command: "kubectl get nodes",
    },
  )

/** `slice`: the EndpointSlice that still lists the address. */
export const gonePod = (ip: string, slice?: EndpointSlice): Failure => {
  const cause: Cause | undefined = slice && {
    object: { kind: "EndpointSlice", namespace: slice.metadata.namespace ?? "default", name: slice.metadata.name },
    path: "endpoints",
    value: JSON.stringify(ip),
  }
  return failure(
    "pod-gone",
    `No pod has the address ${ip} any more.`,
    slice
      ? "Try again: the EndpointSlice is about to forget the address."
      : "Use a Service: it follows the pods when their addresses change.",
    { ...(cause ? { cause } : {}), command: "kubectl get pods -A -o wide" },
  )
}

export const unknownAddress = (ip: string): Failure =>
  failure(
    "unknown-address",
    `Nobody in this cluster has the address ${ip}; the network around it decides.`,
    "Check the address.",
  )

export const clusterIPFromOutside = (ip: string, service: Service | undefined): Failure =>
  failure(
    "cluster-ip-from-outside",
    service
      ? `${ip} is the cluster IP of ${serviceText(service)}. It exists on the cluster's nodes only; no route leads there from outside.`
      : `${ip} belongs to the range of cluster IPs. No route leads there from outside.`,
    "From outside, use a node port or a load balancer address.",
    service
      ? {
          cause: {
            object: serviceRef(service),
            path: "spec.type",
            value: JSON.stringify(service.spec.type ?? "ClusterIP"),
          },
          ...((service.spec.type ?? "ClusterIP") === "ClusterIP"
            ? { command: patch(service, { type: "NodePort" }) }
            : {}),
        }
      : {},
  )

export const podIPFromOutside = (ip: string): Failure =>
  failure(
    "pod-ip-from-outside",
    `${ip} belongs to the pod network. No route leads there from outside.`,
    "From outside, use a Service of type NodePort or LoadBalancer.",
  )

export const loadBalancerNoNode = ({ service }: ServiceEntry, message: string): Failure =>
  failure(
    "load-balancer-no-node",
    `The load balancer of ${serviceText(service)} ${message}`,
    "Make a node available to the load balancer.",
    {
      cause: { object: serviceRef(service), path: "status.loadBalancer" },
      command: "kubectl get nodes --show-labels",
    },
  )

export const nobodyHome = ({ service }: ServiceEntry, ip: string): Failure =>
  failure(
    "load-balancer-nobody-home",
    `${serviceText(service)} names the load balancer address ${ip}, but no machine holds it.`,
    "Run a load balancer that takes care of the Service.",
    {
      cause: { object: serviceRef(service), path: "status.loadBalancer.ingress", value: JSON.stringify(ip) },
    },
  )
