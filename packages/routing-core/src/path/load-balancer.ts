import { canonicalIP } from "@pilotage/kube-model"
import { noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { loadBalancerNoNode, nobodyHome } from "../explain/path-failures.ts"
import { loadBalancerWrongPort } from "../explain/port-failures.ts"
import { serviceRef } from "../object-ref.ts"
import { isExternalLocal, selectEndpoints } from "../proxy/endpoint-selection.ts"
import type { Match } from "../proxy/match.ts"
import { nodeIP } from "../proxy/node-addresses.ts"
import type { ServiceEntry } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Packet, Place } from "../trace-types.ts"
import { announcingNode } from "./announcer.ts"
import { backendsThrough, translate } from "./delivery.ts"
import {
  emptyReply,
  hopAt,
  type Journey,
  nobodyAnswersARP,
  note,
  type Outcome,
  once,
  packetText,
  pickIndex,
  refused,
  tell,
  tellEnd,
} from "./journey.ts"

/** Nodes that a load balancer may use, in order of address. */
const eligible = (indexes: Indexes): readonly NodeFacts[] =>
  indexes.nodeList.filter((node) => !node.stopped && !node.excludedFromLoadBalancers)

const balancerPlace = (entry: ServiceEntry, ip: string): Place => ({
  kind: "load-balancer",
  name: entry.service.metadata.name,
  ip,
})

const hasLocal = ({ frontend, port }: Match, node: NodeFacts): boolean =>
  selectEndpoints(port, node, frontend.family).local.length > 0

/** MetalLB elects by the first of a Service's addresses, whatever their number. */
const electedOf = (nodes: readonly NodeFacts[], { entry, frontend }: Match): readonly NodeFacts[] => {
  const ip = entry.service.status?.loadBalancer?.ingress?.find((each) => each.ip)?.ip ?? frontend.ip
  const names = nodes.map(({ name }) => name)
  const elected = announcingNode(names, canonicalIP(ip) ?? ip)
  return nodes.filter(({ name }) => name === elected)
}

/**
 * The nodes that may answer for an address of kube-proxy's. MetalLB: the one that it elects, under policy Local of those
 * with a ready endpoint, and nobody while no endpoint is ready; else whoever the network brings it to, where a policy
 * Local sends it only to nodes with an endpoint as long as there is one.
 */
const announcers = (indexes: Indexes, match: Match): readonly NodeFacts[] => {
  const all = eligible(indexes)
  const { entry, frontend, port } = match
  if (indexes.config.loadBalancer === "metallb" && frontend.kind === "LoadBalancer") {
    const ready = port.endpoints[frontend.family].filter((endpoint) => endpoint.ready)
    if (ready.length === 0) return []
    if (!isExternalLocal(entry.service)) return electedOf(all, match)
    const places = new Set(ready.map((endpoint) => endpoint.nodeName))
    return electedOf(
      all.filter((node) => places.has(node.name)),
      match,
    )
  }
  const holding = isExternalLocal(entry.service) ? all.filter((node) => hasLocal(match, node)) : []
  return holding.length ? holding : all
}

/** From outside to a load balancer address, or an external IP, that kube-proxy owns: one node answers for it. */
export const enterThroughNode = (journey: Journey, packet: Packet, match: Match): Outcome => {
  const { indexes } = journey
  const { entry, frontend } = match
  const nodes = announcers(indexes, match)
  const node = nodes[pickIndex(journey, nodes.length)]
  const { ip } = packet.destination
  if (!node) {
    const unready = indexes.config.loadBalancer === "metallb" && eligible(indexes).length > 0
    const failure = once(() =>
      unready
        ? noEndpoints(indexes, entry, match.port)
        : loadBalancerNoNode(entry, "has no node that would answer for its address."),
    )
    const says = unready ? `No node announces ${ip} while no endpoint is ready.` : undefined
    tell(journey, () =>
      hopAt(
        balancerPlace(entry, ip),
        "unreachable",
        packet,
        undefined,
        unready ? "R61" : "R41",
        says ?? failure().message,
        failure().cause,
      ),
    )
    return nobodyAnswersARP(match, failure, { certainty: "environment" })
  }
  const announced = indexes.config.loadBalancer === "metallb" && frontend.kind === "LoadBalancer"
  tell(journey, () =>
    hopAt(
      balancerPlace(entry, ip),
      "forward",
      packet,
      packet,
      announced ? "R61" : "R41",
      announced
        ? `${ip} is no machine: ${node.name} announces it to its neighbours and takes the packet in.`
        : `${ip} is no machine: ${node.name} answers for it and takes the packet in.`,
      { object: serviceRef(entry.service), path: "status.loadBalancer.ingress", value: JSON.stringify(ip) },
    ),
  )
  const outcome = translate(journey, node, packet, match)
  const through = isExternalLocal(entry.service) ? nodes : []
  const backends = backendsThrough(journey, through, packet.source.ip, match, outcome.backends)
  // Nobody in the cluster tells the network of external IPs.
  if (frontend.kind !== "ExternalIP" || indexes.nodeCIDR.contains(ip)) return { ...outcome, backends }
  note(
    journey,
    "external-ip-route",
    () => `${ip} is in externalIPs only: the network around the cluster must have a route for it to a node.`,
  )
  return { ...outcome, backends, certainty: "environment" }
}

