import type { EndpointSlice, NetworkPolicy } from "@pilotage/kube-model"
import { landingOf } from "../path/landing.ts"
import { type Match, matchesOf, matchOrder } from "../proxy/match.ts"
import { isCrowd, keyOf, type ServiceEntry, serviceEntry } from "../proxy/service-entry.ts"
import type { ClusterState, NamespaceFacts, NodeFacts, PodFacts } from "../state.ts"
import type { Indexes, Network } from "./compiled-table.ts"
import { nodePortKey } from "./keys.ts"
import { nodeKeys, nodeOrder } from "./node-change.ts"
import { fromEntries, type PersistentMap } from "./persistent-map.ts"
import { hostPortKeys, podKeys, podOrder } from "./pod-change.ts"
import { healthCheckPortOf, ownerOf, sliceOrder } from "./service-change.ts"

/** Lists by key, filled in any order. */
class Lists<V> {
  readonly #lists = new Map<string, V[]>()

  add(key: string, value: V): void {
    const list = this.#lists.get(key)
    if (list) list.push(value)
    else this.#lists.set(key, [value])
  }

  get(key: string): readonly V[] | undefined {
    return this.#lists.get(key)
  }

  sorted(order: (a: V, b: V) => number): PersistentMap<readonly V[]> {
    for (const list of this.#lists.values()) if (list.length > 1) list.sort(order)
    return fromEntries<readonly V[]>(this.#lists)
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const named = <T extends { readonly metadata: { readonly namespace?: string; readonly name: string } }>(
  objects: readonly T[],
): Map<string, T> => new Map(objects.map((each) => [keyOf(each.metadata.namespace, each.metadata.name), each]))

const buildNodes = (nodes: readonly NodeFacts[]): Pick<Indexes, "nodes" | "nodeList" | "nodesByIP"> => {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const byIP = new Lists<NodeFacts>()
  for (const node of byName.values()) for (const ip of nodeKeys(node)) byIP.add(ip, node)
  return {
    nodes: fromEntries(byName),
    nodeList: [...byName.values()].sort(nodeOrder),
    nodesByIP: byIP.sorted(nodeOrder),
  }
}

const buildPods = (
  pods: readonly PodFacts[],
): Pick<Indexes, "pods" | "podsByNamespace" | "podsByIP" | "hostPods" | "hostPorts"> => {
  const byKey = new Map(pods.map((pod) => [keyOf(pod.namespace, pod.name), pod]))
  const byIP = new Lists<PodFacts>()
  const onHost = new Lists<PodFacts>()
  const hostPorts = new Lists<PodFacts>()
  const namespaces = new Lists<readonly [string, PodFacts]>()
  for (const pod of byKey.values()) {
    for (const ip of podKeys(pod)) byIP.add(ip, pod)
    if (pod.hostNetwork && pod.nodeName) onHost.add(pod.nodeName, pod)
    for (const key of hostPortKeys(pod)) hostPorts.add(key, pod)
    namespaces.add(pod.namespace, [pod.name, pod])
  }
  const names = new Set([...byKey.values()].map((pod) => pod.namespace))
  return {
    pods: fromEntries(byKey),
    podsByNamespace: fromEntries([...names].map((name) => [name, fromEntries(namespaces.get(name) ?? [])] as const)),
    podsByIP: byIP.sorted(podOrder),
    hostPods: onHost.sorted(podOrder),
    hostPorts: hostPorts.sorted(podOrder),
  }
}

type ServiceIndexes = Pick<
  Indexes,
  "services" | "serviceNames" | "addresses" | "nodePorts" | "healthCheckPorts" | "slices" | "slicesByService"
>

interface BuiltServices {
  readonly indexes: ServiceIndexes
  /** Services with very many endpoints. */
  readonly crowds: readonly ServiceEntry[]
}

const buildServices = ({ services, endpointSlices }: ClusterState, network: Network): BuiltServices => {
  const slices = named(endpointSlices)
  const owned = new Lists<EndpointSlice>()
  for (const slice of slices.values()) {
    const owner = ownerOf(slice)
    if (owner) owned.add(owner, slice)
  }
  const slicesByService = owned.sorted(sliceOrder)
  const entries = new Map<string, ServiceEntry>()
  const crowds: ServiceEntry[] = []
  const names = new Lists<string>()
  const addresses = new Lists<Match>()
  const nodePorts = new Lists<Match>()
  const healthCheckPorts = new Lists<string>()
  for (const [key, service] of named(services)) {
    const entry = serviceEntry(service, owned.get(key) ?? [], network)
    entries.set(key, entry)
    if (isCrowd(entry)) crowds.push(entry)
    names.add(service.metadata.name, key)
    const healthCheckPort = healthCheckPortOf(service)
    if (healthCheckPort) healthCheckPorts.add(String(healthCheckPort), key)
    for (const match of matchesOf(entry)) {
      const { kind, family, protocol, ip, port } = match.frontend
      if (kind === "NodePort") nodePorts.add(nodePortKey(family, protocol, port), match)
      else addresses.add(ip, match)
    }
  }
  const indexes = {
    services: fromEntries(entries),
    serviceNames: names.sorted(byText),
    addresses: addresses.sorted(matchOrder),
    nodePorts: nodePorts.sorted(matchOrder),
    healthCheckPorts: healthCheckPorts.sorted(byText),
    slices: fromEntries(slices),
    slicesByService,
  }
  return { indexes, crowds }
}

/** Puts the endpoints of crowds together and finds out where each leads, so that no question has to. */
const gather = (indexes: Indexes, crowds: readonly ServiceEntry[]): void => {
  for (const { ports } of crowds)
    for (const { endpoints, protocol } of ports)
      for (const family of [endpoints.IPv4, endpoints.IPv6])
        for (const endpoint of family) landingOf(indexes, endpoint, protocol)
}

const countNamespaces = (state: ClusterState): PersistentMap<number> => {
  const counts = new Map<string, number>()
  const add = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const service of named(state.services).values()) add(service.metadata.namespace ?? "default")
  for (const pod of new Map(state.pods.map((each) => [keyOf(each.namespace, each.name), each])).values())
    add(pod.namespace)
  for (const name of new Set((state.namespaces ?? []).map((namespace) => namespace.name))) add(name)
  return fromEntries(counts)
}

/** All indexes of a state that was checked. The same as adding its objects one by one, in O(objects). */
export const buildIndexes = (state: ClusterState, network: Network): Indexes => {
  const policies = named(state.networkPolicies)
  const byNamespace = new Lists<NetworkPolicy>()
  for (const policy of policies.values()) byNamespace.add(policy.metadata.namespace ?? "default", policy)
  const namespaceFacts: readonly (readonly [string, NamespaceFacts])[] = [
    ...new Map((state.namespaces ?? []).map((namespace) => [namespace.name, namespace])),
  ]
  const { indexes: services, crowds } = buildServices(state, network)
  const indexes: Indexes = {
    ...network,
    ...buildNodes(state.nodes),
    ...buildPods(state.pods),
    ...services,
    networkPolicies: fromEntries(policies),
    policiesByNamespace: byNamespace.sorted((a, b) => byText(a.metadata.name, b.metadata.name)),
    namespaceFacts: fromEntries(namespaceFacts),
    namespaces: countNamespaces(state),
  }
  gather(indexes, crowds)
  return indexes
}
