import { backendAt, leavesPodNetwork, podBehind, sourceSeenBy } from "./backend.ts"
import { serviceRef } from "./cluster-dns.ts"
import { noEndpoints, serviceText } from "./endpoint-failures.ts"
import { isExternalLocal, selectEndpoints } from "./endpoint-selection.ts"
import {
  addHop,
  delivered,
  environmentAnswer,
  type Journey,
  nobodyAnswersARP,
  note,
  type Outcome,
  packetText,
  pickIndex,
  refused,
  timedOut,
} from "./journey.ts"
import { type Client, type Decision, decide, type Match } from "./kube-proxy.ts"
import { gonePod, localPolicy, sourceRange, stoppedNode, unknownAddress } from "./path-failures.ts"
import { targetPortFailure } from "./port-failures.ts"
import type { Rule } from "./rules.ts"
import { nodePlace } from "./sender.ts"
import type { EndpointFact } from "./service-entry.ts"
import { podSocket } from "./sockets.ts"
import type { NodeFacts } from "./state.ts"
import type { Backend, Packet, Place, RouteTaken } from "./trace-types.ts"

const ROUTES: Readonly<Record<Match["frontend"]["kind"], RouteTaken["kind"]>> = {
  ClusterIP: "ClusterIP",
  NodePort: "NodePort",
  LoadBalancer: "LoadBalancer",
  Proxy: "LoadBalancer",
  ExternalIP: "ExternalIP",
}

export const routeOf = ({ frontend, entry, port }: Match): RouteTaken => ({
  kind: ROUTES[frontend.kind],
  service: serviceRef(entry.service),
  servicePort: port.port.name ?? String(port.port.port),
})

const choose = (
  journey: Journey,
  { entry }: Match,
  endpoints: readonly EndpointFact[],
): { readonly index: number; readonly remembered: boolean } => {
  const { affinity } = journey.request
  if (affinity !== undefined && entry.service.spec.sessionAffinity === "ClientIP") {
    const index = endpoints.findIndex((endpoint) => `${endpoint.ip}:${endpoint.port}` === affinity)
    if (index >= 0) {
      journey.picksUsed += 1
      return { index, remembered: true }
    }
  }
  return { index: pickIndex(journey, endpoints.length), remembered: false }
}

/** The part of the translation's sentence that tells what became of the source. */
const sourceText = (
  journey: Journey,
  node: NodeFacts,
  packet: Packet,
  chosen: Backend,
  decision: Extract<Decision, { readonly kind: "translate" }>,
): { readonly text: string; readonly rule: Rule | undefined } => {
  const source = packet.source.ip
  if (chosen.sourceSeen === source) return { text: `keeps the source ${source}`, rule: undefined }
  if (chosen.ip === source)
    return { text: `rewrites the source to ${chosen.sourceSeen}, because the pod reaches itself`, rule: "R29" }
  if (!decision.masquerade && leavesPodNetwork(journey.indexes, source, chosen.ip))
    return {
      text: `the pod network rewrites the source to ${chosen.sourceSeen}, because ${chosen.ip} is no pod's address`,
      rule: "R30",
    }
  return {
    text:
      chosen.node === node.name
        ? `rewrites the source to ${chosen.sourceSeen}, its address on the pod network`
        : `rewrites the source to ${chosen.sourceSeen}, its own address, so that the answer comes back through it`,
    rule: "R27",
  }
}

const countText = (count: number): string => (count === 1 ? "the only endpoint" : `one of ${count} endpoints`)

