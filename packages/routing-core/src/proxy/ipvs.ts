import type { Indexes } from "../table/compiled-table.ts"
import { type EndpointSelection, isExternalLocal, isInternalLocal, selectEndpoints } from "./endpoint-selection.ts"
import type { Arrival, ProxyDecision } from "./kube-proxy.ts"
import type { Match } from "./match.ts"
import { frontendRule, masqueradesClusterIP } from "./netfilter.ts"
import { nodeIP } from "./node-addresses.ts"
import type { EndpointFact } from "./service-entry.ts"
import { isAllowedSource, isFiltered } from "./source-ranges.ts"

/** Has this port of the Service an address of the family beyond its cluster IP? */
const isExternallyAccessible = ({ frontend, entry }: Match): boolean =>
  entry.frontends.some(
    (each) =>
      each.portIndex === frontend.portIndex &&
      each.family === frontend.family &&
      (each.kind === "NodePort" || each.kind === "LoadBalancer" || each.kind === "ExternalIP"),
  )

/**
 * The real servers of a virtual server under policy Local: those on the node, or all when there are none (so that the
 * node's pods get through) but for a Service that only has a cluster IP.
 */
const localServers = (match: Match, { cluster, local, hasAny }: EndpointSelection): readonly EndpointFact[] => {
  if (local.length) return local
  return hasAny && isInternalLocal(match.entry.service) && !isExternallyAccessible(match) ? [] : cluster
}

/** What a node sends to an address that it holds has that address as its source: its own address decides instead. */
const isLetIn = ({ config }: Indexes, { node, client, source }: Arrival, match: Match): boolean => {
  if (!isFiltered(config, match)) return true
  const { frontend, entry } = match
  const own = nodeIP(node, frontend.family)
  return isAllowedSource(entry.service, frontend.ip, client === "node" && own ? own : source, own)
}

/**
 * ipvs: every address has a virtual server, and its real servers are one list for all clients (kubernetes 1.36
 * pkg/proxy/ipvs/proxier.go syncEndpoint). What the ipsets exempt from masquerade decides the rest.
 */
export const decideIPVS = (indexes: Indexes, arrival: Arrival, match: Match): ProxyDecision => {
  const { frontend, entry, port } = match
  const { node, client } = arrival
  const { service } = entry
  const selection = selectEndpoints(port, node, frontend.family)
  const internal = frontend.kind === "ClusterIP"
  const policyLocal = internal ? isInternalLocal(service) : isExternalLocal(service)
  const endpoints = policyLocal ? localServers(match, selection) : selection.cluster
  // The node's own packets meet the load balancer before the filter, others the filter first.
  if (!isLetIn(indexes, arrival, match) && (client !== "node" || endpoints.length > 0))
    return { kind: "drop", rule: "R45" }
  if (endpoints.length === 0) return { kind: "reject", rule: policyLocal && selection.hasAny ? "R63" : "R62" }
  if (internal)
    return {
      kind: "translate",
      endpoints,
      // Without a local detector a node's own packets are known by their source, a cluster IP.
      masquerade: client === "node" || masqueradesClusterIP(indexes, frontend.family, client),
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
