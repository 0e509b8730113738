import type { IPFamily, Protocol } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { nodePortKey } from "../table/keys.ts"
import type { Client } from "./client.ts"
import { decideIPVS } from "./ipvs.ts"
import type { Match } from "./match.ts"
import { decideNetfilter } from "./netfilter.ts"
import type { EndpointFact } from "./service-entry.ts"

export type ProxyDecision =
  | {
      readonly kind: "translate"
      readonly endpoints: readonly EndpointFact[]
      readonly masquerade: boolean
      readonly rule: Rule
      /** ipvs: a backend elsewhere answers the client directly, from an address that the client does not know. */
      readonly answerIsLost?: boolean
    }
  | { readonly kind: "reject"; readonly rule: Rule }
  | { readonly kind: "drop"; readonly rule: Rule }
  /** Untouched: it goes on as if there were no Service. */
  | { readonly kind: "pass"; readonly rule: Rule }

/** A new connection at a node: who sends it (`client`, `source`) and what it matched. */
export interface Arrival {
  readonly node: NodeFacts
  readonly client: Client
  readonly source: string
  /** As the packet has it: node ports have none of their own. */
  readonly destination: string
}

const isServed = ({ frontend, port }: Match): boolean =>
  port.endpoints[frontend.family].some((endpoint) => endpoint.ready || (endpoint.serving && endpoint.terminating))

/** The frontend of a Service under exactly this address, port and protocol, as kube-proxy on any node knows it. */
export const findAddress = (
  indexes: Indexes,
  ip: string,
  port: number | undefined,
  protocol: Protocol,
): Match | undefined => {
  const matches = indexes.addresses.get(ip)
  if (!matches) return undefined
  let first: Match | undefined
  for (const match of matches) {
    const { frontend } = match
    if (frontend.port !== port || frontend.protocol !== protocol || frontend.kind === "Proxy") continue
    // Two Services on one address: a refusal for want of endpoints comes after every translation.
    if (matches.length === 1 || isServed(match)) return match
    first ??= match
  }
  return first
}

/** The Service with node port `port`. Whether the destination is an address of the node is the caller's to know. */
export const findNodePort = (
  indexes: Indexes,
  port: number | undefined,
  protocol: Protocol,
  family: IPFamily,
): Match | undefined => indexes.nodePorts.get(nodePortKey(family, protocol, port ?? 0))?.[0]

/**
 * What kube-proxy does to a new connection that matched a Service: which endpoints, and whether the source is rewritten.
 * A hairpin is the caller's to see: a connection that lands on its own sender is masqueraded in every mode.
 */
export const proxyDecision = (indexes: Indexes, arrival: Arrival, match: Match): ProxyDecision =>
  indexes.config.proxyMode === "ipvs" ? decideIPVS(indexes, arrival, match) : decideNetfilter(indexes, arrival, match)
