import type { Service } from "@pilotage/kube-model"
import { machinePortFailure, nodePortFailure, podPortFailure } from "../explain/port-failures.ts"
import type { Rule } from "../explain/rules.ts"
import { keyOf } from "../proxy/service-entry.ts"
import type { NodeFacts, OutsideMachine, PodFacts } from "../state.ts"
import type { Backend, Packet, Place } from "../trace-types.ts"
import { healthCheckOf } from "./health-check.ts"
import { DIRECT, delivered, hopAt, type Journey, note, type Outcome, once, refused, tell, tellEnd } from "./journey.ts"
import { policyGate } from "./policy-gate.ts"
import { nodePlace, podPlace } from "./sender.ts"
import { isUndeclared, machineSocket, nodeSocket, podSocket } from "./sockets.ts"
import { certaintyOf, noteUndeclared } from "./undeclared-port.ts"

/** How a packet came to a pod without a Service. */
export interface DirectWay {
  /** Over the pod's own loopback, or to its own address. */
  readonly inside?: boolean
  /** Through this port of the node, which the pod network translates. */
  readonly hostPort?: number
}

/** The Service whose name led straight to a pod's address. */
export const serviceBehind = ({ indexes, lookup: { cause } }: Journey): Service | undefined =>
  cause?.object.kind === "Service"
    ? indexes.services.get(keyOf(cause.object.namespace, cause.object.name))?.service
    : undefined

/** Straight to a pod's own sockets. */
export const reachPod = (journey: Journey, pod: PodFacts, packet: Packet, way: DirectWay): Outcome => {
  const { ip, port = 0 } = packet.destination
  const inside = way.inside ?? false
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
  const backends = () => [chosen]
  if (!inside) {
    const node = pod.nodeName === undefined ? undefined : journey.indexes.nodes.get(pod.nodeName)
    const denied = policyGate(journey, node, packet, pod, DIRECT, { backends, chosen })
    if (denied) return denied
  }
  if (socket === "open") {
    const rule: Rule = inside ? "R16" : way.hostPort === undefined ? "R35" : "R59"
    const says = `Pod ${pod.name} answers on port ${port}; it sees the client ${packet.source.ip}.`
    tell(journey, () => hopAt(podPlace(pod), "answer", packet, undefined, rule, says))
    if (!pod.ready && !inside)
      note(
        journey,
        "pod-not-ready",
        () => `Pod ${pod.name} is not ready: Services do not send to it, but its own address answers.`,
      )
    const undeclared = isUndeclared(pod, port, packet.protocol)
    if (undeclared) noteUndeclared(journey, pod, port)
    return delivered(DIRECT, backends, chosen, certaintyOf(undeclared))
  }
  const failure = once(() =>
    podPortFailure(pod, journey.request, port, serviceBehind(journey), socket === "loopback-only"),
  )
  tellEnd(journey, podPlace(pod), "reset", packet, socket === "closed" ? "R32" : "R33", failure)
  return refused(DIRECT, failure, { backends, chosen })
}

/** Straight to a node's own sockets. */
export const reachNode = (journey: Journey, node: NodeFacts, packet: Packet, inside: boolean): Outcome => {
  const { ip, port = 0 } = packet.destination
  const found = nodeSocket(journey.indexes, node, ip, port, packet.protocol, inside)
  const healthCheck =
    found.healthCheck === undefined ? undefined : healthCheckOf(journey.indexes, node, found.healthCheck)
  const chosen: Backend = {
    ip,
    port,
    ...(found.pod ? { namespace: found.pod.namespace, pod: found.pod.name } : {}),
    node: node.name,
    sourceSeen: packet.source.ip,
    ...(healthCheck ? { healthCheck } : {}),
  }
  if (found.answer === "open") {
    const who = found.pod
      ? `Pod ${found.pod.name} on the network of ${node.name}`
      : healthCheck
        ? `kube-proxy on ${node.name}`
        : node.name
    const what = healthCheck
      ? ` with status ${healthCheck.status}: ready endpoints on this node: ${healthCheck.localEndpoints}`
      : ""
    tell(journey, () =>
      hopAt(
        found.pod ? podPlace(found.pod) : nodePlace(node),
        "answer",
        packet,
        undefined,
        healthCheck ? "R49" : "R39",
        `${who} answers on port ${port}${what}.`,
      ),
    )
    return delivered(DIRECT, () => [chosen], chosen)
  }
  const failure = once(() => nodePortFailure(journey.indexes, node, journey.request, port))
  tellEnd(journey, nodePlace(node), "reset", packet, found.answer === "closed" ? "R32" : "R33", failure)
  return refused(DIRECT, failure)
}

/** To a machine around the cluster of which we know. `as`: the Service's part in it, when one sent the packet there. */
export const reachMachine = (
  journey: Journey,
  machine: OutsideMachine,
  packet: Packet,
  as?: { readonly route: Outcome["route"]; readonly backends: Outcome["backends"]; readonly chosen: Backend },
): Outcome => {
  const { ip, port = 0 } = packet.destination
  const at: Place = { kind: "outside", name: machine.name }
  const socket = machineSocket(machine, port, packet.protocol)
  const refuses = socket === "open" ? {} : { refuses: true }
  const chosen: Backend = as?.chosen ?? { ip, port, sourceSeen: packet.source.ip, ...refuses }
  const backends = as?.backends ?? (() => [chosen])
  const route = as?.route ?? DIRECT
  const denied = policyGate(journey, undefined, packet, undefined, route, { backends, chosen })
  if (denied) return denied
  if (socket === "open") {
    const says = `${machine.name} answers on port ${port}; it sees the client ${packet.source.ip}.`
    tell(journey, () => hopAt(at, "answer", packet, undefined, "R68", says))
    return delivered(route, backends, chosen)
  }
  const failure = once(() => machinePortFailure(machine, port))
  tellEnd(journey, at, "reset", packet, "R32", failure)
  return refused(route, failure, { backends, chosen })
}