/** What the proxy does to a connection that it cannot bring to a backend. */
const closedByProxy = (journey: Journey, packet: Packet, match: Match, local: boolean): Outcome => {
  const { indexes } = journey
  const { entry, port, frontend } = match
  const anywhere = port.endpoints[frontend.family].some((endpoint) => endpoint.ready)
  const failure = once(() =>
    port.port.nodePort && local && !anywhere
      ? noEndpoints(indexes, entry, port)
      : loadBalancerNoNode(
          entry,
          port.port.nodePort
            ? "has no healthy node to send to."
            : "cannot reach the nodes: the Service has no node port.",
        ),
  )
  tellEnd(journey, balancerPlace(entry, packet.destination.ip), "reset", packet, "R44", failure, {
    says: (message) => `The load balancer accepts the connection and closes it again. ${message}`,
  })
  return emptyReply(match, failure, { certainty: "environment" })
}

/** What happens to a packet that reaches a node from another machine. */
type EnterNode = (journey: Journey, node: NodeFacts, packet: Packet) => Outcome

/** The proxy's own connection to a node port. */
const throughNodePort = (
  journey: Journey,
  packet: Packet,
  match: Match,
  nodes: readonly NodeFacts[],
  node: NodeFacts,
  nodePort: number,
  enter: EnterNode,
): Outcome => {
  const { entry, port, frontend } = match
  const { ip } = packet.destination
  const onward: Packet = {
    source: { ip },
    destination: { ip: nodeIP(node, frontend.family) ?? node.internalIP, port: nodePort },
    protocol: packet.protocol,
  }
  tell(journey, () =>
    hopAt(
      balancerPlace(entry, ip),
      "dnat+snat",
      packet,
      onward,
      "R42",
      `The load balancer of ${serviceText(entry.service)} opens a connection of its own to ${packetText(onward)}, the node port on ${node.name}.`,
      { object: serviceRef(entry.service), path: `spec.ports[${port.index}].nodePort`, value: String(nodePort) },
    ),
  )
  note(
    journey,
    "load-balancer-source",
    () => `The load balancer connects with its own address ${ip}; the client's address ends there.`,
  )
  const outcome = enter(journey, node, onward)
  const through = isExternalLocal(entry.service) ? nodes : []
  const backends = backendsThrough(journey, through, ip, match, outcome.backends)
  if (outcome.verdict === "delivered" || !outcome.failure) return { ...outcome, route: match, backends }
  const { chosen } = outcome
  return emptyReply(match, outcome.failure, {
    certainty: "environment",
    backends,
    ...(chosen ? { chosen } : {}),
  })
}

/** To a load balancer that is a machine of its own and connects to a node port. `all`: the frontends at its address. */
export const throughProxy = (
  journey: Journey,
  packet: Packet,
  first: Match,
  all: readonly Match[],
  enter: EnterNode,
): Outcome => {
  const { indexes } = journey
  const { port: number } = packet.destination
  const exact = all.find(({ frontend }) => frontend.port === number && frontend.protocol === packet.protocol)
  const match = exact ?? first
  const { entry, port } = match
  const place = balancerPlace(entry, packet.destination.ip)
  if (indexes.config.loadBalancer === "none") {
    const failure = once(() => nobodyHome(entry, packet.destination.ip))
    tellEnd(journey, place, "unreachable", packet, "R38", failure)
    return nobodyAnswersARP(match, failure, { certainty: "environment" })
  }
  if (!exact) {
    const failure = once(() => loadBalancerWrongPort(entry, journey.request))
    tellEnd(journey, place, "reset", packet, "R43", failure)
    return refused({ kind: "LoadBalancer", service: serviceRef(entry.service) }, failure)
  }
  const local = isExternalLocal(entry.service)
  const nodes = eligible(indexes).filter(
    (each) => !local || selectEndpoints(port, each, match.frontend.family).local.some((one) => one.ready),
  )
  const node = nodes[pickIndex(journey, nodes.length)]
  const { nodePort } = port.port
  return node && nodePort
    ? throughNodePort(journey, packet, match, nodes, node, nodePort, enter)
    : closedByProxy(journey, packet, match, local)
}
