import type { Service, ServicePort } from "@pilotage/kube-model"
import { curlCommand } from "../dns/name-failures.ts"
import { serviceRef } from "../object-ref.ts"
import type { PortEntry, ServiceEntry } from "../proxy/service-entry.ts"
import type { NodeFacts, OutsideMachine, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Failure, RouteRequest } from "../trace-types.ts"
import { failure, serviceText } from "./endpoint-failures.ts"
import { type PortUse, usesOfPort } from "./port-uses.ts"

const portList = (service: Service): string =>
  (service.spec.ports ?? []).map((port) => `${port.port}/${port.protocol ?? "TCP"}`).join(", ") || "none"

const portCause = (service: Service, index: number, field: string, value: unknown): Cause => ({
  object: serviceRef(service),
  path: `spec.ports[${index}].${field}`,
  value: JSON.stringify(value),
})

const find = (service: Service, test: (port: ServicePort) => boolean): readonly [number, ServicePort] | undefined =>
  [...(service.spec.ports ?? []).entries()].find(([, port]) => test(port))

/** A Service's address with a port that the Service does not have. */
export const wrongServicePort = (entry: ServiceEntry, request: RouteRequest): Failure => {
  const { service } = entry
  const { port } = request
  const first = service.spec.ports?.[0]
  const right = first?.port ?? 80
  const command = curlCommand(request.to, right)
  const asNodePort = find(service, (each) => each.nodePort === port)
  if (asNodePort)
    return failure(
      "cluster-ip-with-node-port",
      `${port} is the node port of ${serviceText(service)}: it answers on the nodes' addresses. The cluster IP answers on ${portList(service)}.`,
      `Use port ${asNodePort[1].port} with the cluster IP, or a node's address with ${port}.`,
      {
        cause: portCause(service, asNodePort[0], "nodePort", port),
        command: curlCommand(request.to, asNodePort[1].port),
      },
    )
  const asTarget = find(service, (each) => each.targetPort === port)
  const otherProtocol = find(service, (each) => each.port === port)
  const why = otherProtocol
    ? ` Port ${port} is ${otherProtocol[1].protocol ?? "TCP"}, not ${request.protocol}.`
    : asTarget
      ? ` ${port} is its targetPort, the port in the pods.`
      : ""
  const index = otherProtocol?.[0] ?? asTarget?.[0] ?? 0
  return failure(
    "wrong-service-port",
    `${serviceText(service)} has no port ${port}/${request.protocol}; it has ${portList(service)}.${why}`,
    `Ask for port ${asTarget?.[1].port ?? right}, or add port ${port} to the Service.`,
    { cause: portCause(service, index, "port", service.spec.ports?.[index]?.port ?? right), command },
  )
}

export const loadBalancerWrongPort = (entry: ServiceEntry, request: RouteRequest): Failure => {
  const { service } = entry
  const right = service.spec.ports?.[0]?.port ?? 80
  const asNodePort = find(service, (each) => each.nodePort === request.port)
  return failure(
    "load-balancer-wrong-port",
    `The load balancer of ${serviceText(service)} answers on ${portList(service)}, not on ${request.port}.${asNodePort ? ` ${request.port} is the node port: it belongs to the nodes' addresses.` : ""}`,
    `Ask for port ${asNodePort?.[1].port ?? right}.`,
    {
      cause: portCause(service, asNodePort?.[0] ?? 0, "port", asNodePort?.[1].port ?? right),
      command: curlCommand(request.to, asNodePort?.[1].port ?? right),
    },
  )
}

/** Several Services have that port, each with a node port of its own: which one was meant is the client's to say. */
const manyCandidates = (node: NodeFacts, port: number, some: readonly PortUse[], count: number): Failure => {
  const shown = some.map(({ service, each }) => `${service.metadata.name} ${each.nodePort}`)
  const rest = count > shown.length ? ` and ${count - shown.length} more` : ""
  return failure(
    "node-ip-service-port",
    `Nothing listens on ${node.name}:${port}. ${port} is a port of ${count} Services, not of the node; their node ports are others: ${shown.join(", ")}${rest}.`,
    "Use the node port of the Service that you mean with a node's address.",
    { command: "kubectl get services -A" },
  )
}

