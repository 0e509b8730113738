import { isInternalLocal } from "../../proxy/endpoint-selection.ts"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { firstOf, remembered } from "../survey/remembered.ts"
import { usedEndpoints } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { counted, field, listed, setField } from "../text.ts"
import { nodesWithEndpoint } from "./external-local.ts"

const SYSTEM = "kube-system"

interface Census {
  /** Names of the nodes with clients, in the cluster's order. */
  readonly nodes: readonly string[]
  readonly counts: ReadonlyMap<string, number>
  readonly pods: number
}

const censusOf = ({ nodes, clientsByNode }: Survey, isClient: (pod: PodFacts) => boolean): Census => {
  const found = nodes.map(({ name }) => [name, (clientsByNode.get(name) ?? []).filter(isClient).length] as const)
  const counts = new Map(found.filter(([, count]) => count > 0))
  return { nodes: [...counts.keys()], counts, pods: [...counts.values()].reduce((sum, count) => sum + count, 0) }
}

/** The cluster's own add-ons are seldom clients of other namespaces' Services. */
const clientsOf = remembered((survey: Survey) => ({
  all: censusOf(survey, () => true),
  ordinary: censusOf(survey, (pod) => pod.namespace !== SYSTEM),
}))

/** internalTrafficPolicy Local: nodes whose pods are left without an answer. */
export const internalLocal: ServiceCheck = (subject, survey) => {
  const { indexes } = survey
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
  const census = clientsOf(survey)[subject.namespace === SYSTEM ? "all" : "ordinary"]
  const held = [...holding].filter((node) => census.counts.has(node))
  const count = census.nodes.length - held.length
  if (count === 0) return NOTHING
  const pods = held.reduce((sum, node) => sum - (census.counts.get(node) ?? 0), census.pods)
  const without = listed(
    firstOf(census.nodes, 4, (node) => !holding.has(node)),
    { count, isMore: false },
  )
  return [
    found(subject, "warning", "internal-local-no-endpoint", {
      ...here,
      message: `internalTrafficPolicy is Local, and ${counted(count, "node")} with pods ${count === 1 ? "has" : "have"} no endpoint: ${without}. ${counted(pods, "pod")} there ${pods === 1 ? "gets" : "get"} no answer from the cluster IP.`,
      fix: "Set internalTrafficPolicy to Cluster (trafficDistribution PreferSameNode prefers the own node and falls back), or run the pods as a DaemonSet.",
      command,
      rule: "R24",
    }),
  ]
}
