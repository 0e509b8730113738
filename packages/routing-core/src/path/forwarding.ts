import { stoppedNode } from "../explain/path-failures.ts"
import { findAddress, proxyDecision } from "../proxy/kube-proxy.ts"
import type { Match } from "../proxy/match.ts"
import { isNodeAddress } from "../proxy/node-addresses.ts"
import { isVirtualServer, proxyMatch } from "../proxy/node-verdict.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Packet } from "../trace-types.ts"
import { translate } from "./delivery.ts"
import { reachMachine, reachNode, reachPod, serviceBehind } from "./direct-delivery.ts"
import { throughHostPort } from "./host-port.ts"
import { DIRECT, hopAt, type Journey, note, type Outcome, once, tell, tellEnd, timedOut } from "./journey.ts"
import { leavesPodNetwork, leavingAddress } from "./landing.ts"
import { enterThroughNode, throughProxy } from "./load-balancer.ts"
import { refuse } from "./refusal.ts"
import { nodePlace } from "./sender.ts"
import { endUnmatched, nobodyHolds } from "./unmatched.ts"

const from = (packet: Packet, ip: string): Packet => ({ ...packet, source: { ip } })

const NONE: readonly Match[] = []

/** Load balancers that are machines of their own and hold the address; a machine of which we know more answers itself. */
const balancersAt = (indexes: Indexes, ip: string): readonly Match[] =>
  indexes.machines.has(ip)
    ? NONE
    : (indexes.addresses.get(ip)?.filter(({ frontend }) => frontend.kind === "Proxy") ?? NONE)

/** A packet that reached node `node` from another machine. */
const enterNode = (journey: Journey, node: NodeFacts, packet: Packet): Outcome => {
  if (node.stopped) {
    const failure = once(() => stoppedNode(node))
    tellEnd(journey, nodePlace(node), "drop", packet, "R48", failure)
    return timedOut(DIRECT, failure)
  }
  return atNode(journey, node, packet)
}

const toPod = (journey: Journey, here: NodeFacts, pod: PodFacts, packet: Packet): Outcome => {
  const { indexes } = journey
  const there = pod.nodeName === undefined ? undefined : indexes.nodes.get(pod.nodeName)
  tell(journey, () =>
    hopAt(
      nodePlace(here),
      "forward",
      packet,
      packet,
      "R35",
      `No Service is involved: ${here.name} sends the packet to ${packet.destination.ip} as it is.`,
    ),
  )
  if (there && there.name !== here.name) {
    if (there.stopped) {
      const failure = once(() => stoppedNode(there))
      tellEnd(journey, nodePlace(there), "drop", packet, "R34", failure)
      return timedOut(DIRECT, failure)
    }
    tell(journey, () =>
      hopAt(nodePlace(there), "forward", packet, packet, "R35", `${there.name} hands the packet to the pod.`),
    )
  }
  if (journey.told && !serviceBehind(journey))
    note(journey, "pod-address", () => "A pod's address changes when the pod is replaced; a Service's does not.")
  return reachPod(journey, pod, packet, {})
}

/** Plain routing from node `here`: no Service and no socket of its own took the packet. */
const routeOn = (journey: Journey, here: NodeFacts, packet: Packet): Outcome => {
  const { indexes } = journey
  const { ip } = packet.destination
  const pod = indexes.podsByIP.get(ip)?.[0]
  if (pod) return toPod(journey, here, pod, packet)
  const node = indexes.nodesByIP.get(ip)?.[0]
  const machine = indexes.machines.get(ip)
  const balancers = balancersAt(indexes, ip)
  const cloudNode = node ? undefined : indexes.nodeList.find((each) => each.externalIP === ip)
  if (!node && !machine && !cloudNode && balancers.length === 0) return nobodyHolds(journey, here, packet)
  const rewritten = leavesPodNetwork(indexes, packet.source.ip, ip)
  const onward = rewritten ? from(packet, leavingAddress(here, ip)) : packet
  if (rewritten)
    tell(journey, () =>
      hopAt(
        nodePlace(here),
        "snat",
        packet,
        onward,
        "R30",
        `${ip} is no pod's address: the pod network lets ${here.name} send the packet with its own address ${onward.source.ip}.`,
      ),
    )
  if (node) return enterNode(journey, node, onward)
  if (balancers[0]) return throughProxy(journey, onward, balancers[0], balancers, enterNode)
  if (cloudNode) return throughCloud(journey, cloudNode, onward)
  return machine ? reachMachine(journey, machine, onward) : nobodyHolds(journey, here, packet)
}