/** A connection to a Service port meets kube-proxy on `node`. `packet` is what arrives there. */
export const translate = (
  journey: Journey,
  node: NodeFacts,
  client: Client,
  packet: Packet,
  match: Match,
  route: RouteTaken,
): Outcome => {
  const { indexes } = journey
  const { entry, port } = match
  const { service } = entry
  const at = nodePlace(node)
  const object = serviceRef(service)
  const decision = decide(indexes, node, client, packet.source.ip, match)
  if (decision.kind === "reject") {
    const failure = noEndpoints(indexes, entry, port)
    addHop(
      journey,
      at,
      "reject",
      packet,
      undefined,
      "R23",
      `${node.name} rejects the packet at once: ${serviceText(service)} has no usable endpoint.`,
      failure.cause,
    )
    return refused(route, failure)
  }
  if (decision.kind === "pass") {
    const failure = noEndpoints(indexes, entry, port)
    addHop(
      journey,
      at,
      "unreachable",
      packet,
      undefined,
      "R51",
      `${node.name} does not reject its own packets to ${packetText(packet)}; the packet leaves the node, and nobody answers for ${packet.destination.ip}.`,
      failure.cause,
    )
    return nobodyAnswersARP(route, failure, { certainty: "environment" })
  }
  if (decision.kind === "drop") {
    const failure =
      decision.rule === "R45" ? sourceRange(entry, packet.source.ip) : localPolicy(entry, port, node, decision.rule)
    addHop(
      journey,
      at,
      "drop",
      packet,
      undefined,
      decision.rule,
      `${node.name} drops the packet without a word. ${failure.message}`,
      failure.cause,
    )
    return timedOut(route, failure)
  }
  const backends = decision.endpoints.map((endpoint) =>
    backendAt(
      indexes,
      endpoint,
      port.protocol,
      sourceSeenBy(indexes, node, packet.source.ip, decision.masquerade, endpoint),
    ),
  )
  const { index, remembered } = choose(journey, match, decision.endpoints)
  const endpoint = decision.endpoints[index]
  const chosen = backends[index]
  if (!endpoint || !chosen) return refused(route, noEndpoints(indexes, entry, port))
  const source = sourceText(journey, node, packet, chosen, decision)
  const exit: Packet = {
    source: { ip: chosen.sourceSeen },
    destination: { ip: chosen.ip, port: chosen.port },
    protocol: packet.protocol,
  }
  const how = remembered ? "the endpoint that this client had before" : countText(backends.length)
  addHop(
    journey,
    at,
    source.rule ? "dnat+snat" : "dnat",
    packet,
    exit,
    decision.rule,
    `${node.name} translates ${packetText(packet)} to ${packetText(exit)}, ${how} of ${serviceText(service)}, and ${source.text}.`,
    {
      object,
      path: `spec.ports[${port.index}].targetPort`,
      value: JSON.stringify(port.port.targetPort ?? port.port.port),
    },
  )
  if (remembered)
    note(
      journey,
      "session-affinity",
      "sessionAffinity ClientIP: this client is sent to the endpoint that it had before.",
    )
  if (source.rule)
    note(journey, "source-rewritten", `The backend does not see ${packet.source.ip}: it sees ${chosen.sourceSeen}.`)
  if (isExternalLocal(service) && decision.rule === "R26")
    note(
      journey,
      "policy-local-bypassed",
      `externalTrafficPolicy Local does not bind this client: it is ${client === "node" ? "the node itself" : "a pod of this cluster"}.`,
    )
  return arrive(journey, node, exit, match, endpoint, backends, chosen, route)
}

/** The translated packet on its way to the endpoint, and what happens there. */
const arrive = (
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
  const place: Place = { kind: "pod", namespace: pod.namespace, name: pod.name, node: pod.nodeName ?? "" }
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

/** Backends that other nodes would choose from, where the traffic might as well have entered: each endpoint once. */
export const backendsThrough = (
  journey: Journey,
  nodes: readonly NodeFacts[],
  sourceAt: string,
  { entry, port }: Match,
  first: readonly Backend[],
): readonly Backend[] => {
  if (!isExternalLocal(entry.service)) return first
  const { indexes } = journey
  const known = new Set(first.map((backend) => `${backend.ip}:${backend.port}`))
  const others = nodes.flatMap((node) =>
    selectEndpoints(port, node).local.map((endpoint) => backendAt(indexes, endpoint, port.protocol, sourceAt)),
  )
  return [...first, ...others.filter((backend) => !known.has(`${backend.ip}:${backend.port}`))]
}
