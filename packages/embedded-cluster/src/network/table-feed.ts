import type { EndpointSlice, NetworkPolicy, Node, Pod, Service } from "@pilotage/kube-model"
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
import type { StoreEvent, StoreView } from "../store-types.ts"

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

export const createTableFeed = ({ view, kubelets, clock }: FeedParts, start: RoutingTable): TableFeed => {
  let table = start
  const known = new Map<string, PodFacts>()
  const apply = (change: Change): void => {
    const next = update(table, change)
    // A node with an address that is none stays out of the table until it has one.
    if (next.ok) table = next.value
  }
  const refresh = (pod: Pod): void => {
    const { namespace = "", name } = pod.metadata
    const key = `${namespace}/${name}`
    const value = podFacts(pod, podSockets(pod, kubelets.runs.get(key), clock.now))
    if (deepEqual(known.get(key), value)) return
    known.set(key, value)
    apply({ kind: "pod", namespace, name, value })
  }
  return {
    table: () => table,
    follow({ resource, type, object }) {
      const { namespace = "", name } = object.metadata
      const gone = type === "DELETED"
      if (resource === "pods") {
        if (!gone) return refresh(object as Pod)
        known.delete(`${namespace}/${name}`)
        apply({ kind: "pod", namespace, name, value: undefined })
      } else if (resource === "services")
        apply({ kind: "service", namespace, name, value: gone ? undefined : (object as Service) })
      else if (resource === "endpointslices")
        apply({ kind: "endpointSlice", namespace, name, value: gone ? undefined : (object as EndpointSlice) })
      else if (resource === "networkpolicies")
        apply({ kind: "networkPolicy", namespace, name, value: gone ? undefined : (object as NetworkPolicy) })
      else if (resource === "namespaces")
        apply({ kind: "namespace", name, value: gone ? undefined : { name, labels: object.metadata.labels ?? {} } })
      else if (resource === "nodes") apply({ kind: "node", name, value: gone ? undefined : nodeFacts(object as Node) })
    },
    refreshPod(namespace, name) {
      const pod = view.get("pods", namespace, name)
      if (pod) refresh(pod)
    },
  }
}
