import { noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { loadBalancerNoNode, nobodyHome } from "../explain/path-failures.ts"
import { loadBalancerWrongPort } from "../explain/port-failures.ts"
import { serviceRef } from "../object-ref.ts"
import { isExternalLocal, selectEndpoints } from "../proxy/endpoint-selection.ts"
import type { Match } from "../proxy/kube-proxy.ts"
import type { Frontend } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Packet, Place } from "../trace-types.ts"
import { backendsThrough, routeOf, translate } from "./delivery.ts"
import {
  addHop,
  emptyReply,
  type Journey,
  nobodyAnswersARP,
  note,
  type Outcome,
  packetText,
  pickIndex,
  refused,
} from "./journey.ts"

/** Nodes that a load balancer may use, in order of address. */
const eligible = (indexes: Indexes): readonly NodeFacts[] =>
  indexes.nodeList.filter((node) => !node.stopped && !node.excludedFromLoadBalancers)

const balancerPlace = (match: Match, ip: string): Place => ({
  kind: "load-balancer",
  name: match.entry.service.metadata.name,
  ip,
})

/** From outside to a load balancer address, or an external IP, that kube-proxy owns: one node answers for it. */
export const enterThroughNode = (journey: Journey, packet: Packet, match: Match): Outcome => {
  const { indexes } = journey
  const { entry, port } = match
  const route = routeOf(match)
  const all = eligible(indexes)
  const holding = isExternalLocal(entry.service)
    ? all.filter((node) => selectEndpoints(port, node, "IPv4").local.length > 0)
    : []
  const nodes = holding.length ? holding : all
  const node = nodes[pickIndex(journey, nodes.length)]
  const place = balancerPlace(match, packet.destination.ip)
  if (!node) {
    const failure = loadBalancerNoNode(entry, "has no node that would answer for its address.")
    addHop(journey, place, "unreachable", packet, undefined, "R41", failure.message, failure.cause)
    return nobodyAnswersARP(route, failure, { certainty: "environment" })
  }
  addHop(
    journey,
    place,
    "forward",
    packet,
    packet,
    "R41",
    `${packet.destination.ip} is no machine: ${node.name} answers for it and takes the packet in.`,
    {
      object: serviceRef(entry.service),
      path: "status.loadBalancer.ingress",
      value: JSON.stringify(packet.destination.ip),
    },
  )
  const outcome = translate(journey, node, "external", packet, match, route)
  return { ...outcome, backends: backendsThrough(journey, holding, packet.source.ip, match, outcome.backends) }
}

/** To a load balancer that is a machine of its own and connects to a node port. `frontends`: all at its address. */
export const throughProxy = (journey: Journey, packet: Packet, frontends: readonly Frontend[]): Outcome => {
  const { indexes } = journey
  const exact = frontends.find((each) => each.port === packet.destination.port && each.protocol === packet.protocol)
  const frontend = exact ?? frontends[0]
  const entry = frontend && indexes.services.get(frontend.serviceKey)
  const port = frontend && entry?.ports[frontend.portIndex]
  if (!frontend || !entry || !port) throw new Error("a frontend without its Service")
  const match: Match = { frontend, entry, port }
  const route = routeOf(match)
  const place = balancerPlace(match, packet.destination.ip)
  if (indexes.config.loadBalancer === "none") {
    const failure = nobodyHome(entry, packet.destination.ip)
    addHop(journey, place, "unreachable", packet, undefined, "R38", failure.message, failure.cause)
    return nobodyAnswersARP(route, failure, { certainty: "environment" })
  }
  if (!exact) {
    const failure = loadBalancerWrongPort(entry, journey.request)
    addHop(journey, place, "reset", packet, undefined, "R43", failure.message, failure.cause)
    return refused({ kind: "LoadBalancer", service: serviceRef(entry.service) }, failure)
  }
  const { nodePort } = port.port
  const local = isExternalLocal(entry.service)
  const nodes = eligible(indexes).filter(
    (each) => !local || selectEndpoints(port, each, "IPv4").local.some((one) => one.ready),
  )
  const node = nodes[pickIndex(journey, nodes.length)]
  if (!node || !nodePort) {
    const anywhere = port.endpoints.IPv4.some((endpoint) => endpoint.ready)
    const failure =
      nodePort && local && !anywhere
        ? noEndpoints(indexes, entry, port)
        : loadBalancerNoNode(
            entry,
            nodePort ? "has no healthy node to send to." : "cannot reach the nodes: the Service has no node port.",
          )
    addHop(
      journey,
      place,
      "reset",
      packet,
      undefined,
      "R44",
      `The load balancer accepts the connection and closes it again. ${failure.message}`,
      failure.cause,
    )
    return emptyReply(route, failure, { certainty: "environment" })
  }
  const onward: Packet = {
    source: { ip: packet.destination.ip },
    destination: { ip: node.internalIP, port: nodePort },
    protocol: packet.protocol,
  }
  addHop(
    journey,
    place,
    "dnat+snat",
    packet,
    onward,
    "R42",
    `The load balancer of ${serviceText(entry.service)} opens a connection of its own to ${packetText(onward)}, the node port on ${node.name}.`,
    { object: serviceRef(entry.service), path: `spec.ports[${port.index}].nodePort`, value: String(nodePort) },
  )
  note(
    journey,
    "load-balancer-source",
    `The load balancer connects with its own address ${packet.destination.ip}; the client's address ends there.`,
  )
  const outcome = translate(
    journey,
    node,
    "external",
    onward,
    { ...match, frontend: { ...frontend, kind: "NodePort", ip: "", port: nodePort } },
    route,
  )
  const backends = backendsThrough(journey, local ? nodes : [], onward.source.ip, match, outcome.backends)
  if (outcome.verdict === "delivered" || !outcome.failure) return { ...outcome, backends }
  const { chosen } = outcome
  return emptyReply(route, outcome.failure, { certainty: "environment", backends, ...(chosen ? { chosen } : {}) })
}
