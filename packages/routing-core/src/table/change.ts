import { compareIPs, type EndpointSlice, type NetworkPolicy, parseCIDR, type Service } from "@pilotage/kube-model"
import { type Frontend, keyOf, type ServiceEntry, serviceEntry } from "../proxy/service-entry.ts"
import type { NamespaceFacts, NodeFacts, PodFacts } from "../state.ts"
import type { Indexes } from "./compiled-table.ts"
import { type PersistentMap, updateList } from "./persistent-map.ts"

const SERVICE_NAME_LABEL = "kubernetes.io/service-name"

/** The node's own address on the pod network, as ptp CNIs give it: the first of its pod CIDR. */
export const podGateway = (node: NodeFacts): string | undefined => {
  const cidr = parseCIDR(node.podCIDR)
  return cidr.ok && cidr.value.family === "IPv4" ? cidr.value.at(1) : undefined
}

const byAddress = (a: NodeFacts, b: NodeFacts): number =>
  compareIPs(a.internalIP, b.internalIP) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

const addressesOf = (node: NodeFacts): readonly string[] =>
  [node.internalIP, podGateway(node)].filter((ip): ip is string => ip !== undefined && ip !== "")

export const withNode = (indexes: Indexes, name: string, value: NodeFacts | undefined): Indexes => {
  const old = indexes.nodes.get(name)
  let { nodesByIP } = indexes
  for (const ip of old ? addressesOf(old) : [])
    nodesByIP = updateList(nodesByIP, ip, (list) => list.filter((node) => node.name !== name))
  if (value)
    for (const ip of addressesOf(value))
      nodesByIP = updateList(nodesByIP, ip, (list) => [...list, value].sort(byAddress))
  const others = indexes.nodeList.filter((node) => node.name !== name)
  return {
    ...indexes,
    nodes: value ? indexes.nodes.set(name, value) : indexes.nodes.delete(name),
    nodeList: value ? [...others, value].sort(byAddress) : others,
    nodesByIP,
  }
}

const count = (map: PersistentMap<number>, namespace: string, by: number): PersistentMap<number> => {
  if (by === 0) return map
  const sum = (map.get(namespace) ?? 0) + by
  return sum > 0 ? map.set(namespace, sum) : map.delete(namespace)
}

const podOrder = (a: PodFacts, b: PodFacts): number =>
  keyOf(a.namespace, a.name) < keyOf(b.namespace, b.name) ? -1 : 1

/** Where a pod is found: under its own address, or under its node when it has none of its own. */
const place = (
  indexes: Pick<Indexes, "podsByIP" | "hostPods">,
  pod: PodFacts,
  change: (list: readonly PodFacts[]) => readonly PodFacts[],
): Pick<Indexes, "podsByIP" | "hostPods"> => {
  const { podsByIP, hostPods } = indexes
  if (pod.hostNetwork)
    return { podsByIP, hostPods: pod.nodeName ? updateList(hostPods, pod.nodeName, change) : hostPods }
  return { podsByIP: pod.ip ? updateList(podsByIP, pod.ip, change) : podsByIP, hostPods }
}

export const withPod = (indexes: Indexes, namespace: string, name: string, value: PodFacts | undefined): Indexes => {
  const key = keyOf(namespace, name)
  const old = indexes.pods.get(key)
  let placed: Pick<Indexes, "podsByIP" | "hostPods"> = indexes
  if (old) placed = place(placed, old, (list) => list.filter((pod) => keyOf(pod.namespace, pod.name) !== key))
  if (value) placed = place(placed, value, (list) => [...list, value].sort(podOrder))
  return {
    ...indexes,
    podsByIP: placed.podsByIP,
    hostPods: placed.hostPods,
    pods: value ? indexes.pods.set(key, value) : indexes.pods.delete(key),
    namespaces: count(indexes.namespaces, namespace, (value ? 1 : 0) - (old ? 1 : 0)),
  }
}

const frontendOrder = (a: Frontend, b: Frontend): number =>
  a.serviceKey === b.serviceKey ? a.portIndex - b.portIndex : a.serviceKey < b.serviceKey ? -1 : 1

export const nodePortKey = (protocol: string, port: number): string => `${protocol}:${port}`

