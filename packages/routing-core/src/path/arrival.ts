import { gonePod, stoppedNode, unknownAddress } from "../explain/path-failures.ts"
import { targetPortFailure } from "../explain/port-failures.ts"
import type { Landing } from "../proxy/landing-note.ts"
import type { Match } from "../proxy/match.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Backend, Failure, Packet, Place } from "../trace-types.ts"
import { reachMachine } from "./direct-delivery.ts"
import {
  delivered,
  environmentAnswer,
  hopAt,
  type Journey,
  type Outcome,
  once,
  refused,
  tell,
  tellEnd,
  timedOut,
} from "./journey.ts"
import { policyGate } from "./policy-gate.ts"
import { nodePlace, podPlace } from "./sender.ts"
import { podSocket, type SocketAnswer } from "./sockets.ts"
import { certaintyOf, noteUndeclared } from "./undeclared-port.ts"

/** Where a translated packet goes, and all that is known of it. */
interface Leg {
  readonly journey: Journey
  readonly from: NodeFacts
  readonly packet: Packet
  readonly match: Match
  readonly backends: Outcome["backends"]
  readonly chosen: Backend
}

const dropped = (leg: Leg, at: Place, why: () => Failure, certainty: Outcome["certainty"] = "certain"): Outcome => {
  const { journey, packet, match: route, backends, chosen } = leg
  const failure = once(why)
  tellEnd(journey, at, "drop", packet, "R34", failure)
  return timedOut(route, failure, { backends, chosen, certainty })
}

/** The pod is there, and the port is not. */
const atClosedPort = (leg: Leg, pod: PodFacts, socket: SocketAnswer): Outcome => {
  const { journey, packet, match, backends, chosen } = leg
  const { port = 0 } = packet.destination
  const failure = once(() => targetPortFailure(match.entry, match.port, pod, port, socket === "loopback-only"))
  tellEnd(journey, podPlace(pod), "reset", packet, socket === "closed" ? "R32" : "R33", failure)
  return refused(match, failure, { backends, chosen })
}

const atPod = (leg: Leg, pod: PodFacts, undeclared: boolean): Outcome => {
  const { journey, packet, match, backends, chosen } = leg
  const { port = 0 } = packet.destination
  const socket = podSocket(pod, port, packet.protocol, false)
  if (socket !== "open") return atClosedPort(leg, pod, socket)
  if (journey.told) {
    const says = `Pod ${pod.name} answers on port ${port}; it sees the client ${packet.source.ip}.`
    journey.hops.push(hopAt(podPlace(pod), "answer", packet, undefined, "R19", says))
    if (undeclared) noteUndeclared(journey, pod, port)
  }
  return delivered(match, backends, chosen, certaintyOf(undeclared))
}

const atNobody = (leg: Leg, landing: Landing): Outcome => {
  const { journey, from, packet, match, backends, chosen } = leg
  const { ip, port = 0 } = packet.destination
  const { host, machine } = landing
  if (host) {
    const says = `${host.name} answers on its own address, port ${port}.`
    tell(journey, () => hopAt(nodePlace(host), "answer", packet, undefined, "R39", says))
    return delivered(match, backends, chosen)
  }
  if (machine) return reachMachine(journey, machine, packet, { route: match, backends, chosen })
  const slice = () => match.entry.slices.find((each) => each.endpoints?.some((one) => one.addresses[0] === ip))
  if (journey.indexes.clusterCIDR.contains(ip))
    return dropped(leg, nodePlace(landing.node ?? from), () => gonePod(ip, slice()), "environment")
  const failure = once(() => unknownAddress(ip))
  tellEnd(journey, nodePlace(from), "forward", packet, "R47", failure, { exit: packet })
  return { ...environmentAnswer(journey, match, failure), backends, chosen }
}

/** The backend is on another node than the one that translated the packet. */
const tellWayOn = ({ journey, from, packet }: Leg, node: NodeFacts, isPod: boolean): void => {
  const says = `${node.name} hands the packet to the pod with address ${packet.destination.ip}.`
  if (isPod) journey.hops.push(hopAt(nodePlace(node), "forward", packet, packet, "R35", says))
  journey.notes.push({
    code: "extra-hop",
    message: `${from.name} had to send the connection on to ${node.name}, where the backend runs.`,
  })
}

const atStoppedNode = (leg: Leg, node: NodeFacts): Outcome => dropped(leg, nodePlace(node), () => stoppedNode(node))

/** The translated packet on its way from `from` to the endpoint, and what happens there. */
export const arrive = (
  journey: Journey,
  from: NodeFacts,
  packet: Packet,
  match: Match,
  landing: Landing,
  backends: Outcome["backends"],
  chosen: Backend,
): Outcome => {
  const { pod, node } = landing
  const isFree = landing.trouble === undefined && journey.indexes.networkPolicies.size === 0
  if (isFree && !journey.told && (pod ?? landing.host))
    return delivered(match, backends, chosen, certaintyOf(landing.undeclared))
  const leg: Leg = { journey, from, packet, match, backends, chosen }
  if (node && node.name !== from.name) {
    if (node.stopped) return atStoppedNode(leg, node)
    if (journey.told) tellWayOn(leg, node, pod !== undefined && !pod.hostNetwork)
  }
  // Policies ask for what is there; at a machine outside reachMachine asks.
  const denied = landing.machine
    ? undefined
    : policyGate(journey, node ?? from, packet, pod, match, { backends, chosen })
  if (denied) return denied
  return pod ? atPod(leg, pod, landing.undeclared) : atNobody(leg, landing)
}