/** A node's address with a port that is no node port and on which nothing listens. */
export const nodePortFailure = (indexes: Indexes, node: NodeFacts, request: RouteRequest, port: number): Failure => {
  const { first, withNodePort, count, onlyNodePort } = usesOfPort(indexes, port)
  if (count > 1) return manyCandidates(node, port, withNodePort, count)
  const found = withNodePort[0] ?? first
  if (found) {
    const { service, each, index } = found
    const role = each.port === port ? "port" : "targetPort"
    const cause = portCause(service, index, role, port)
    const message = `Nothing listens on ${node.name}:${port}. ${port} is the ${role} of ${serviceText(service)}, not a port of the node`
    return each.nodePort
      ? failure(
          "node-ip-service-port",
          `${message}; its node port is ${each.nodePort}.`,
          `Use port ${each.nodePort} with a node's address.`,
          { cause, command: curlCommand(request.to, each.nodePort) },
        )
      : failure(
          "node-ip-service-port",
          `${message}, and it has no node port.`,
          "Give the Service type NodePort, or use its cluster IP inside the cluster.",
          {
            cause,
            command: `kubectl patch service ${service.metadata.name} -n ${service.metadata.namespace ?? "default"} -p '{"spec":{"type":"NodePort"}}'`,
          },
        )
  }
  const only = onlyNodePort
  return failure(
    "wrong-node-port",
    `No Service has node port ${port}, and nothing else listens on ${node.name}:${port}.${only ? ` ${serviceText(only.service)} has node port ${only.each.nodePort}.` : ""}`,
    only ? `Use port ${only.each.nodePort}.` : "Look up the node port in the PORT(S) column of the Service.",
    only
      ? {
          cause: portCause(only.service, only.index, "nodePort", only.each.nodePort),
          command: curlCommand(request.to, only.each.nodePort ?? 0),
        }
      : { command: "kubectl get services -A" },
  )
}

/** A machine outside the cluster does not listen there. */
export const machinePortFailure = (machine: OutsideMachine, port: number): Failure =>
  failure(
    "machine-port-closed",
    `Nothing on ${machine.name} (${machine.ip}) listens on port ${port}.`,
    "Ask for a port on which it listens.",
  )

const socketList = (pod: PodFacts): string =>
  [...new Set((pod.sockets ?? []).map((socket) => `${socket.port}/${socket.protocol}`))].join(", ")

/** Nothing listens, or only on 127.0.0.1, where a Service sends. */
export const targetPortFailure = (
  entry: ServiceEntry,
  port: PortEntry,
  pod: PodFacts | undefined,
  target: number,
  loopbackOnly: boolean,
): Failure => {
  const { service } = entry
  const object = { kind: "Pod", namespace: pod?.namespace ?? "default", name: pod?.name ?? "" }
  if (loopbackOnly)
    return failure(
      "listens-on-loopback-only",
      `Pod ${pod?.name} listens on port ${target}, but on 127.0.0.1 only: nobody outside the pod can reach it.`,
      "Let the program listen on 0.0.0.0.",
      { cause: { object, path: "spec.containers[0]" } },
    )
  if (pod?.sockets?.length === 0)
    return failure(
      "nothing-listens",
      `No program in pod ${pod.name} listens on any port.`,
      `Find out why the program in pod ${pod.name} does not listen.`,
      {
        cause: { object },
        command: `kubectl logs ${pod.name} -n ${pod.namespace}`,
      },
    )
  const open = pod?.sockets?.find((socket) => socket.address === "0.0.0.0" && socket.protocol === port.protocol)
  const set = port.port.targetPort
  return failure(
    "wrong-target-port",
    `${serviceText(service)} sends to port ${target}, but pod ${pod?.name} listens on ${pod ? socketList(pod) : "another port"}.`,
    open ? `Set targetPort to ${open.port}.` : "Set targetPort to the port on which the program listens.",
    {
      cause: portCause(service, port.index, "targetPort", set ?? target),
      command: `kubectl patch service ${service.metadata.name} -n ${service.metadata.namespace ?? "default"} --type=json -p '[{"op":"replace","path":"/spec/ports/${port.index}/targetPort","value":${open?.port ?? target}}]'`,
    },
  )
}

/** A pod that was addressed directly does not listen there. */
export const podPortFailure = (
  pod: PodFacts,
  request: RouteRequest,
  port: number,
  service: Service | undefined,
  loopbackOnly: boolean,
): Failure => {
  const object = { kind: "Pod", namespace: pod.namespace, name: pod.name }
  if (loopbackOnly)
    return failure(
      "listens-on-loopback-only",
      `Pod ${pod.name} listens on port ${port}, but on 127.0.0.1 only: nobody outside the pod can reach it.`,
      "Let the program listen on 0.0.0.0.",
      { cause: { object, path: "spec.containers[0]" } },
    )
  const open = pod.sockets?.find((socket) => socket.address === "0.0.0.0" && socket.protocol === request.protocol)
  const mapping = service
    ? ` ${serviceText(service)} is headless: its name leads straight to the pods, and its port is not translated.`
    : ""
  return failure(
    open || pod.sockets?.length ? "pod-port-closed" : "nothing-listens",
    `Nothing in pod ${pod.name} listens on port ${port}.${mapping}`,
    open ? `Ask for port ${open.port}.` : `Find out on which port the program in pod ${pod.name} listens.`,
    {
      cause: service ? { object: serviceRef(service), path: "spec.clusterIP", value: '"None"' } : { object },
      command: open ? curlCommand(request.to, open.port) : `kubectl logs ${pod.name} -n ${pod.namespace}`,
    },
  )
}
