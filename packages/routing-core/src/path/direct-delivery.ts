import { nodePortFailure, podPortFailure } from "../explain/port-failures.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Backend, Packet, RouteTaken } from "../trace-types.ts"
import { addHop, delivered, type Journey, note, type Outcome, refused } from "./journey.ts"
import { nodePlace, podPlace } from "./sender.ts"
import { nodeSocket, podSocket } from "./sockets.ts"

/** The route of a request that no Service translates. */
export const DIRECT: RouteTaken = { kind: "direct" }

/** Straight to a pod's own sockets. `inside`: over its loopback. `headless`: Services whose names led here. */
export const reachPod = (
  journey: Journey,
  pod: PodFacts,
  packet: Packet,
  inside: boolean,
  headless: readonly string[],
): Outcome => {
  const { ip, port = 0 } = packet.destination
  const socket = podSocket(pod, port, packet.protocol, inside)
  const chosen: Backend = {
    ip,
    port,
    namespace: pod.namespace,
    pod: pod.name,
    ...(pod.nodeName ? { node: pod.nodeName } : {}),
    sourceSeen: packet.source.ip,
    ...(socket === "open" ? {} : { refuses: true }),
  }
  if (socket === "open") {
    addHop(
      journey,
      podPlace(pod),
      "answer",
      packet,
      undefined,
      inside ? "R16" : "R35",
      `Pod ${pod.name} answers on port ${port}; it sees the client ${packet.source.ip}.`,
    )
    if (!pod.ready && !inside)
      note(
        journey,
        "pod-not-ready",
        `Pod ${pod.name} is not ready: Services do not send to it, but its own address answers.`,
      )
    return delivered(DIRECT, [chosen], chosen)
  }
  const failure = podPortFailure(journey.indexes, pod, journey.request, headless, socket === "loopback-only")
  addHop(
    journey,
    podPlace(pod),
    "reset",
    packet,
    undefined,
    socket === "closed" ? "R32" : "R33",
    failure.message,
    failure.cause,
  )
  return refused(DIRECT, failure, { backends: [chosen], chosen })
}

/** Straight to a node's own sockets. */
export const reachNode = (journey: Journey, node: NodeFacts, packet: Packet, inside: boolean): Outcome => {
  const { ip, port = 0 } = packet.destination
  const found = nodeSocket(journey.indexes, node, port, packet.protocol, inside)
  const chosen: Backend = {
    ip,
    port,
    ...(found.pod ? { namespace: found.pod.namespace, pod: found.pod.name } : {}),
    node: node.name,
    sourceSeen: packet.source.ip,
  }
  if (found.answer === "open") {
    const who = found.pod
      ? `Pod ${found.pod.name} on the network of ${node.name}`
      : found.healthCheck
        ? `kube-proxy on ${node.name}`
        : node.name
    addHop(
      journey,
      found.pod ? podPlace(found.pod) : nodePlace(node),
      "answer",
      packet,
      undefined,
      found.healthCheck ? "R49" : "R39",
      `${who} answers on port ${port}.`,
    )
    return delivered(DIRECT, [chosen], chosen)
  }
  const failure = nodePortFailure(journey.indexes, node, journey.request)
  addHop(
    journey,
    nodePlace(node),
    "reset",
    packet,
    undefined,
    found.answer === "closed" ? "R32" : "R33",
    failure.message,
    failure.cause,
  )
  return refused(DIRECT, failure)
}
