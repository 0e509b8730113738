import { isInternalLocal } from "../../proxy/endpoint-selection.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { usedEndpoints } from "../survey/subject.ts"
import { counted, field, listed, setField } from "../text.ts"
import { nodesWithEndpoint } from "./external-local.ts"

const SYSTEM = "kube-system"

/** internalTrafficPolicy Local: nodes whose pods are left without an answer. */
export const internalLocal: ServiceCheck = (subject, { nodes, clientsByNode, indexes }) => {
  const { service, kind, entry } = subject
  if (kind !== "proxied" || !isInternalLocal(service)) return NOTHING
  if (!entry.ports.some((port) => usedEndpoints(port).length > 0)) return NOTHING
  // kubernetes 1.36 pkg/proxy/ipvs/proxier.go: a Service that is reachable from outside falls back to all endpoints.
  if (indexes.config.proxyMode === "ipvs" && entry.frontends.some((each) => each.kind !== "ClusterIP")) return NOTHING
  const holding = nodesWithEndpoint(subject)
  const here = field("spec.internalTrafficPolicy", "Local")
  const command = setField(service, "/spec/internalTrafficPolicy", "Cluster")
  if (holding.size === 0)
    return [
      found(subject, "error", "local-policy-without-node-name", {
        ...here,
        message:
          "internalTrafficPolicy is Local, but no endpoint says on which node it is (nodeName): it counts as local nowhere, and the cluster IP answers nobody.",
        fix: "Write nodeName into the EndpointSlice, or set internalTrafficPolicy to Cluster.",
        command,
        rule: "R24",
      }),
    ]
  // The cluster's own add-ons are seldom clients of other namespaces' Services.
  const clientsOn = (node: string): number =>
    (clientsByNode.get(node) ?? []).filter((pod) => pod.namespace !== SYSTEM || subject.namespace === SYSTEM).length
  const without = nodes.filter((node) => !holding.has(node.name) && clientsOn(node.name) > 0)
  if (without.length === 0) return NOTHING
  const pods = without.reduce((sum, node) => sum + clientsOn(node.name), 0)
  return [
    found(subject, "warning", "internal-local-no-endpoint", {
      ...here,
      message: `internalTrafficPolicy is Local, and ${counted(without.length, "node")} with pods ${without.length === 1 ? "has" : "have"} no endpoint: ${listed(without.map((node) => node.name))}. ${counted(pods, "pod")} there ${pods === 1 ? "gets" : "get"} no answer from the cluster IP.`,
      fix: "Set internalTrafficPolicy to Cluster (trafficDistribution PreferSameNode prefers the own node and falls back), or run the pods as a DaemonSet.",
      command,
      rule: "R24",
    }),
  ]
}
