import { clusterIPFromOutside, gonePod, podIPFromOutside, unknownAddress } from "../explain/path-failures.ts"
import { loadBalancerWrongPort, wrongServicePort } from "../explain/port-failures.ts"
import { serviceRef } from "../object-ref.ts"
import type { ServiceEntry } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Failure, Packet, Place, RouteTaken } from "../trace-types.ts"
import {
  DIRECT,
  environmentAnswer,
  type Journey,
  nobodyAnswersARP,
  type Outcome,
  once,
  packetText,
  refused,
  tellEnd,
  timedOut,
} from "./journey.ts"
import { nodePlace, placeOf } from "./sender.ts"

/** Which Service has the address at all, if one has. */
const serviceAt = (journey: Journey, ip: string) => journey.indexes.addresses.get(ip)?.[0]

const routeAt = (found: ReturnType<typeof serviceAt>): RouteTaken => {
  if (!found) return DIRECT
  const { kind } = found.frontend
  const service = serviceRef(found.entry.service)
  if (kind === "ClusterIP" || kind === "ExternalIP") return { kind, service }
  return { kind: "LoadBalancer", service }
}

const wrongPort = (journey: Journey, entry: ServiceEntry, kind: string): Failure =>
  kind === "ClusterIP" ? wrongServicePort(entry, journey.request) : loadBalancerWrongPort(entry, journey.request)

/** kube-proxy itself ends a packet for a Service address that no rule matches (nftables, ipvs). */
export const endUnmatched = (journey: Journey, node: NodeFacts, packet: Packet, kind: "reject" | "drop"): Outcome => {
  const { ip } = packet.destination
  const found = serviceAt(journey, ip)
  const rule = journey.indexes.config.proxyMode === "ipvs" ? "R62" : "R37"
  const failure = once(() =>
    found && kind === "reject" ? wrongPort(journey, found.entry, found.frontend.kind) : unknownAddress(ip),
  )
  tellEnd(journey, nodePlace(node), kind, packet, rule, failure)
  return (kind === "reject" ? refused : timedOut)(routeAt(found), failure)
}

/** A cluster IP, or an address of the Service range, that only the network around could answer. */
const serviceAddress = (journey: Journey, at: Place, packet: Packet, outside: boolean): Outcome => {
  const { ip } = packet.destination
  const found = serviceAt(journey, ip)
  if (outside) {
    const failure = once(() => clusterIPFromOutside(ip, found?.entry.service))
    tellEnd(journey, at, "drop", packet, "R40", failure)
    return environmentAnswer(journey, DIRECT, failure)
  }
  const failure = once(() => (found ? wrongServicePort(found.entry, journey.request) : unknownAddress(ip)))
  tellEnd(journey, at, "forward", packet, "R36", failure, {
    exit: packet,
    says: (message) =>
      `No rule on the node matches ${packetText(packet)}, so the packet leaves the cluster and is lost. ${message}`,
  })
  return environmentAnswer(journey, routeAt(found), failure)
}

const balancerAddress = (
  journey: Journey,
  at: Place,
  packet: Packet,
  found: NonNullable<ReturnType<typeof serviceAt>>,
): Outcome => {
  const { ip } = packet.destination
  const failure = once(() => loadBalancerWrongPort(found.entry, journey.request))
  tellEnd(journey, at, "unreachable", packet, "R38", failure, {
    says: (message) => `No rule matches ${packetText(packet)}, and no machine has that address. ${message}`,
  })
  return journey.indexes.nodeCIDR.contains(ip)
    ? nobodyAnswersARP(routeAt(found), failure, { certainty: "environment" })
    : environmentAnswer(journey, routeAt(found), failure)
}

/** The end of the road for addresses that no machine holds. `node`: where the packet is; undefined: still with a client outside. */
export const nobodyHolds = (journey: Journey, node: NodeFacts | undefined, packet: Packet): Outcome => {
  const { indexes, sender } = journey
  const { ip } = packet.destination
  const at = node ? nodePlace(node) : placeOf(sender)
  const found = serviceAt(journey, ip)
  if (found?.frontend.kind === "ClusterIP" || indexes.serviceCIDR.contains(ip))
    return serviceAddress(journey, at, packet, node === undefined)
  if (found) return balancerAddress(journey, at, packet, found)
  if (indexes.clusterCIDR.contains(ip)) {
    const failure = once(() => (node ? gonePod(ip) : podIPFromOutside(ip)))
    tellEnd(journey, at, "drop", packet, node ? "R34" : "R40", failure)
    return environmentAnswer(journey, DIRECT, failure)
  }
  const failure = once(() => unknownAddress(ip))
  const onLink = indexes.nodeCIDR.contains(ip)
  tellEnd(journey, at, onLink ? "unreachable" : "forward", packet, "R47", failure, {
    exit: onLink ? undefined : packet,
  })
  return onLink
    ? nobodyAnswersARP(DIRECT, failure, { certainty: "environment" })
    : environmentAnswer(journey, DIRECT, failure)
}
