import { gonePod, stoppedNode, unknownAddress } from "../explain/path-failures.ts"
import { targetPortFailure } from "../explain/port-failures.ts"
import type { Match } from "../proxy/kube-proxy.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Backend, Packet, RouteTaken } from "../trace-types.ts"
import { podBehind } from "./backend.ts"
import { addHop, delivered, environmentAnswer, type Journey, note, type Outcome, refused, timedOut } from "./journey.ts"
import { nodePlace, podPlace } from "./sender.ts"
import { podSocket } from "./sockets.ts"

/** The translated packet on its way to the endpoint, and what happens there. */
export const arrive = (
  journey: Journey,
  from: NodeFacts,
  packet: Packet,
  match: Match,
  endpoint: EndpointFact,
  backends: readonly Backend[],
  chosen: Backend,
  route: RouteTaken,
): Outcome => {
  const { indexes } = journey
  const more = { backends, chosen }
  const node = chosen.node === undefined ? undefined : indexes.nodes.get(chosen.node)
  const pod = podBehind(indexes, endpoint)
  if (node && node.name !== from.name) {
    if (node.stopped) {
      const failure = stoppedNode(node)
      addHop(journey, nodePlace(node), "drop", packet, undefined, "R34", failure.message, failure.cause)
      return timedOut(route, failure, more)
    }
    if (!pod?.hostNetwork)
      addHop(
        journey,
        nodePlace(node),
        "forward",
        packet,
        packet,
        "R35",
        `${node.name} hands the packet to the pod with address ${packet.destination.ip}.`,
      )
    note(journey, "extra-hop", `${from.name} had to send the connection on to ${node.name}, where the backend runs.`)
  }
  const slice = match.entry.slices.find((each) => each.endpoints?.some((one) => one.addresses[0] === endpoint.ip))
  if (!pod) {
    const host = indexes.nodesByIP.get(endpoint.ip)?.[0]
    if (host) {
      addHop(
        journey,
        nodePlace(host),
        "answer",
        packet,
        undefined,
        "R39",
        `${host.name} answers on its own address, port ${endpoint.port}.`,
      )
      return delivered(route, backends, chosen)
    }
    if (indexes.clusterCIDR.contains(endpoint.ip)) {
      const failure = gonePod(endpoint.ip, slice)
      addHop(journey, nodePlace(node ?? from), "drop", packet, undefined, "R34", failure.message, failure.cause)
      return timedOut(route, failure, { ...more, certainty: "environment" })
    }
    const failure = unknownAddress(endpoint.ip)
    addHop(journey, nodePlace(from), "forward", packet, packet, "R47", failure.message, failure.cause)
    return { ...environmentAnswer(journey, route, failure), ...more }
  }
  const place = podPlace(pod)
  const socket = podSocket(pod, endpoint.port, packet.protocol, false)
  if (socket !== "open") {
    const failure = targetPortFailure(match.entry, match.port, pod, endpoint.port, socket === "loopback-only")
    addHop(
      journey,
      place,
      "reset",
      packet,
      undefined,
      socket === "closed" ? "R32" : "R33",
      failure.message,
      failure.cause,
    )
    return refused(route, failure, more)
  }
  addHop(
    journey,
    place,
    "answer",
    packet,
    undefined,
    "R19",
    `Pod ${pod.name} answers on port ${endpoint.port}; it sees the client ${packet.source.ip}.`,
  )
  return delivered(route, backends, chosen)
}
