import { noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { localPolicy, sourceRange } from "../explain/path-failures.ts"
import type { Rule } from "../explain/rules.ts"
import { serviceRef } from "../object-ref.ts"
import { isExternalLocal, selectEndpoints } from "../proxy/endpoint-selection.ts"
import { type Client, type Decision, decide, type Match } from "../proxy/kube-proxy.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Backend, Packet, RouteTaken } from "../trace-types.ts"
import { arrive } from "./arrival.ts"
import { backendAt, leavesPodNetwork, sourceSeenBy } from "./backend.ts"
import {
  addHop,
  type Journey,
  nobodyAnswersARP,
  note,
  type Outcome,
  packetText,
  pickIndex,
  refused,
  timedOut,
} from "./journey.ts"
import { nodePlace } from "./sender.ts"

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
    selectEndpoints(port, node, "IPv4").local.map((endpoint) => backendAt(indexes, endpoint, port.protocol, sourceAt)),
  )
  return [...first, ...others.filter((backend) => !known.has(`${backend.ip}:${backend.port}`))]
}
