import type { Origin } from "@pilotage/routing-core"
import type { Dial, DialRequest } from "../cluster.ts"
import { speakHttp } from "./raw-http.ts"
import { findRoute, type RouteParts, sourcePortOf } from "./route.ts"
import { findServer, type Server, type ServerParts, settleReply } from "./server.ts"

export interface DialParts extends Omit<ServerParts, "sourcePort">, RouteParts {}

/** What comes back from the process at the other end. */
const replyOf = (parts: ServerParts, server: Server, { payload, protocol }: DialRequest): string | undefined => {
  const { behaviour, visit } = server
  const said = behaviour.converse?.(payload ?? "", visit, protocol)
  const { respond } = behaviour
  if (said !== undefined || protocol !== "TCP" || !respond || behaviour.isTls || payload === undefined) return said
  return speakHttp(payload, (request) => {
    const reply = respond(request, visit)
    return settleReply(parts, server, reply) ? reply : undefined
  })
}

/** One connection of a program that speaks for itself. */
export const dial = (given: DialParts, from: Origin, request: DialRequest): Dial => {
  const trace = findRoute(given, from, request)
  const parts: ServerParts = { ...given, sourcePort: sourcePortOf(given.random) }
  const pace = 2 + given.random.below(5)
  const { verdict, chosen, afterMs } = trace
  if (verdict !== "delivered")
    return {
      trace,
      durationMs: Math.min(afterMs, request.timeoutMs ?? afterMs),
      outcome: { kind: "failure", verdict: (request.timeoutMs ?? afterMs) < afterMs ? "timeout" : verdict },
    }
  const server = chosen && findServer(parts, chosen, request.protocol)
  const reply = server && replyOf(parts, server, request)
  const remote = { ip: trace.destination ?? request.host, port: request.port }
  const outcome = { kind: "open", remote, closes: reply !== undefined && request.protocol === "TCP" } as const
  return { trace, durationMs: pace, outcome: reply === undefined ? outcome : { ...outcome, reply } }
}
