import type { Indexes } from "../table/compiled-table.ts"
import { type EndpointSelection, isExternalLocal, isInternalLocal, selectEndpoints } from "./endpoint-selection.ts"
import type { Arrival, Match, ProxyDecision } from "./kube-proxy.ts"
import { frontendRule, masqueradesClusterIP } from "./netfilter.ts"
import { nodeIP } from "./node-addresses.ts"
import type { EndpointFact, ServiceEntry } from "./service-entry.ts"
import { isAllowedSource } from "./source-ranges.ts"

/** Has the Service an address beyond its cluster IP? */
const isExternallyAccessible = ({ frontends }: ServiceEntry): boolean =>
  frontends.some((each) => each.kind === "NodePort" || each.kind === "LoadBalancer" || each.kind === "ExternalIP")

/**
 * The real servers of a virtual server under policy Local: those on the node, or all when there are none (so that the
 * node's pods get through) but for a Service that only has a cluster IP.
 */
const localServers = (entry: ServiceEntry, { cluster, local, hasAny }: EndpointSelection): readonly EndpointFact[] => {
  if (local.length) return local
  return hasAny && isInternalLocal(entry.service) && !isExternallyAccessible(entry) ? [] : cluster
}

/**
 * ipvs: every address has a virtual server, and its real servers are one list for all clients (kubernetes 1.36
 * pkg/proxy/ipvs/proxier.go syncEndpoint). What the ipsets exempt from masquerade decides the rest.
 */
export const decideIPVS = (indexes: Indexes, arrival: Arrival, match: Match): ProxyDecision => {
  const { frontend, entry, port } = match
  const { node, client, source } = arrival
  const { service } = entry
  const selection = selectEndpoints(port, node, frontend.family)
  if (frontend.kind === "LoadBalancer" && !isAllowedSource(service, frontend.ip, source, nodeIP(node, frontend.family)))
    return { kind: "drop", rule: "R45" }
  const internal = frontend.kind === "ClusterIP"
  const policyLocal = internal ? isInternalLocal(service) : isExternalLocal(service)
  const endpoints = policyLocal ? localServers(entry, selection) : selection.cluster
  if (endpoints.length === 0) return { kind: "reject", rule: policyLocal && selection.hasAny ? "R63" : "R62" }
  if (internal)
    return {
      kind: "translate",
      endpoints,
      masquerade: masqueradesClusterIP(indexes.config, client),
      rule: policyLocal ? "R63" : "R17",
    }
  if (!policyLocal) return { kind: "translate", endpoints, masquerade: true, rule: frontendRule(match) }
  return {
    kind: "translate",
    endpoints,
    masquerade: false,
    rule: "R64",
    ...(client === "external" && selection.local.length === 0 ? { answerIsLost: true } : {}),
  }
}
