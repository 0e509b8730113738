import {
  type Change,
  compile,
  type NetworkConfig,
  nodeFacts,
  type PodFacts,
  podFacts,
  type RoutingTable,
  stateFromObjects,
  update,
} from "@pilotage/routing-core"
import { podSockets } from "../kubelet/kubelet.ts"
import type { KubeletState } from "../kubelet/kubelet-state.ts"
import { deepEqual } from "../store/deep-equal.ts"
import type { ResourceName, StoreEvent, StoreView } from "../store-types.ts"

/** Keeps a routing table in step with the store and the processes in pods. */
export interface TableFeed {
  readonly table: () => RoutingTable
  readonly follow: (event: StoreEvent) => void
  /** Sockets of a pod may have opened or closed. */
  readonly refreshPod: (namespace: string, name: string) => void
}

export interface FeedParts {
  readonly view: StoreView
  readonly kubelets: KubeletState
  readonly clock: { readonly now: number }
}

const FOLLOWED: ReadonlySet<ResourceName> = new Set([
  "pods",
  "services",
  "endpointslices",
  "networkpolicies",
  "namespaces",
  "nodes",
])

/** The error names a field of the configuration. */
export const compileTable = ({ view, kubelets, clock }: FeedParts, config: NetworkConfig) =>
  compile(
    stateFromObjects({
      config,
      nodes: view.list("nodes"),
      pods: view.list("pods"),
      services: view.list("services"),
      endpointSlices: view.list("endpointslices"),
      namespaces: view.list("namespaces"),
      networkPolicies: view.list("networkpolicies"),
      sockets: new Map(
        view.list("pods").map((pod) => {
          const key = `${pod.metadata.namespace}/${pod.metadata.name}`
          return [key, podSockets(pod, kubelets.runs.get(key), clock.now)]
        }),
      ),
    }),
  )

/** An object that may not be in the table as it is now. */
interface Mark {
  readonly resource: ResourceName
  readonly namespace: string
  readonly name: string
  /** The table has never seen it. */
  readonly isNew: boolean
}

/**
 * Changes are marked when they happen and worked off when somebody asks for the table: a cluster in which ten thousand
 * pods start, and nobody sends anything, has no table to keep. What is in it depends on the objects alone, not on when
 * it was asked for.
 */
export const createTableFeed = ({ view, kubelets, clock }: FeedParts, start: RoutingTable): TableFeed => {
  let table = start
  const known = new Map<string, PodFacts>()
  const marks = new Map<string, Mark>()
  const apply = (change: Change): void => {
    const next = update(table, change)
    // A node with an address that is none stays out of the table until it has one.
    if (next.ok) table = next.value
  }
  const refresh = (namespace: string, name: string): void => {
    const key = `${namespace}/${name}`
    const pod = view.get("pods", namespace, name)
    const value = pod && podFacts(pod, podSockets(pod, kubelets.runs.get(key), clock.now))
    if (value && deepEqual(known.get(key), value)) return
    if (value) known.set(key, value)
    else known.delete(key)
    apply({ kind: "pod", namespace, name, value })
  }
  const settle = ({ resource, namespace, name }: Mark): void => {
    if (resource === "pods") refresh(namespace, name)
    else if (resource === "services")
      apply({ kind: "service", namespace, name, value: view.get(resource, namespace, name) })
    else if (resource === "endpointslices")
      apply({ kind: "endpointSlice", namespace, name, value: view.get(resource, namespace, name) })
    else if (resource === "networkpolicies")
      apply({ kind: "networkPolicy", namespace, name, value: view.get(resource, namespace, name) })
    else if (resource === "namespaces") {
      const found = view.get(resource, "", name)
      apply({ kind: "namespace", name, value: found && { name, labels: found.metadata.labels ?? {} } })
    } else if (resource === "nodes") {
      const found = view.get(resource, "", name)
      apply({ kind: "node", name, value: found && nodeFacts(found) })
    }
  }
  const mark = (resource: ResourceName, namespace: string, name: string, isNew: boolean): void => {
    const key = `${resource}/${namespace}/${name}`
    if (!marks.has(key)) marks.set(key, { resource, namespace, name, isNew })
  }
  return {
    table() {
      for (const each of marks.values()) settle(each)
      marks.clear()
      return table
    },
    follow({ resource, type, object }) {
      if (!FOLLOWED.has(resource)) return
      const { namespace = "", name } = object.metadata
      const key = `${resource}/${namespace}/${name}`
      if (type === "DELETED" && marks.get(key)?.isNew) marks.delete(key)
      else mark(resource, namespace, name, type === "ADDED")
    },
    refreshPod(namespace, name) {
      if (view.get("pods", namespace, name)) mark("pods", namespace, name, false)
    },
  }
}
