import { failure } from "../explain/endpoint-failures.ts"
import { noAddressOfFamily } from "../explain/path-failures.ts"
import { isLoopback, podGateway } from "../proxy/node-addresses.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Packet } from "../trace-types.ts"
import { reachPod } from "./direct-delivery.ts"
import { atNode, forwardFromOutside } from "./forwarding.ts"
import { DIRECT, hopAt, type Journey, noWay, type Outcome, once, packetText, refused, tellEnd } from "./journey.ts"
import { addressOf, addressTowards, familyOf, placeOf, type Sender } from "./sender.ts"

/** An outside client's own loopback or address: the packet never leaves its machine, of which we know nothing. */
const stayOutside = (journey: Journey, packet: Packet): Outcome => {
  const { sender, request } = journey
  const closed = once(() =>
    failure(
      "local-port-closed",
      `${packetText(packet)} is the client's own machine, and nothing listens there.`,
      "Use the address of a node or of a load balancer.",
    ),
  )
  tellEnd(journey, placeOf(sender), "reset", packet, "R16", closed)
  return refused(DIRECT, closed, request.to === sender.ip ? {} : { certainty: "environment" })
}

/** The address with which the client's machine sends: a node takes the one that faces the receiver. */
const sourceOf = (indexes: Indexes, sender: Sender, ip: string): string | undefined => {
  if (isLoopback(ip)) return ip
  if (sender.kind !== "node") return addressOf(sender, familyOf(ip))
  if (ip === podGateway(sender.node, familyOf(ip))) return ip
  return indexes.podsByIP.get(ip) ? addressTowards(indexes, sender.node, ip) : addressOf(sender, familyOf(ip))
}

const withoutAddress = (journey: Journey, packet: Packet): Outcome => {
  const { ip } = packet.destination
  const failed = once(() => noAddressOfFamily(ip, familyOf(ip)))
  tellEnd(journey, placeOf(journey.sender), "unreachable", packet, "R60", failed)
  return noWay(DIRECT, failed)
}

/** The client's packet to an address, and what becomes of it. */
export const send = (journey: Journey, ip: string): Outcome => {
  const { indexes, sender, request } = journey
  const { port, protocol } = request
  const source = sourceOf(indexes, sender, ip)
  const packet: Packet = { source: { ip: source ?? sender.ip }, destination: { ip, port }, protocol }
  journey.sent = packet
  if (journey.told) {
    const says = `The client ${packet.source.ip} connects to ${packetText(packet)}.`
    journey.hops.push(hopAt(placeOf(sender), "send", packet, packet, journey.lookup.rule, says))
  }
  if (source === undefined) return withoutAddress(journey, packet)
  const own = source === ip
  if (sender.kind === "external") return own ? stayOutside(journey, packet) : forwardFromOutside(journey, packet)
  if (sender.kind === "pod" && own) return reachPod(journey, sender.pod, packet, { inside: true })
  return atNode(journey, sender.node, packet)
}
