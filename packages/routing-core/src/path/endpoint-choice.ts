import type { Protocol } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import { selectEndpoints } from "../proxy/endpoint-selection.ts"
import { endpointText } from "../proxy/endpoint-text.ts"
import type { Match } from "../proxy/match.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import { type Journey, pickIndex } from "./journey.ts"

const isAt = (endpoint: EndpointFact, text: string): boolean => endpointText(endpoint.ip, endpoint.port) === text

const TEXT = /^\[?([^[\]]+)\]?:(\d+)$/

/** An endpoint that no slice lists any more. */
const forgotten = (text: string): EndpointFact | undefined => {
  const [, ip, port] = TEXT.exec(text) ?? []
  return ip === undefined || port === undefined
    ? undefined
    : {
        ip,
        port: Number(port),
        ready: false,
        serving: false,
        terminating: true,
        nodeName: undefined,
        podKey: undefined,
        zoneHints: [],
        nodeHints: [],
        landing: undefined,
      }
}

export interface KeptEndpoint {
  readonly endpoint: EndpointFact
  readonly rule: Rule
}

/**
 * Where the packets of a connection go that was translated before. conntrack keeps a TCP connection on its endpoint
 * whatever becomes of that; a UDP flow loses its entry when the endpoint goes, and starts anew if there is another one
 * (kubernetes 1.36 pkg/proxy/conntrack/cleanup.go; recorded). Undefined: as a new connection.
 */
export const keptEndpoint = (
  { frontend, port }: Match,
  node: NodeFacts,
  established: string | undefined,
  protocol: Protocol,
): KeptEndpoint | undefined => {
  if (established === undefined) return undefined
  const listed = port.endpoints[frontend.family].find((endpoint) => isAt(endpoint, established))
  const endpoint = listed ?? forgotten(established)
  if (!endpoint) return undefined
  if (protocol !== "UDP") return { endpoint, rule: "R54" }
  const { cluster } = selectEndpoints(port, node, frontend.family)
  return cluster.length === 0 || cluster.some((each) => isAt(each, established)) ? { endpoint, rule: "R55" } : undefined
}

export interface Choice {
  readonly index: number
  /** Session affinity brought the client back. */
  readonly remembered: boolean
}

/** One endpoint of several, for a new connection. Session affinity spends its random choice too, for the same chances later. */
export const chooseEndpoint = (journey: Journey, { sticky }: Match, endpoints: readonly EndpointFact[]): Choice => {
  const { affinity } = journey.request
  if (affinity !== undefined && sticky) {
    const index = endpoints.findIndex((endpoint) => isAt(endpoint, affinity))
    if (index >= 0) {
      journey.picksUsed += 1
      return { index, remembered: true }
    }
  }
  return { index: pickIndex(journey, endpoints.length), remembered: false }
}
