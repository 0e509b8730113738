import { noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { answerLost, hairpinLost } from "../explain/path-failures.ts"
import { serviceRef } from "../object-ref.ts"
import { affinitySlot } from "../proxy/affinity.ts"
import { type Client, clientAt } from "../proxy/client.ts"
import { isExternalLocal, selectEndpoints } from "../proxy/endpoint-selection.ts"
import { endpointText } from "../proxy/endpoint-text.ts"
import { type ProxyDecision, proxyDecision } from "../proxy/kube-proxy.ts"
import type { Landing } from "../proxy/landing-note.ts"
import type { Match } from "../proxy/match.ts"
import { masqueradesClusterIP } from "../proxy/netfilter.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Backend, Packet, RouteTaken } from "../trace-types.ts"
import { arrive } from "./arrival.ts"
import { backendAt, type Source, sourceOfPacket, sourceSeenBy } from "./backend.ts"
import { chooseEndpoint, keptEndpoint } from "./endpoint-choice.ts"
import {
  hopAt,
  type Journey,
  NO_BACKENDS,
  note,
  type Outcome,
  once,
  packetText,
  refused,
  tell,
  tellEnd,
  timedOut,
} from "./journey.ts"
import { landingOf } from "./landing.ts"
import { letsThrough } from "./policy-gate.ts"
import { refuse } from "./refusal.ts"
import { nodePlace } from "./sender.ts"
import { countText, sourceText } from "./translation-text.ts"

const ROUTES: Readonly<Record<Match["frontend"]["kind"], RouteTaken["kind"]>> = {
  ClusterIP: "ClusterIP",
  NodePort: "NodePort",
  LoadBalancer: "LoadBalancer",
  Proxy: "LoadBalancer",
  ExternalIP: "ExternalIP",
}

export const routeTaken = (route: Outcome["route"]): RouteTaken => {
  if ("kind" in route) return route
  const { frontend, entry, port } = route
  return {
    kind: ROUTES[frontend.kind],
    service: serviceRef(entry.service),
    servicePort: port.port.name ?? String(port.port.port),
  }
}

type Translation = Extract<ProxyDecision, { readonly kind: "translate" }>

const saysEstablished = (): string =>
  "The connection is not a new one: it stays with the endpoint that was chosen when it began."

/** A connection that is older than the decision: its endpoint stays, and so does what was done to its source. */
const established = (
  journey: Journey,
  node: NodeFacts,
  client: Client,
  match: Match,
  packet: Packet,
): Translation | undefined => {
  if (journey.request.established === undefined) return undefined
  const kept = keptEndpoint(match, node, journey.request.established, packet.protocol)
  if (!kept) return undefined
  const masquerade =
    match.frontend.kind === "ClusterIP"
      ? masqueradesClusterIP(journey.indexes, match.frontend.family, client)
      : !isExternalLocal(match.entry.service) || client === "node"
  note(journey, "established", saysEstablished)
  return { kind: "translate", endpoints: [kept.endpoint], masquerade, rule: kept.rule }
}

const tellTranslation = (
  journey: Journey,
  node: NodeFacts,
  client: Client,
  packet: Packet,
  exit: Packet,
  match: Match,
  decision: Translation,
  chosen: Backend,
  remembered: boolean,
): void => {
  const { service } = match.entry
  const source = sourceText(journey.indexes, node, packet.source.ip, chosen, decision)
  const how = remembered ? "the endpoint that this client had before" : countText(decision.endpoints.length)
  const says = `${node.name} translates ${packetText(packet)} to ${packetText(exit)}, ${how} of ${serviceText(service)}, and ${source.text}.`
  tell(journey, () =>
    hopAt(nodePlace(node), source.rule ? "dnat+snat" : "dnat", packet, exit, decision.rule, says, {
      object: serviceRef(service),
      path: `spec.ports[${match.port.index}].targetPort`,
      value: JSON.stringify(match.port.port.targetPort ?? match.port.port.port),
    }),
  )
  if (remembered)
    note(
      journey,
      "session-affinity",
      () => "sessionAffinity ClientIP: this client is sent to the endpoint that it had before.",
    )
  if (source.rule)
    note(
      journey,
      "source-rewritten",
      () => `The backend does not see ${packet.source.ip}: it sees ${chosen.sourceSeen}.`,
    )
  if (isExternalLocal(service) && decision.rule === "R26")
    note(
      journey,
      "policy-local-bypassed",
      () =>
        `externalTrafficPolicy Local does not bind this client: it is ${client === "node" ? "the node itself" : "a pod of this cluster"}.`,
    )
  if (match.port.endpoints[match.frontend.family].length && decision.endpoints.every((each) => each.terminating))
    note(
      journey,
      "only-terminating",
      () => "No endpoint is ready: those that are being deleted and still serve are used.",
    )
}

/** Everything that a translation was made of. */
interface Made {
  readonly journey: Journey
  readonly node: NodeFacts
  readonly source: Source
  readonly match: Match
  readonly decision: Translation
  readonly index: number
  readonly chosen: Backend
}

/** Where the connection lands that goes to this endpoint. */
const backendOf = (
  journey: Journey,
  node: NodeFacts,
  source: Source,
  masquerade: boolean,
  endpoint: EndpointFact,
  landing: Landing,
): Backend => {
  const seen = sourceSeenBy(journey.indexes, node, source, masquerade, endpoint, landing)
  return backendAt(endpoint, seen, landing, !letsThrough(journey, endpoint, seen, landing.pod))
}

/** All backends of a translation: the chosen one and those that might have been. */
const allBackends =
  (made: Made): Outcome["backends"] =>
  () => {
    const { journey, node, source, decision, match, index, chosen } = made
    return decision.endpoints.map((endpoint, place) => {
      if (place === index) return chosen
      const landing = landingOf(journey.indexes, endpoint, match.port.protocol)
      return backendOf(journey, node, source, decision.masquerade, endpoint, landing)
    })
  }

/** No answer comes back to the client. */
const unanswered = (made: Made, exit: Packet, backends: Outcome["backends"], comesBack: boolean): Outcome => {
  const { journey, node, match, chosen } = made
  const failure = once(() =>
    comesBack ? hairpinLost(match.entry, node, chosen) : answerLost(match.entry, node, chosen),
  )
  tellEnd(journey, nodePlace(node), "drop", exit, comesBack ? "R29" : "R64", failure)
  return timedOut(match, failure, { backends, chosen })
}

const withoutEndpoint = (indexes: Indexes, match: Match): Outcome =>
  refused(match, () => noEndpoints(indexes, match.entry, match.port))

/** A connection to a Service port meets kube-proxy on `node`. `packet` is what arrives there. */
export const translate = (journey: Journey, node: NodeFacts, packet: Packet, match: Match): Outcome => {
  const { indexes } = journey
  const source = sourceOfPacket(indexes, packet.source.ip)
  const client = clientAt(indexes, node, source.ip)
  const decision =
    established(journey, node, client, match, packet) ??
    proxyDecision(indexes, { node, client, source: source.ip, destination: packet.destination.ip }, match)
  if (decision.kind !== "translate") return refuse(journey, node, packet, match, decision)
  const { endpoints, masquerade } = decision
  const { index, remembered } = chooseEndpoint(journey, match, endpoints)
  const endpoint = endpoints[index]
  if (!endpoint) return withoutEndpoint(indexes, match)
  const slot = affinitySlot(node, source.ip, match)
  if (slot) journey.affinity = slot
  const landing = landingOf(indexes, endpoint, match.port.protocol)
  const chosen = backendOf(journey, node, source, masquerade, endpoint, landing)
  const exit: Packet = {
    source: { ip: chosen.sourceSeen },
    destination: { ip: chosen.ip, port: chosen.port },
    protocol: packet.protocol,
  }
  const made: Made = { journey, node, source, match, decision, index, chosen }
  const backends = journey.weighed ? allBackends(made) : NO_BACKENDS
  if (journey.told) tellTranslation(journey, node, client, packet, exit, match, decision, chosen, remembered)
  const comesBack =
    source.ip === chosen.ip &&
    chosen.sourceSeen === source.ip &&
    landing.host === undefined &&
    !landing.pod?.hostNetwork
  return decision.answerIsLost || comesBack
    ? unanswered(made, exit, backends, comesBack)
    : arrive(journey, node, exit, match, landing, backends, chosen)
}

/** Backends that other nodes would choose from, where the traffic might as well have entered: each endpoint once. */
export const backendsThrough = (
  journey: Journey,
  nodes: readonly NodeFacts[],
  sourceAt: string,
  { frontend, entry, port }: Match,
  first: Outcome["backends"],
): Outcome["backends"] => {
  if (!isExternalLocal(entry.service)) return first
  return () => {
    const found = [...first()]
    const known = new Set(found.map(({ ip, port }) => endpointText(ip, port)))
    for (const node of nodes)
      for (const endpoint of selectEndpoints(port, node, frontend.family).local) {
        const text = endpointText(endpoint.ip, endpoint.port)
        if (known.has(text)) continue
        known.add(text)
        found.push(backendAt(endpoint, sourceAt, landingOf(journey.indexes, endpoint, port.protocol)))
      }
    return found
  }
}