/** The cloud's address of a node: translated to the node's own before it arrives. */
const throughCloud = (journey: Journey, node: NodeFacts, packet: Packet): Outcome => {
  const onward: Packet = { ...packet, destination: { ...packet.destination, ip: node.internalIP } }
  tell(journey, () =>
    hopAt(
      { kind: "outside", name: "the cloud's network" },
      "dnat",
      packet,
      onward,
      "R67",
      `${packet.destination.ip} is the external address of ${node.name}: the network around the cluster translates it to ${node.internalIP}.`,
      {
        object: { kind: "Node", name: node.name },
        path: "status.addresses",
        value: JSON.stringify(packet.destination.ip),
      },
    ),
  )
  const outcome = enterNode(journey, node, onward)
  return { ...outcome, certainty: "environment" }
}

/** A packet in the network stack of `node`: from one of its pods, from the node itself, or just arrived. */
export const atNode = (journey: Journey, node: NodeFacts, packet: Packet): Outcome => {
  const { indexes } = journey
  const { ip, port } = packet.destination
  const found = proxyMatch(indexes, node, ip, port, packet.protocol)
  if (found.kind === "service") return translate(journey, node, packet, found.match)
  if (found.kind === "reject" || found.kind === "drop") return endUnmatched(journey, node, packet, found.kind)
  if (found.kind === "refusal") {
    const arrival = { node, client: "external", source: packet.source.ip, destination: ip } as const
    const decision = proxyDecision(indexes, arrival, found.match)
    if (decision.kind === "reject" || decision.kind === "drop")
      return refuse(journey, node, packet, found.match, decision)
  }
  if (!isNodeAddress(indexes, node, ip) && !isVirtualServer(indexes, ip)) return routeOn(journey, node, packet)
  return throughHostPort(journey, node, packet) ?? reachNode(journey, node, packet, journey.sender.ip === ip)
}

const throughOutsideRoute = (journey: Journey, packet: Packet): Outcome | undefined => {
  const { indexes } = journey
  const route = indexes.outsideRoutes.find(({ to }) => to.contains(packet.destination.ip))
  const node = route && indexes.nodes.get(route.via)
  if (!route || !node) return undefined
  tell(journey, () =>
    hopAt(
      nodePlace(node),
      "forward",
      packet,
      packet,
      "R65",
      `The client has a route to ${packet.destination.ip} through ${node.name}.`,
    ),
  )
  return enterNode(journey, node, packet)
}

/** From a machine beyond: nodes, load balancers and what it has a route to can be reached. */
export const forwardFromOutside = (journey: Journey, packet: Packet): Outcome => {
  const { indexes } = journey
  const { ip, port } = packet.destination
  const routed = throughOutsideRoute(journey, packet)
  if (routed) return routed
  const balancers = balancersAt(indexes, ip)
  if (balancers[0]) return throughProxy(journey, packet, balancers[0], balancers, enterNode)
  const node = indexes.nodesByIP.get(ip)?.find((each) => !each.stopped) ?? indexes.nodesByIP.get(ip)?.[0]
  if (node && !indexes.clusterCIDR.contains(ip)) return enterNode(journey, node, packet)
  const match = findAddress(indexes, ip, port, packet.protocol)
  if (match && match.frontend.kind !== "ClusterIP") return enterThroughNode(journey, packet, match)
  const machine = indexes.machines.get(ip)
  if (machine) return reachMachine(journey, machine, packet)
  const cloudNode = indexes.nodeList.find((each) => each.externalIP === ip)
  return cloudNode ? throughCloud(journey, cloudNode, packet) : nobodyHolds(journey, undefined, packet)
}
