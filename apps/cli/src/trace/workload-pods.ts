import { isPodReady, type LabelSelector, matchesSelector, type Pod } from "@pilotage/kube-model"
import type { Inventory } from "../sources/inventory.ts"

/** Words for kinds of things that have pods, as kubectl takes them. */
export const WORKLOAD_KINDS: Readonly<Record<string, "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet">> = {
  deploy: "Deployment",
  deployment: "Deployment",
  deployments: "Deployment",
  rs: "ReplicaSet",
  replicaset: "ReplicaSet",
  replicasets: "ReplicaSet",
  sts: "StatefulSet",
  statefulset: "StatefulSet",
  statefulsets: "StatefulSet",
  ds: "DaemonSet",
  daemonset: "DaemonSet",
  daemonsets: "DaemonSet",
}

/** Who made the pod, as its owner reference says: a Deployment's ReplicaSet is named after it and the pod's hash. */
const isOwnedBy = (pod: Pod, kind: string, name: string): boolean =>
  (pod.metadata.ownerReferences ?? []).some((owner) => {
    if (kind !== "Deployment") return owner.kind === kind && owner.name === name
    const hash = pod.metadata.labels?.["pod-template-hash"]
    return owner.kind === "ReplicaSet" && hash !== undefined && owner.name === `${name}-${hash}`
  })

const selectorOf = (inventory: Inventory, kind: string, namespace: string, name: string): LabelSelector | undefined => {
  const all = [
    ...inventory.deployments,
    ...inventory.replicaSets,
    ...inventory.statefulSets,
    ...inventory.daemonSets,
  ] as readonly (Inventory["deployments"][number] | Inventory["daemonSets"][number])[]
  const found = all.find(
    (each) => each.kind === kind && each.metadata.namespace === namespace && each.metadata.name === name,
  )
  return (found?.spec as { readonly selector?: LabelSelector } | undefined)?.selector
}

/** The pods of a workload: ready ones first, then in order of names. */
export const podsOfWorkload = (inventory: Inventory, kind: string, namespace: string, name: string): readonly Pod[] => {
  const inNamespace = inventory.pods.filter((pod) => pod.metadata.namespace === namespace)
  const owned = inNamespace.filter((pod) => isOwnedBy(pod, kind, name))
  const selector = owned.length > 0 ? undefined : selectorOf(inventory, kind, namespace, name)
  const pods = selector ? inNamespace.filter((pod) => matchesSelector(selector, pod.metadata.labels ?? {})) : owned
  const rank = (pod: Pod): string => `${isPodReady(pod) ? 0 : 1} ${pod.metadata.name}`
  return [...pods].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}
