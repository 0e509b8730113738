import { noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { localPolicy, sourceRange } from "../explain/path-failures.ts"
import type { ProxyDecision } from "../proxy/kube-proxy.ts"
import type { Match } from "../proxy/match.ts"
import type { NodeFacts } from "../state.ts"
import type { Packet } from "../trace-types.ts"
import {
  type Journey,
  nobodyAnswersARP,
  type Outcome,
  once,
  packetText,
  refused,
  tellEnd,
  timedOut,
} from "./journey.ts"
import { nodePlace } from "./sender.ts"

/** kube-proxy lets nobody through: the decision's kind says how it ends. */
export const refuse = (
  journey: Journey,
  node: NodeFacts,
  packet: Packet,
  match: Match,
  decision: Exclude<ProxyDecision, { readonly kind: "translate" }>,
): Outcome => {
  const { entry, port } = match
  const { rule, kind } = decision
  const byPolicy = rule === "R24" || rule === "R25" || rule === "R63"
  const why = once(() =>
    rule === "R45"
      ? sourceRange(entry, packet.source.ip)
      : byPolicy
        ? localPolicy(entry, port, match.frontend, node)
        : noEndpoints(journey.indexes, entry, port),
  )
  const at = nodePlace(node)
  if (kind === "drop") {
    const says = (message: string): string => `${node.name} drops the packet without a word. ${message}`
    tellEnd(journey, at, "drop", packet, rule, why, { says })
    return timedOut(match, why)
  }
  if (kind === "pass") {
    const says = (): string =>
      `${node.name} does not reject its own packets to ${packetText(packet)}; the packet leaves the node, and nobody answers for ${packet.destination.ip}.`
    tellEnd(journey, at, "unreachable", packet, rule, why, { says })
    return nobodyAnswersARP(match, why, { certainty: "environment" })
  }
  const lacking = byPolicy
    ? "the virtual server has no real server here"
    : `${serviceText(entry.service)} has no usable endpoint`
  tellEnd(journey, at, "reject", packet, rule, why, {
    says: () => `${node.name} rejects the packet at once: ${lacking}.`,
  })
  return refused(match, why)
}
