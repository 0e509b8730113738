import { noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { localPolicy, sourceRange } from "../explain/path-failures.ts"
import type { ProxyDecision } from "../proxy/kube-proxy.ts"
import type { Match } from "../proxy/match.ts"
import type { NodeFacts } from "../state.ts"
import type { Failure, Packet } from "../trace-types.ts"
import { hopAt, type Journey, nobodyAnswersARP, type Outcome, packetText, refused, tell, timedOut } from "./journey.ts"
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
  const why = (): Failure =>
    rule === "R45"
      ? sourceRange(entry, packet.source.ip)
      : byPolicy
        ? localPolicy(entry, port, match.frontend, node)
        : noEndpoints(journey.indexes, entry, port)
  const end = (action: "reject" | "drop" | "unreachable", says: (failure: Failure) => string): void =>
    tell(journey, () => {
      const failure = why()
      return hopAt(nodePlace(node), action, packet, undefined, rule, says(failure), failure.cause)
    })
  if (kind === "drop") {
    end("drop", (failure) => `${node.name} drops the packet without a word. ${failure.message}`)
    return timedOut(match, why)
  }
  if (kind === "pass") {
    end(
      "unreachable",
      () =>
        `${node.name} does not reject its own packets to ${packetText(packet)}; the packet leaves the node, and nobody answers for ${packet.destination.ip}.`,
    )
    return nobodyAnswersARP(match, why, { certainty: "environment" })
  }
  end("reject", () =>
    byPolicy
      ? `${node.name} rejects the packet at once: the virtual server has no real server here.`
      : `${node.name} rejects the packet at once: ${serviceText(entry.service)} has no usable endpoint.`,
  )
  return refused(match, why)
}
