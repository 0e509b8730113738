import { matchesSelector } from "@pilotage/kube-model"
import type { ClusterState } from "@pilotage/routing-core"
import { objectKey } from "./layout.ts"

/** Pods (`namespace/name`) to the names of the NetworkPolicies that select them. What those allow is for a trace to say. */
export type PolicyNames = ReadonlyMap<string, readonly string[]>

/** Nobody, where the network does not enforce policies; hostNetwork pods never. */
export const policyNames = ({ config, pods, networkPolicies }: ClusterState): PolicyNames => {
  const names = new Map<string, readonly string[]>()
  if (config.networkPolicies === "ignored" || networkPolicies.length === 0) return names
  for (const pod of pods) {
    if (pod.hostNetwork) continue
    const selecting = networkPolicies.filter(
      ({ metadata, spec }) =>
        (metadata.namespace ?? "default") === pod.namespace && matchesSelector(spec?.podSelector ?? {}, pod.labels),
    )
    if (selecting.length > 0)
      names.set(
        objectKey(pod.namespace, pod.name),
        selecting.map(({ metadata }) => metadata.name),
      )
  }
  return names
}
