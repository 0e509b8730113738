import type { NodeFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { field, listed } from "../text.ts"

const MODE = "service.kubernetes.io/topology-mode"
const MODE_BETA = "service.kubernetes.io/topology-aware-hints"

const zonesOf = remembered(
  (nodes: readonly NodeFacts[]): ReadonlySet<string> => new Set(nodes.flatMap((node) => node.zone ?? [])),
)

/** trafficDistribution and topology hints that cannot do what they are there for. */
export const topologyHints: ServiceCheck = (subject, { nodes, indexes }) => {
  const { service, entry, kind } = subject
  if (kind !== "proxied") return NOTHING
  const wanted = service.spec.trafficDistribution
  const { annotations = {} } = service.metadata
  const key = [MODE, MODE_BETA].find((each) => annotations[each] && annotations[each] !== "Disabled")
  if (!wanted && !key) return NOTHING
  const here = wanted
    ? field("spec.trafficDistribution", wanted)
    : field(`metadata.annotations["${key}"]`, annotations[key ?? ""])
  if (wanted && key)
    return [
      found(subject, "note", "traffic-distribution-overruled", {
        ...here,
        message: `The annotation ${key} is in use, so trafficDistribution ${wanted} is not applied.`,
        fix: "Take the annotation out.",
        command: `kubectl annotate service ${subject.name} -n ${subject.namespace} ${key}-`,
      }),
    ]
  const byNode = wanted === "PreferSameNode"
  const zones = zonesOf(nodes)
  if (!byNode && nodes.length > 0 && zones.size < 2)
    return [
      found(subject, "note", "no-zones", {
        ...here,
        message: `${zones.size === 0 ? "No node has" : "All nodes have the same"} label topology.kubernetes.io/zone, so there is no nearer zone: all endpoints are used, as without it.`,
        fix: "Label the nodes with their zones, or take the preference out.",
        command: "kubectl get nodes -L topology.kubernetes.io/zone",
        rule: "R22",
      }),
    ]
  const ready = entry.ports.flatMap(({ endpoints }) =>
    [...endpoints.IPv4, ...endpoints.IPv6].filter((endpoint) => endpoint.ready),
  )
  const bare = ready.filter((each) => (byNode ? each.nodeHints : each.zoneHints).length === 0)
  const zoneless = [...new Set(bare.map((each) => each.nodeName))].flatMap((name) => {
    const node = name === undefined ? undefined : indexes.nodes.get(name)
    return node && node.zone === undefined ? [node] : []
  })
  // No hints at all: the control plane is too old for them, or has not written them yet.
  if (bare.length === 0 || (bare.length === ready.length && (byNode || zoneless.length === 0))) return NOTHING
  return [
    found(subject, "note", "hints-incomplete", {
      ...here,
      message: `${bare.length === ready.length ? "No endpoint has a hint" : `Not every endpoint has a hint (${listed([...new Set(bare.map((each) => each.ip))])} ${bare.length === 1 ? "has" : "have"} none)`}, and one without switches the preference off: all endpoints are used.${zoneless.length > 0 && !byNode ? ` ${listed(zoneless.map((node) => node.name))} ${zoneless.length === 1 ? "has" : "have"} no zone.` : ""}`,
      fix:
        zoneless.length > 0 && !byNode
          ? `Label ${listed(zoneless.map((node) => node.name))} with topology.kubernetes.io/zone.`
          : "The EndpointSlice controller writes the hints; look at its events on the Service.",
      command: `kubectl describe service ${subject.name} -n ${subject.namespace}`,
      rule: "R22",
    }),
  ]
}
