import type { CIDR, EndpointSlice, IPFamily, NetworkPolicy } from "@pilotage/kube-model"
import type { Match } from "../proxy/match.ts"
import type { ServiceEntry } from "../proxy/service-entry.ts"
import type { ClusterState, NamespaceFacts, NetworkConfig, NodeFacts, OutsideMachine, PodFacts } from "../state.ts"
import type { PersistentMap } from "./persistent-map.ts"
import type { RoutingTable } from "./table.ts"

/** At most one block per family; an address of a family without a block is in none. */
export interface Blocks extends Readonly<Partial<Record<IPFamily, CIDR>>> {
  readonly contains: (ip: string) => boolean
}

/** What the configuration says, read once. */
export interface Network {
  readonly config: NetworkConfig
  readonly clusterCIDR: Blocks
  readonly serviceCIDR: Blocks
  readonly nodeCIDR: Blocks
  /** By canonical address. */
  readonly machines: ReadonlyMap<string, OutsideMachine>
  readonly outsideRoutes: readonly { readonly to: CIDR; readonly via: string }[]
  /** Of `balancerNames`. */
  readonly balancerBlock: CIDR | undefined
}

/** The indexes behind a RoutingTable. Keys of objects are `namespace/name`, addresses canonical. */
export interface Indexes extends Network {
  readonly nodes: PersistentMap<NodeFacts>
  /** In order of address, then name. */
  readonly nodeList: readonly NodeFacts[]
  /** By every address of their own, those on the pod network too. */
  readonly nodesByIP: PersistentMap<readonly NodeFacts[]>
  readonly pods: PersistentMap<PodFacts>
  /** By namespace, then name. */
  readonly podsByNamespace: PersistentMap<PersistentMap<PodFacts>>
  /** Pods with an address of their own, by that address; more than one only in odd states. In order of keys. */
  readonly podsByIP: PersistentMap<readonly PodFacts[]>
  /** Pods that live on their node's network, by node. */
  readonly hostPods: PersistentMap<readonly PodFacts[]>
  /** Pods with a hostPort, by `node:protocol:port`. */
  readonly hostPorts: PersistentMap<readonly PodFacts[]>
  readonly services: PersistentMap<ServiceEntry>
  /** Keys of Services by bare name. */
  readonly serviceNames: PersistentMap<readonly string[]>
  /** Keys of Services by healthCheckNodePort. */
  readonly healthCheckPorts: PersistentMap<readonly string[]>
  readonly slices: PersistentMap<EndpointSlice>
  /** By the Service they belong to, whether it exists or not; in order of names. */
  readonly slicesByService: PersistentMap<readonly EndpointSlice[]>
  /** Everything that answers under an address of its own, by address. */
  readonly addresses: PersistentMap<readonly Match[]>
  /** By `IPv4:TCP:30080`. */
  readonly nodePorts: PersistentMap<readonly Match[]>
  /** How many Services, pods and namespace objects are in a namespace: those of which we know. */
  readonly namespaces: PersistentMap<number>
  readonly networkPolicies: PersistentMap<NetworkPolicy>
  /** By namespace, in order of names. */
  readonly policiesByNamespace: PersistentMap<readonly NetworkPolicy[]>
  /** Of the namespaces that the state lists. */
  readonly namespaceFacts: PersistentMap<NamespaceFacts>
}

export class CompiledTable {
  readonly indexes: Indexes
  #state: ClusterState | undefined

  constructor(indexes: Indexes) {
    this.indexes = indexes
  }

  /** Put together when asked for; nothing on a packet's way needs it. */
  get state(): ClusterState {
    const { config, nodeList, pods, services, slices, networkPolicies, namespaceFacts } = this.indexes
    this.#state ??= {
      config,
      nodes: nodeList,
      pods: pods.entries().map(([, pod]) => pod),
      services: services.entries().map(([, entry]) => entry.service),
      endpointSlices: slices.entries().map(([, slice]) => slice),
      networkPolicies: networkPolicies.entries().map(([, policy]) => policy),
      namespaces: namespaceFacts.entries().map(([, facts]) => facts),
    }
    return this.#state
  }
}

/** A table that did not come from `compile` is a caller's bug. */
export const indexesOf = (table: RoutingTable): Indexes => {
  if (!(table instanceof CompiledTable)) throw new TypeError("a RoutingTable is made by compile() or update()")
  return table.indexes
}
