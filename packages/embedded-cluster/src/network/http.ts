import { type Origin, type Trace, trace } from "@pilotage/routing-core"
import type { HttpExchange, HttpRequest } from "../cluster.ts"
import type { HttpOutcome } from "./outcome.ts"
import { respond } from "./responder.ts"
import { findRoute, type RouteParts, sourcePortOf } from "./route.ts"
import type { ServerParts } from "./server.ts"
import { type ParsedUrl, parseUrl } from "./url.ts"

export interface HttpParts extends Omit<ServerParts, "sourcePort">, RouteParts {}

const failure = (exitCode: number, message: string): HttpOutcome => ({ kind: "failure", exitCode, message })

/** curl's own limits cut a connection attempt short; undefined when they do not. */
const cutShort = (
  found: Trace,
  url: ParsedUrl,
  request: HttpRequest,
): { readonly outcome: HttpOutcome; readonly durationMs: number } | undefined => {
  if (found.verdict === "delivered" || found.verdict === "name-not-found") return undefined
  const { maxTimeMs, connectTimeoutMs } = request
  const limit = Math.min(maxTimeMs ?? Number.POSITIVE_INFINITY, connectTimeoutMs ?? Number.POSITIVE_INFINITY)
  if (found.afterMs < limit) return undefined
  const isConnectLimit = connectTimeoutMs !== undefined && connectTimeoutMs < (maxTimeMs ?? Number.POSITIVE_INFINITY)
  const message = isConnectLimit
    ? `Failed to connect to ${url.host} port ${url.port} after ${limit} ms: Timeout was reached`
    : `Connection timed out after ${limit} milliseconds`
  return { outcome: failure(28, message), durationMs: limit }
}

/** One request and what came of it; `id` is the caller's to give. */
export const exchange = (parts: HttpParts, id: number, from: Origin, request: HttpRequest): HttpExchange => {
  const { now, random, table } = parts
  const url = parseUrl(request.url)
  const sourcePort = sourcePortOf(random)
  const base = { id, at: now, from, request }
  if (!url.ok) {
    const nowhere = trace(table, { from, to: request.url, port: 80, protocol: "TCP" })
    return { ...base, trace: nowhere, durationMs: 0, outcome: failure(url.error.exitCode, url.error.message) }
  }
  const found = findRoute(parts, from, { ...url.value, protocol: "TCP" })
  const short = cutShort(found, url.value, request)
  if (short) return { ...base, trace: found, ...short }
  if (found.verdict !== "delivered" || !found.chosen)
    return {
      ...base,
      trace: found,
      durationMs: found.afterMs,
      outcome: failure(found.curl.exitCode, found.curl.message ?? ""),
    }
  const remote = { ip: found.destination ?? found.chosen.ip, port: url.value.port }
  const userAgent = `curl/${table.state.config.curlVersion}`
  const outcome = respond({ ...parts, sourcePort }, found.chosen, url.value, request, remote, userAgent)
  return { ...base, trace: found, durationMs: 2 + random.below(5), outcome }
}
