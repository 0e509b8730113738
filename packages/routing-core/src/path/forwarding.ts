import {
  clusterIPFromOutside,
  gonePod,
  podIPFromOutside,
  stoppedNode,
  unknownAddress,
} from "../explain/path-failures.ts"
import { loadBalancerWrongPort, wrongServicePort } from "../explain/port-failures.ts"
import { serviceRef } from "../object-ref.ts"
import { findNodePort } from "../proxy/kube-proxy.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Packet, Place, RouteTaken } from "../trace-types.ts"
import { leavesPodNetwork } from "./backend.ts"
import { routeOf, translate } from "./delivery.ts"
import { DIRECT, reachNode, reachPod } from "./direct-delivery.ts"
import {
  addHop,
  environmentAnswer,
  type Journey,
  nobodyAnswersARP,
  note,
  type Outcome,
  refused,
  timedOut,
} from "./journey.ts"
import { enterThroughNode, throughProxy } from "./load-balancer.ts"
import { nodePlace } from "./sender.ts"

const from = (packet: Packet, ip: string): Packet => ({ ...packet, source: { ip } })

/** A packet that reached node `node` from another machine, addressed to the node itself. */
const enterNode = (journey: Journey, node: NodeFacts, packet: Packet): Outcome => {
  const { indexes } = journey
  if (node.stopped) {
    const failure = stoppedNode(node)
    addHop(journey, nodePlace(node), "drop", packet, undefined, "R48", failure.message, failure.cause)
    return timedOut(DIRECT, failure)
  }
  const match =
    packet.destination.ip === node.internalIP || indexes.config.proxyMode === "iptables"
      ? findNodePort(indexes, packet)
      : undefined
  if (!match) return reachNode(journey, node, packet, false)
  const client = indexes.clusterCIDR.contains(packet.source.ip) ? "pod" : "external"
  return translate(journey, node, client, packet, match, routeOf(match))
}

const toPod = (
  journey: Journey,
  here: NodeFacts,
  pod: PodFacts,
  packet: Packet,
  headless: readonly string[],
): Outcome => {
  const { indexes } = journey
  const there = pod.nodeName === undefined ? undefined : indexes.nodes.get(pod.nodeName)
  addHop(
    journey,
    nodePlace(here),
    "forward",
    packet,
    packet,
    "R35",
    `No Service is involved: ${here.name} sends the packet to ${packet.destination.ip} as it is.`,
  )
  if (there && there.name !== here.name) {
    if (there.stopped) {
      const failure = stoppedNode(there)
      addHop(journey, nodePlace(there), "drop", packet, undefined, "R34", failure.message, failure.cause)
      return timedOut(DIRECT, failure)
    }
    addHop(journey, nodePlace(there), "forward", packet, packet, "R35", `${there.name} hands the packet to the pod.`)
  }
  if (headless.length === 0)
    note(journey, "pod-address", "A pod's address changes when the pod is replaced; a Service's does not.")
  return reachPod(journey, pod, packet, false, headless)
}

const serviceAt = (journey: Journey, ip: string) => {
  const frontends = journey.indexes.addresses.get(ip) ?? []
  const frontend = frontends[0]
  return { frontends, frontend, entry: frontend && journey.indexes.services.get(frontend.serviceKey) }
}

