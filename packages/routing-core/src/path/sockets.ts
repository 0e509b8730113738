import type { Protocol } from "@pilotage/kube-model"
import { isNodePortAddress } from "../proxy/node-addresses.ts"
import type { ListeningSocket, NodeFacts, OutsideMachine, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"

/** `loopback-only`: something listens, but on 127.0.0.1. */
export type SocketAnswer = "open" | "closed" | "loopback-only"

export const isOpen = (answer: SocketAnswer): boolean => answer === "open"

const answerOf = (
  sockets: readonly ListeningSocket[],
  port: number,
  protocol: Protocol,
  fromInside: boolean,
): SocketAnswer => {
  let answer: SocketAnswer = "closed"
  for (const socket of sockets) {
    if (socket.port !== port || socket.protocol !== protocol) continue
    if (fromInside || socket.address === "0.0.0.0") return "open"
    answer = "loopback-only"
  }
  return answer
}

/** Sockets that nobody told us of are taken to be there. `fromInside`: over the pod's own loopback. */
export const podSocket = (pod: PodFacts, port: number, protocol: Protocol, fromInside: boolean): SocketAnswer =>
  pod.sockets ? answerOf(pod.sockets, port, protocol, fromInside) : "open"

const declares = ({ declaredPorts = [] }: PodFacts, port: number, protocol: Protocol): boolean =>
  declaredPorts.some((each) => each.port === port && each.protocol === protocol)

/** Nobody told us what the pod listens on, and what its containers declare does not name this port among others. */
export const isUndeclared = (pod: PodFacts, port: number, protocol: Protocol): boolean =>
  pod.sockets === undefined && pod.declaredPorts !== undefined && !declares(pod, port, protocol)

export const machineSocket = (machine: OutsideMachine, port: number, protocol: Protocol): SocketAnswer =>
  machine.sockets ? answerOf(machine.sockets, port, protocol, false) : "open"

const KUBELET = 10250
const KUBE_PROXY_HEALTHZ = 10256

const isAPIServer = (indexes: Indexes, node: NodeFacts, port: number): boolean =>
  indexes.services
    .get("default/kubernetes")
    ?.ports.some((each) => each.endpoints.IPv4.some((one) => one.ip === node.internalIP && one.port === port)) ?? false

export interface NodeSocket {
  readonly answer: SocketAnswer
  /** The hostNetwork pod that listens, if it is one. */
  readonly pod?: PodFacts
  /** The Service (`namespace/name`) whose healthCheckNodePort it is. */
  readonly healthCheck?: string
}

/**
 * Who listens on address `ip` of a node: hostNetwork pods on the sockets that are known, else on the ports that they
 * declare (which the API server makes their hostPorts, so that the scheduler keeps them apart), the API server, kubelet,
 * kube-proxy with its own health port and those of Services (on the addresses of node ports: kubernetes 1.36 pkg/proxy/healthcheck).
 */
export const nodeSocket = (
  indexes: Indexes,
  node: NodeFacts,
  ip: string,
  port: number,
  protocol: Protocol,
  fromInside: boolean,
): NodeSocket => {
  let best: NodeSocket = { answer: "closed" }
  for (const pod of indexes.hostPods.get(node.name) ?? []) {
    const answer = pod.sockets
      ? answerOf(pod.sockets, port, protocol, fromInside)
      : declares(pod, port, protocol)
        ? "open"
        : "closed"
    if (answer === "open") return { answer, pod }
    if (answer === "loopback-only") best = { answer, pod }
  }
  if (protocol !== "TCP") return best
  if (port === KUBELET || port === KUBE_PROXY_HEALTHZ || isAPIServer(indexes, node, port)) return { answer: "open" }
  const healthCheck = indexes.healthCheckPorts.get(String(port))?.[0]
  return healthCheck !== undefined && isNodePortAddress(indexes.config, node, ip)
    ? { answer: "open", healthCheck }
    : best
}
