import type { Protocol } from "@pilotage/kube-model"
import type { ListeningSocket, NodeFacts, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"

/** `loopback-only`: something listens, but on 127.0.0.1. */
export type SocketAnswer = "open" | "closed" | "loopback-only"

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

/** kubelet and kube-proxy's healthz. */
const NODE_PORTS: readonly number[] = [10250, 10256]

const isHealthCheckPort = (indexes: Indexes, port: number): boolean =>
  indexes.services.entries().some(([, entry]) => entry.service.spec.healthCheckNodePort === port)

const isAPIServer = (indexes: Indexes, node: NodeFacts, port: number): boolean =>
  indexes.services
    .get("default/kubernetes")
    ?.ports.some((each) => each.endpoints.IPv4.some((one) => one.ip === node.internalIP && one.port === port)) ?? false

export interface NodeSocket {
  readonly answer: SocketAnswer
  /** The hostNetwork pod that listens, if it is one. */
  readonly pod?: PodFacts
  readonly healthCheck?: boolean
}

/** Who listens on a node's own network: hostNetwork pods whose sockets are known, the API server, kubelet, kube-proxy. */
export const nodeSocket = (
  indexes: Indexes,
  node: NodeFacts,
  port: number,
  protocol: Protocol,
  fromInside: boolean,
): NodeSocket => {
  let best: NodeSocket = { answer: "closed" }
  for (const pod of indexes.hostPods.get(node.name) ?? []) {
    const answer = answerOf(pod.sockets ?? [], port, protocol, fromInside)
    if (answer === "open") return { answer, pod }
    if (answer === "loopback-only") best = { answer, pod }
  }
  if (protocol !== "TCP") return best
  if (NODE_PORTS.includes(port) || isAPIServer(indexes, node, port)) return { answer: "open" }
  return isHealthCheckPort(indexes, port) ? { answer: "open", healthCheck: true } : best
}
