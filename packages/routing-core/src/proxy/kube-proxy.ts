import type { IPFamily, Protocol } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { nodePortKey } from "../table/keys.ts"
import type { Client } from "./client.ts"
import type { Frontend } from "./frontends.ts"
import { decideIPVS } from "./ipvs.ts"
import { decideNetfilter } from "./netfilter.ts"
import type { EndpointFact, PortEntry, ServiceEntry } from "./service-entry.ts"

/** A frontend with the Service port behind it. */
export interface Match {
  readonly frontend: Frontend
  readonly entry: ServiceEntry
  readonly port: PortEntry
}

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

/** The Service port behind a frontend. A frontend in the table always has one. */
export const matchOf = (indexes: Indexes, frontend: Frontend): Match | undefined => {
  const entry = indexes.services.get(frontend.serviceKey)
  const port = entry?.ports[frontend.portIndex]
  return entry && port ? { frontend, entry, port } : undefined
}

/** The frontend of a Service under exactly this address, port and protocol, as kube-proxy on any node knows it. */
export const findAddress = (
  indexes: Indexes,
  ip: string,
  port: number | undefined,
  protocol: Protocol,
): Match | undefined => {
  const frontends = indexes.addresses.get(ip)
  if (!frontends) return undefined
  for (const frontend of frontends)
    if (frontend.port === port && frontend.protocol === protocol && frontend.kind !== "Proxy")
      return matchOf(indexes, frontend)
  return undefined
}

/** The Service with node port `port`. Whether the destination is an address of the node is the caller's to know. */
export const findNodePort = (
  indexes: Indexes,
  port: number | undefined,
  protocol: Protocol,
  family: IPFamily,
): Match | undefined => {
  const frontend = indexes.nodePorts.get(nodePortKey(family, protocol, port ?? 0))?.[0]
  return frontend && matchOf(indexes, frontend)
}

/**
 * What kube-proxy does to a new connection that matched a Service: which endpoints, and whether the source is rewritten.
 * A hairpin is the caller's to see: a connection that lands on its own sender is masqueraded in every mode.
 */
export const proxyDecision = (indexes: Indexes, arrival: Arrival, match: Match): ProxyDecision =>
  indexes.config.proxyMode === "ipvs" ? decideIPVS(indexes, arrival, match) : decideNetfilter(indexes, arrival, match)