/** Takes a Service's frontends out and puts its new ones in. */
const replaceEntry = (indexes: Indexes, key: string, entry: ServiceEntry | undefined): Indexes => {
  const old = indexes.services.get(key)
  let { addresses, nodePorts } = indexes
  if (old?.frontends !== entry?.frontends) {
    const place = (frontend: Frontend, change: (list: readonly Frontend[]) => readonly Frontend[]): void => {
      if (frontend.kind === "NodePort")
        nodePorts = updateList(nodePorts, nodePortKey(frontend.protocol, frontend.port), change)
      else addresses = updateList(addresses, frontend.ip, change)
    }
    for (const frontend of old?.frontends ?? [])
      place(frontend, (list) => list.filter((other) => other.serviceKey !== key))
    for (const frontend of entry?.frontends ?? []) place(frontend, (list) => [...list, frontend].sort(frontendOrder))
  }
  return {
    ...indexes,
    addresses,
    nodePorts,
    services: entry ? indexes.services.set(key, entry) : indexes.services.delete(key),
  }
}

export const withService = (
  indexes: Indexes,
  namespace: string | undefined,
  name: string,
  value: Service | undefined,
): Indexes => {
  const key = keyOf(namespace, name)
  const existed = indexes.services.get(key) !== undefined
  const entry = value ? serviceEntry(value, indexes.slicesByService.get(key) ?? []) : undefined
  const replaced = replaceEntry(indexes, key, entry)
  const serviceNames = updateList(replaced.serviceNames, name, (keys) => {
    const others = keys.filter((other) => other !== key)
    return entry ? [...others, key].sort() : others
  })
  return {
    ...replaced,
    serviceNames,
    namespaces: count(replaced.namespaces, namespace ?? "default", (entry ? 1 : 0) - (existed ? 1 : 0)),
  }
}

const policyOrder = (a: NetworkPolicy, b: NetworkPolicy): number => (a.metadata.name < b.metadata.name ? -1 : 1)

export const withNetworkPolicy = (
  indexes: Indexes,
  namespace: string | undefined,
  name: string,
  value: NetworkPolicy | undefined,
): Indexes => {
  const key = keyOf(namespace, name)
  const policiesByNamespace = updateList(indexes.policiesByNamespace, namespace ?? "default", (list) => {
    const others = list.filter((policy) => policy.metadata.name !== name)
    return value ? [...others, value].sort(policyOrder) : others
  })
  const { networkPolicies } = indexes
  return {
    ...indexes,
    policiesByNamespace,
    networkPolicies: value ? networkPolicies.set(key, value) : networkPolicies.delete(key),
  }
}

export const withNamespace = (indexes: Indexes, name: string, value: NamespaceFacts | undefined): Indexes => ({
  ...indexes,
  namespaceFacts: value ? indexes.namespaceFacts.set(name, value) : indexes.namespaceFacts.delete(name),
  namespaces: count(indexes.namespaces, name, (value ? 1 : 0) - (indexes.namespaceFacts.get(name) ? 1 : 0)),
})

const sliceOrder = (a: EndpointSlice, b: EndpointSlice): number => (a.metadata.name < b.metadata.name ? -1 : 1)

const serviceKeyOf = (slice: EndpointSlice): string | undefined => {
  const name = slice.metadata.labels?.[SERVICE_NAME_LABEL]
  return name ? keyOf(slice.metadata.namespace, name) : undefined
}

export const withSlice = (
  indexes: Indexes,
  namespace: string | undefined,
  name: string,
  value: EndpointSlice | undefined,
): Indexes => {
  const key = keyOf(namespace, name)
  const old = indexes.slices.get(key)
  const oldOwner = old && serviceKeyOf(old)
  const newOwner = value && serviceKeyOf(value)
  let { slicesByService } = indexes
  if (oldOwner)
    slicesByService = updateList(slicesByService, oldOwner, (list) =>
      list.filter((slice) => slice.metadata.name !== name),
    )
  if (newOwner && value)
    slicesByService = updateList(slicesByService, newOwner, (list) => [...list, value].sort(sliceOrder))
  let next: Indexes = {
    ...indexes,
    slicesByService,
    slices: value ? indexes.slices.set(key, value) : indexes.slices.delete(key),
  }
  for (const owner of new Set([oldOwner, newOwner])) {
    const entry = owner === undefined ? undefined : next.services.get(owner)
    if (!owner || !entry) continue
    const fresh = serviceEntry(entry.service, slicesByService.get(owner) ?? [])
    // The frontends depend on the Service alone: keep the old ones, and the indexes of addresses stay as they are.
    next = replaceEntry(next, owner, { ...fresh, frontends: entry.frontends })
  }
  return next
}
