import { isIP } from "@pilotage/kube-model"
import { nameFailure } from "../dns/name-failures.ts"
import { hostsFile, lookUp } from "../dns/resolver.ts"
import { curlOutcome } from "../explain/curl-text.ts"
import { failure } from "../explain/endpoint-failures.ts"
import { servicesOf } from "../explain/port-failures.ts"
import type { Rule } from "../explain/rules.ts"
import { findAddress, findNodePort } from "../proxy/kube-proxy.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Certainty, DnsStep, Packet, RouteRequest, Trace } from "../trace-types.ts"
import { routeOf, translate } from "./delivery.ts"
import { DIRECT, reachNode, reachPod } from "./direct-delivery.ts"
import { forwardFromNode, forwardFromOutside } from "./forwarding.ts"
import { addHop, type Journey, note, type Outcome, packetText, pickIndex, refused } from "./journey.ts"
import { addressTowards, findSender, type Sender, type SenderProblem } from "./sender.ts"

const isLoopback = (ip: string): boolean => ip.startsWith("127.")

interface Resolved {
  readonly steps: readonly DnsStep[]
  /** More than one for a headless Service. None: the name does not resolve. */
  readonly ips: readonly string[]
  readonly certainty: Certainty
  /** Services whose names were resolved on the way. */
  readonly services: readonly string[]
  /** The one that gave the address. */
  readonly rule: Rule
}

/** Name to address, as getaddrinfo does it for curl (A side only). */
const resolveDestination = (indexes: Indexes, sender: Sender, to: string): Resolved => {
  if (isIP(to)) return { steps: [], ips: [to], certainty: "certain", services: [], rule: "R1" }
  const listed = hostsFile(indexes, sender, to)
  if (listed !== undefined) return { steps: [], ips: [listed], certainty: "certain", services: [], rule: "R15" }
  const lookup = lookUp(indexes, sender, to, "A", true)
  const last = lookup.steps.at(-1)
  return {
    steps: lookup.steps,
    ips: lookup.records.flatMap((record) => (record.type === "A" ? [record.data] : [])),
    certainty: lookup.certainty,
    services: last?.cause ? servicesOf(indexes, [last.cause]) : [],
    rule: last?.rule ?? "R13",
  }
}

/** The client's own loopback, or its own address: the packet never leaves its network namespace. */
const stayHome = (journey: Journey, packet: Packet): Outcome => {
  const { sender, request } = journey
  if (sender.kind === "pod") return reachPod(journey, sender.pod, packet, true, [])
  if (sender.kind === "node") return reachNode(journey, sender.node, packet, true)
  const closed = failure(
    "local-port-closed",
    `${packetText(packet)} is the client's own machine, and nothing listens there.`,
    "Use the address of a node or of a load balancer.",
  )
  addHop(journey, sender.place, "reset", packet, undefined, "R16", closed.message)
  return refused(DIRECT, closed, request.to === sender.ip ? {} : { certainty: "environment" })
}

/** The address with which the client's machine sends: a node takes the one that faces the receiver. */
const sourceOf = (indexes: Indexes, sender: Sender, ip: string): string => {
  if (isLoopback(ip)) return ip
  return sender.kind === "node" && indexes.podsByIP.get(ip) ? addressTowards(indexes, sender.node, ip) : sender.ip
}

const send = (journey: Journey, ip: string, services: readonly string[], rule: Rule): Outcome => {
  const { indexes, sender, request } = journey
  const { port, protocol } = request
  const own = ip === sender.ip
  const packet: Packet = {
    source: { ip: sourceOf(indexes, sender, ip) },
    destination: { ip, port },
    protocol,
  }
  addHop(
    journey,
    sender.place,
    "send",
    packet,
    packet,
    rule,
    `The client ${packet.source.ip} connects to ${packetText(packet)}.`,
  )
  if (sender.kind === "external")
    return own || isLoopback(ip) ? stayHome(journey, packet) : forwardFromOutside(journey, packet)
  if (sender.kind === "pod") {
    if (own || isLoopback(ip)) return stayHome(journey, packet)
    const match =
      findAddress(indexes, packet) ??
      (indexes.nodesByIP.get(ip)?.[0]?.name === sender.node.name ? findNodePort(indexes, packet) : undefined)
    return match
      ? translate(journey, sender.node, "pod", packet, match, routeOf(match))
      : forwardFromNode(journey, sender.node, packet, services)
  }
  const { node } = sender
  const address = findAddress(indexes, packet)
  if (address) return translate(journey, node, "node", packet, address, routeOf(address))
  const everyAddress = indexes.config.proxyMode === "iptables"
  const isLocal =
    ip === node.internalIP || (everyAddress && (isLoopback(ip) || indexes.nodesByIP.get(ip)?.[0]?.name === node.name))
  const match = isLocal ? findNodePort(indexes, packet) : undefined
  if (match) {
    const asNode = isLoopback(ip) ? { ...packet, source: { ip: node.internalIP } } : packet
    return translate(journey, node, "node", asNode, match, routeOf(match))
  }
  if (own || isLoopback(ip)) return stayHome(journey, packet)
  return forwardFromNode(journey, node, packet, services)
}