/** The end of the road for addresses that no machine holds. `at`: who noticed. */
const nobody = (journey: Journey, at: Place, packet: Packet): Outcome => {
  const { indexes, sender, request } = journey
  const { ip } = packet.destination
  const { frontend, entry } = serviceAt(journey, ip)
  const external = sender.kind === "external"
  const service = entry?.service
  const nftables = indexes.config.proxyMode === "nftables"
  if (frontend?.kind === "ClusterIP" || indexes.serviceCIDR.contains(ip)) {
    if (external) {
      const failure = clusterIPFromOutside(ip, service)
      addHop(journey, at, "drop", packet, undefined, "R40", failure.message, failure.cause)
      return environmentAnswer(journey, DIRECT, failure)
    }
    const failure = entry ? wrongServicePort(entry, request) : unknownAddress(ip)
    const route: RouteTaken = entry ? { kind: "ClusterIP", service: serviceRef(entry.service) } : DIRECT
    if (nftables) {
      addHop(journey, at, entry ? "reject" : "drop", packet, undefined, "R37", failure.message, failure.cause)
      return (entry ? refused : timedOut)(route, failure)
    }
    addHop(
      journey,
      at,
      "forward",
      packet,
      packet,
      "R36",
      `No rule on the node matches ${ip}:${packet.destination.port}, so the packet leaves the cluster and is lost. ${failure.message}`,
      failure.cause,
    )
    return environmentAnswer(journey, route, failure)
  }
  if (entry && frontend) {
    const failure = loadBalancerWrongPort(entry, request)
    const route: RouteTaken = {
      kind: frontend.kind === "ExternalIP" ? "ExternalIP" : "LoadBalancer",
      service: serviceRef(entry.service),
    }
    const onLink = indexes.nodeCIDR.contains(ip)
    addHop(
      journey,
      at,
      "unreachable",
      packet,
      undefined,
      "R38",
      `No rule matches ${ip}:${packet.destination.port}, and no machine has that address. ${failure.message}`,
      failure.cause,
    )
    return onLink
      ? nobodyAnswersARP(route, failure, { certainty: "environment" })
      : environmentAnswer(journey, route, failure)
  }
  if (indexes.clusterCIDR.contains(ip)) {
    const failure = external ? podIPFromOutside(ip) : gonePod(ip)
    addHop(journey, at, "drop", packet, undefined, external ? "R40" : "R34", failure.message, failure.cause)
    return environmentAnswer(journey, DIRECT, failure)
  }
  const failure = unknownAddress(ip)
  const onLink = indexes.nodeCIDR.contains(ip)
  addHop(journey, at, onLink ? "unreachable" : "forward", packet, onLink ? undefined : packet, "R47", failure.message)
  return onLink
    ? nobodyAnswersARP(DIRECT, failure, { certainty: "environment" })
    : environmentAnswer(journey, DIRECT, failure)
}

/** From a pod or node whose own node `here` matched no Service: plain routing. */
export const forwardFromNode = (
  journey: Journey,
  here: NodeFacts,
  packet: Packet,
  headless: readonly string[],
): Outcome => {
  const { indexes } = journey
  const { ip } = packet.destination
  const pod = indexes.podsByIP.get(ip)?.[0]
  if (pod) return toPod(journey, here, pod, packet, headless)
  const node = indexes.nodesByIP.get(ip)?.[0]
  if (node?.name === here.name) return reachNode(journey, here, packet, false)
  const balancers = (indexes.addresses.get(ip) ?? []).filter((each) => each.kind === "Proxy")
  if (!node && balancers.length === 0) return nobody(journey, nodePlace(here), packet)
  const rewritten = leavesPodNetwork(indexes, packet.source.ip, ip)
  const onward = rewritten ? from(packet, here.internalIP) : packet
  if (rewritten)
    addHop(
      journey,
      nodePlace(here),
      "snat",
      packet,
      onward,
      "R30",
      `${ip} is no pod's address: the pod network lets ${here.name} send the packet with its own address ${here.internalIP}.`,
    )
  return node ? enterNode(journey, node, onward) : throughProxy(journey, onward, balancers)
}

/** From a machine beyond: only nodes and load balancers can be reached. */
export const forwardFromOutside = (journey: Journey, packet: Packet): Outcome => {
  const { indexes, sender } = journey
  const { ip, port } = packet.destination
  const frontends = indexes.addresses.get(ip) ?? []
  const balancers = frontends.filter((each) => each.kind === "Proxy")
  if (balancers.length) return throughProxy(journey, packet, balancers)
  const frontend = frontends.find(
    (each) =>
      (each.kind === "LoadBalancer" || each.kind === "ExternalIP") &&
      each.port === port &&
      each.protocol === packet.protocol,
  )
  const entry = frontend && indexes.services.get(frontend.serviceKey)
  const servicePort = frontend && entry?.ports[frontend.portIndex]
  const node = indexes.nodesByIP.get(ip)?.find((each) => each.internalIP === ip)
  if (frontend && entry && servicePort) {
    const match = { frontend, entry, port: servicePort }
    return node && !node.stopped
      ? translate(journey, node, "external", packet, match, routeOf(match))
      : enterThroughNode(journey, packet, match)
  }
  return node ? enterNode(journey, node, packet) : nobody(journey, sender.place, packet)
}
