import type { Connection } from "../policy/connection.ts"
import { isAllowed, judgeConnection, type Weighed, weighConnection } from "../policy/judgement.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Backend, Failure, Packet } from "../trace-types.ts"
import { hopAt, type Journey, type Outcome, tell, timedOut } from "./journey.ts"
import { nodePlace } from "./sender.ts"

type Denial = Extract<Weighed, { readonly allowed: false }>

/** The connection as policies see it on either side of the rewriting: as the client's node does, and as the server's. */
const sides = (journey: Journey, packet: Packet, pod: PodFacts | undefined): readonly Connection[] => {
  const { sender, request } = journey
  const { ip, port = 0 } = packet.destination
  const destination: Connection["destination"] = pod ? { ip, pod } : { ip }
  const common = { destination, port, protocol: packet.protocol, established: request.established !== undefined }
  const asked = journey.sent?.destination
  const before = asked ? { destination: { ip: asked.ip, port: request.port } } : {}
  const seen: Connection = { ...common, source: { ip: packet.source.ip }, before }
  if (sender.kind === "external") return [{ ...seen, before: { ...before, source: { ip: sender.ip } } }]
  const sent = { ip: sender.ip, ...(sender.pod ? { pod: sender.pod } : {}) }
  if (sender.kind === "pod" && (packet.source.ip === sender.ip || packet.source.ip === sender.pod.secondIP))
    return [{ ...common, source: sent, before }]
  return [
    { ...common, source: sent, before },
    { ...seen, before: { ...before, source: sent } },
  ]
}

const denialOf = (journey: Journey, connections: readonly Connection[]): Denial | undefined => {
  for (const [index, connection] of connections.entries()) {
    const judged = weighConnection(journey.indexes, connection)
    // Before the rewriting only what leaves the client is judged: what comes in is seen after it.
    if (!judged.allowed && (judged.direction === "egress" || index === connections.length - 1)) return judged
    if (!judged.allowed || index < connections.length - 1) continue
    if (judged.certainty === "environment") journey.dependsOnNetwork = true
    if (journey.told) journey.notes.push(...judged.notes())
  }
  return undefined
}

const gate = (
  journey: Journey,
  node: NodeFacts | undefined,
  packet: Packet,
  pod: PodFacts | undefined,
  route: Outcome["route"],
  more: Reached,
): Outcome | undefined => {
  const denied = denialOf(journey, sides(journey, packet, pod))
  if (!denied) return undefined
  const { sender } = journey
  const at = denied.direction === "egress" && sender.kind !== "external" ? sender.node : node
  const failure = (): Failure => denied.why().failure
  if (at)
    tell(journey, () => {
      const { rule, cause, failure } = denied.why()
      return hopAt(nodePlace(at), "drop", packet, undefined, rule, failure.message, cause)
    })
  return timedOut(route, failure, { ...more, certainty: denied.certainty })
}

/** What would have answered. */
interface Reached {
  readonly backends?: Outcome["backends"]
  readonly chosen?: Backend
}

/**
 * NetworkPolicies between the client and what holds the packet's destination: they see the endpoint, not the Service.
 * Undefined: they let the packet pass. `node`: where it would have ended.
 */
export const policyGate = (
  journey: Journey,
  node: NodeFacts | undefined,
  packet: Packet,
  pod: PodFacts | undefined,
  route: Outcome["route"],
  more: Reached,
): Outcome | undefined =>
  journey.indexes.networkPolicies.size === 0 ? undefined : gate(journey, node, packet, pod, route, more)

/** Would NetworkPolicies let the client, seen as `source`, reach this endpoint? Asked of thousands at once. */
export const letsThrough = (
  journey: Journey,
  endpoint: Pick<EndpointFact, "ip" | "port">,
  source: string,
  pod: PodFacts | undefined,
): boolean => {
  const { indexes, request } = journey
  if (indexes.networkPolicies.size === 0) return true
  const { ip, port } = endpoint
  const connections = sides(
    journey,
    { source: { ip: source }, destination: { ip, port }, protocol: request.protocol },
    pod,
  )
  const last = connections.length - 1
  for (let index = 0; index <= last; index += 1) {
    const connection = connections[index]
    if (!connection || isAllowed(indexes, connection)) continue
    if (index === last) return false
    const judged = judgeConnection(indexes, connection)
    if (!judged.allowed && judged.direction === "egress") return false
  }
  return true
}
