import { canonicalIP } from "@pilotage/kube-model"
import { keyOf } from "../proxy/service-entry.ts"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "./compiled-table.ts"
import { hostPortKey } from "./keys.ts"
import { countIn } from "./namespace-count.ts"
import { emptyMap, type PersistentMap, updateList } from "./persistent-map.ts"

export const podOrder = (a: PodFacts, b: PodFacts): number =>
  keyOf(a.namespace, a.name) < keyOf(b.namespace, b.name) ? -1 : 1

/** The addresses of its own under which a pod is found. */
export const podKeys = (pod: PodFacts): readonly string[] =>
  pod.hostNetwork ? [] : [pod.ip ?? "", pod.secondIP ?? ""].flatMap((ip) => canonicalIP(ip) ?? [])

/** The ports of its node at which the pod network hands connections over to a pod. A hostNetwork pod listens there itself. */
export const hostPortKeys = (pod: PodFacts): readonly string[] => {
  const { nodeName, declaredPorts, hostNetwork, ip } = pod
  if (hostNetwork || nodeName === undefined || ip === undefined || !declaredPorts) return []
  return declaredPorts.flatMap((each) => (each.hostPort ? [hostPortKey(nodeName, each.protocol, each.hostPort)] : []))
}

type PodLists = PersistentMap<readonly PodFacts[]>

const place = (
  lists: PodLists,
  keys: readonly string[],
  change: (list: readonly PodFacts[]) => readonly PodFacts[],
) => {
  let changed = lists
  for (const key of keys) changed = updateList(changed, key, change)
  return changed
}

const hostNode = (pod: PodFacts): readonly string[] => (pod.hostNetwork && pod.nodeName ? [pod.nodeName] : [])

const inNamespace = (
  indexes: Indexes,
  namespace: string,
  name: string,
  value: PodFacts | undefined,
): Indexes["podsByNamespace"] => {
  const old = indexes.podsByNamespace.get(namespace) ?? emptyMap<PodFacts>()
  const pods = value ? old.set(name, value) : old.delete(name)
  return pods.size ? indexes.podsByNamespace.set(namespace, pods) : indexes.podsByNamespace.delete(namespace)
}

export const withPod = (indexes: Indexes, namespace: string, name: string, value: PodFacts | undefined): Indexes => {
  const key = keyOf(namespace, name)
  const old = indexes.pods.get(key)
  let { podsByIP, hostPods, hostPorts } = indexes
  if (old) {
    const without = (list: readonly PodFacts[]) => list.filter((pod) => keyOf(pod.namespace, pod.name) !== key)
    podsByIP = place(podsByIP, podKeys(old), without)
    hostPods = place(hostPods, hostNode(old), without)
    hostPorts = place(hostPorts, hostPortKeys(old), without)
  }
  if (value) {
    const withIt = (list: readonly PodFacts[]) => [...list, value].sort(podOrder)
    podsByIP = place(podsByIP, podKeys(value), withIt)
    hostPods = place(hostPods, hostNode(value), withIt)
    hostPorts = place(hostPorts, hostPortKeys(value), withIt)
  }
  return {
    ...indexes,
    podsByIP,
    hostPods,
    hostPorts,
    podsByNamespace: inNamespace(indexes, namespace, name, value),
    pods: value ? indexes.pods.set(key, value) : indexes.pods.delete(key),
    namespaces: countIn(indexes.namespaces, namespace, (value ? 1 : 0) - (old ? 1 : 0)),
  }
}
