import type { IPFamily } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Client } from "./client.ts"
import { selectEndpoints } from "./endpoint-selection.ts"
import type { Arrival, ProxyDecision } from "./kube-proxy.ts"
import type { Match } from "./match.ts"
import { isNodeAddress, nodeIP } from "./node-addresses.ts"
import { isAllowedSource, isFiltered } from "./source-ranges.ts"

/** Is traffic to a cluster IP masqueraded? Only a local detector, which needs the pods' block of the family, tells who is no pod. */
export const masqueradesClusterIP = (
  { config, clusterCIDR }: Pick<Indexes, "config" | "clusterCIDR">,
  family: IPFamily,
  client: Client,
): boolean =>
  config.masqueradeAll ||
  (config.localDetector === "ClusterCIDR" && clusterCIDR[family] !== undefined && client !== "pod")

/** The rule that translates an address of this kind. */
export const frontendRule = ({ frontend }: Match): Rule =>
  frontend.kind === "NodePort" ? "R18" : frontend.kind === "ExternalIP" ? "R50" : "R17"

/** iptables rejects in INPUT and FORWARD: a node's own packet to an address elsewhere passes neither. */
const passesUnseen = (indexes: Indexes, node: NodeFacts, client: Client, destination: string, { frontend }: Match) =>
  indexes.config.proxyMode === "iptables" &&
  client === "node" &&
  (frontend.kind === "LoadBalancer" || frontend.kind === "ExternalIP") &&
  !isNodeAddress(indexes, node, destination)

/** iptables and nftables (kubernetes 1.36 pkg/proxy/iptables/proxier.go, nftables/proxier.go). */
export const decideNetfilter = (indexes: Indexes, arrival: Arrival, match: Match): ProxyDecision => {
  const { node, client, source, destination } = arrival
  const { frontend, port } = match
  const { config } = indexes
  const selection = selectEndpoints(port, node, frontend.family)
  const { hasAny } = selection
  if (
    match.ranged &&
    isFiltered(config, match) &&
    (hasAny || config.proxyMode === "nftables") &&
    !isAllowedSource(match.entry.service, frontend.ip, source, nodeIP(node, frontend.family))
  )
    return { kind: "drop", rule: "R45" }
  if (!hasAny)
    return passesUnseen(indexes, node, client, destination, match)
      ? { kind: "pass", rule: "R51" }
      : { kind: "reject", rule: "R23" }
  if (frontend.kind === "ClusterIP") {
    const masquerade = masqueradesClusterIP(indexes, frontend.family, client)
    if (!match.local) return { kind: "translate", endpoints: selection.cluster, masquerade, rule: "R17" }
    const { local } = selection
    return local.length
      ? { kind: "translate", endpoints: local, masquerade, rule: "R24" }
      : { kind: "drop", rule: "R24" }
  }
  if (!match.local)
    return { kind: "translate", endpoints: selection.cluster, masquerade: true, rule: frontendRule(match) }
  if (client !== "external")
    return { kind: "translate", endpoints: selection.cluster, masquerade: client === "node", rule: "R26" }
  const { local } = selection
  return local.length
    ? { kind: "translate", endpoints: local, masquerade: false, rule: "R25" }
    : { kind: "drop", rule: "R25" }
}