/** A name with several addresses: the client might have taken any of them. */
const withOtherAddresses = (journey: Journey, taken: string, resolved: Resolved, outcome: Outcome): Outcome => {
  const others = resolved.ips.flatMap((ip) => {
    if (ip === taken) return []
    return send({ ...journey, hops: [], notes: [] }, ip, resolved.services, resolved.rule).backends
  })
  return { ...outcome, backends: [...outcome.backends, ...others] }
}

const successNotes = (journey: Journey, outcome: Outcome): void => {
  if (outcome.verdict !== "delivered") return
  const { sender } = journey
  if (
    outcome.route.kind === "LoadBalancer" &&
    sender.kind !== "external" &&
    !journey.hops.some((hop) => hop.at.kind === "load-balancer")
  )
    note(
      journey,
      "load-balancer-bypassed",
      "Inside the cluster the node translates the load balancer's address itself: the packet never goes to the load balancer.",
    )
  const refusing = outcome.backends.filter((backend) => backend.refuses || backend.silent)
  if (refusing.length)
    note(
      journey,
      "some-backends-fail",
      `${refusing.length} of ${outcome.backends.length} backends would not have answered.`,
    )
}

const finish = (
  indexes: Indexes,
  request: RouteRequest,
  dns: readonly DnsStep[],
  destination: string | undefined,
  outcome: Outcome,
  journey: Pick<Journey, "hops" | "notes">,
): Trace => ({
  request,
  dns,
  ...(destination === undefined ? {} : { destination }),
  route: outcome.route,
  hops: journey.hops,
  verdict: outcome.verdict,
  certainty: outcome.certainty,
  backends: outcome.backends,
  ...(outcome.chosen ? { chosen: outcome.chosen } : {}),
  curl: curlOutcome(outcome.verdict, indexes.config, request.to, request.port, outcome.afterMs),
  afterMs: outcome.afterMs,
  ...(outcome.failure ? { failure: outcome.failure } : {}),
  notes: journey.notes,
})

const cannotSend = (indexes: Indexes, request: RouteRequest, problem: SenderProblem): Trace => {
  const outcome: Outcome = {
    route: DIRECT,
    verdict: "unreachable",
    certainty: "certain",
    afterMs: 0,
    backends: [],
    failure: failure("client-not-running", problem.message, problem.fix),
  }
  return finish(indexes, request, [], undefined, outcome, { hops: [], notes: [] })
}

/** What happens to one request: every DNS query, every hop, the verdict and its reason. Never throws on odd input. */
export const trace = (table: RoutingTable, request: RouteRequest): Trace => {
  const indexes = indexesOf(table)
  const sender = findSender(indexes, request.from)
  if (sender.kind === "problem") return cannotSend(indexes, request, sender)
  const resolved = resolveDestination(indexes, sender, request.to)
  const journey: Journey = { indexes, request, sender, hops: [], notes: [], picksUsed: 0 }
  const ip = resolved.ips[resolved.ips.length > 1 ? pickIndex(journey, resolved.ips.length) : 0]
  if (ip === undefined) {
    const outcome: Outcome = {
      route: DIRECT,
      verdict: "name-not-found",
      certainty: resolved.certainty,
      afterMs: 1,
      backends: [],
      failure: nameFailure(indexes, sender, request),
    }
    return finish(indexes, request, resolved.steps, undefined, outcome, journey)
  }
  const sent = send(journey, ip, resolved.services, resolved.rule)
  const outcome = resolved.ips.length > 1 ? withOtherAddresses(journey, ip, resolved, sent) : sent
  successNotes(journey, outcome)
  return finish(indexes, request, resolved.steps, ip, outcome, journey)
}
