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

const NONE: readonly EndpointFact[] = []

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
  if (here === undefined) return undefined
  const near = ready.filter((endpoint) => hints(endpoint).includes(here))
  return near.length ? near : undefined
}

const nodeHints = (endpoint: EndpointFact): readonly string[] => endpoint.nodeHints
const zoneHints = (endpoint: EndpointFact): readonly string[] => endpoint.zoneHints

/** Whoever asks for one node's endpoints soon asks for those of all nodes. */
const byNode = (endpoints: readonly EndpointFact[]): ReadonlyMap<string, readonly EndpointFact[]> => {
  const found = new Map<string, EndpointFact[]>()
  for (const endpoint of endpoints) {
    if (endpoint.nodeName === undefined) continue
    const list = found.get(endpoint.nodeName)
    if (list) list.push(endpoint)
    else found.set(endpoint.nodeName, [endpoint])
  }
  return found
}

/** The endpoints of a Service port and family, sorted out once for all nodes; what a node makes of them when it asks. */
export class SortedEndpoints {
  readonly #all: readonly EndpointFact[]
  readonly #ready: readonly EndpointFact[]
  readonly #everywhere: readonly EndpointFact[]
  readonly #hasNodeHints: boolean
  readonly #hasZoneHints: boolean
  readonly #near = new Map<string, readonly EndpointFact[]>()
  readonly #local = new Map<string, readonly EndpointFact[]>()
  #byNode: ReadonlyMap<string, readonly EndpointFact[]> | undefined

  constructor(all: readonly EndpointFact[]) {
    this.#all = all
    this.#ready = all.every((endpoint) => endpoint.ready) ? all : all.filter((endpoint) => endpoint.ready)
    this.#everywhere = readyOrFallback(all, this.#ready)
    this.#hasNodeHints = this.#ready.length > 0 && this.#ready.every((endpoint) => endpoint.nodeHints.length > 0)
    this.#hasZoneHints = this.#ready.length > 0 && this.#ready.every((endpoint) => endpoint.zoneHints.length > 0)
  }

  get hasAny(): boolean {
    return this.#everywhere.length > 0
  }

  clusterFor(node: NodeFacts): readonly EndpointFact[] {
    if (!this.#hasNodeHints && !this.#hasZoneHints) return this.#everywhere
    const place = `${node.name}\n${node.zone ?? ""}`
    let near = this.#near.get(place)
    if (!near) {
      near =
        (this.#hasNodeHints ? byHints(this.#ready, nodeHints, node.name) : undefined) ??
        (this.#hasZoneHints ? byHints(this.#ready, zoneHints, node.zone) : undefined) ??
        this.#everywhere
      this.#near.set(place, near)
    }
    return near
  }

  localFor(node: NodeFacts): readonly EndpointFact[] {
    let local = this.#local.get(node.name)
    if (!local) {
      this.#byNode ??= byNode(this.#all)
      const here = this.#byNode.get(node.name) ?? NONE
      local = here.length
        ? readyOrFallback(
            here,
            here.filter((endpoint) => endpoint.ready),
          )
        : NONE
      this.#local.set(node.name, local)
    }
    return local
  }
}

/** A node's view: the sets are looked up when they are asked for. */
class NodeSelection implements EndpointSelection {
  readonly #sorted: SortedEndpoints
  readonly #node: NodeFacts

  constructor(sorted: SortedEndpoints, node: NodeFacts) {
    this.#sorted = sorted
    this.#node = node
  }

  get hasAny(): boolean {
    return this.#sorted.hasAny
  }

  get cluster(): readonly EndpointFact[] {
    return this.#sorted.clusterFor(this.#node)
  }

  get local(): readonly EndpointFact[] {
    return this.#sorted.localFor(this.#node)
  }
}

/**
 * Endpoints of a Service port that `node` may use (kubernetes 1.36 pkg/proxy/topology.go). Ready ones, narrowed by
 * topology hints; when there is none, those that terminate but still serve. The fallback is decided for the whole
 * cluster and for the node on its own. Local endpoints ignore hints. Remembered per port, family and node.
 */
export const selectEndpoints = (port: PortEntry, node: NodeFacts, family: IPFamily): EndpointSelection => {
  let sorted = port.sorted[family]
  if (!sorted) {
    sorted = new SortedEndpoints(port.endpoints[family])
    port.sorted[family] = sorted
  }
  return new NodeSelection(sorted, node)
}

/** Does internalTrafficPolicy keep cluster IP traffic on the node? */
export const isInternalLocal = (service: Service): boolean => service.spec.internalTrafficPolicy === "Local"

/** Does externalTrafficPolicy keep node port and load balancer traffic on the node? */
export const isExternalLocal = (service: Service): boolean => service.spec.externalTrafficPolicy === "Local"
