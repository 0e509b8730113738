import type { IPFamily, Service } from "@pilotage/kube-model"
import type { NodeFacts } from "../state.ts"
import type { EndpointFact, PortEntry } from "./service-entry.ts"

/** What one node may use for one Service port. Both sets are in slice order and may be empty. */
export interface EndpointSelection {
  /** For traffic policy Cluster. */
  readonly cluster: readonly EndpointFact[]
  /** For traffic policy Local: on this very node. */
  readonly local: readonly EndpointFact[]
  /** Somewhere in the cluster is one that is ready, or terminating and still serving. Tells refusal from silence. */
  readonly hasAny: boolean
}

const isFallback = (endpoint: EndpointFact): boolean => endpoint.serving && endpoint.terminating

const readyOrFallback = (
  endpoints: readonly EndpointFact[],
  ready: readonly EndpointFact[],
): readonly EndpointFact[] => (ready.length ? ready : endpoints.filter(isFallback))

/** Hints count only when every ready endpoint has one and at least one names this node's place. */
const byHints = (
  ready: readonly EndpointFact[],
  hints: (endpoint: EndpointFact) => readonly string[],
  here: string | undefined,
): readonly EndpointFact[] | undefined => {
  if (here === undefined || !ready.every((endpoint) => hints(endpoint).length > 0)) return undefined
  const near = ready.filter((endpoint) => hints(endpoint).includes(here))
  return near.length ? near : undefined
}

const categorize = (endpoints: readonly EndpointFact[], node: NodeFacts): EndpointSelection => {
  const ready = endpoints.filter((endpoint) => endpoint.ready)
  const near =
    byHints(ready, (endpoint) => endpoint.nodeHints, node.name) ??
    byHints(ready, (endpoint) => endpoint.zoneHints, node.zone) ??
    ready
  const here = endpoints.filter((endpoint) => endpoint.nodeName === node.name)
  const cluster = readyOrFallback(endpoints, near)
  return {
    cluster,
    local: readyOrFallback(
      here,
      here.filter((endpoint) => endpoint.ready),
    ),
    hasAny: cluster.length > 0,
  }
}

const known = new WeakMap<readonly EndpointFact[], WeakMap<NodeFacts, EndpointSelection>>()

/**
 * Endpoints of a Service port that `node` may use (kubernetes 1.36 pkg/proxy/topology.go). Ready ones, narrowed by
 * topology hints; when there is none, those that terminate but still serve. The fallback is decided for the whole
 * cluster and for the node on its own. Local endpoints ignore hints. Remembered per port, family and node.
 */
export const selectEndpoints = (port: PortEntry, node: NodeFacts, family: IPFamily): EndpointSelection => {
  const endpoints = port.endpoints[family]
  let byNode = known.get(endpoints)
  if (!byNode) {
    byNode = new WeakMap()
    known.set(endpoints, byNode)
  }
  let selection = byNode.get(node)
  if (!selection) {
    selection = categorize(endpoints, node)
    byNode.set(node, selection)
  }
  return selection
}

/** Does internalTrafficPolicy keep cluster IP traffic on the node? */
export const isInternalLocal = (service: Service): boolean => service.spec.internalTrafficPolicy === "Local"

/** Does externalTrafficPolicy keep node port and load balancer traffic on the node? */
export const isExternalLocal = (service: Service): boolean => service.spec.externalTrafficPolicy === "Local"
