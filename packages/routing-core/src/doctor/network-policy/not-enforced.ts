import type { ClusterCheck } from "../check.ts"

/** Policies in a cluster whose network does not look at them. */
export const policiesNotEnforced: ClusterCheck = ({ indexes }) => {
  const [first, ...others] = indexes.networkPolicies.entries()
  if (!first || indexes.config.networkPolicies !== "ignored") return []
  const { metadata } = first[1]
  return [
    {
      code: "network-policies-ignored",
      severity: "warning",
      object: { kind: "NetworkPolicy", namespace: metadata.namespace ?? "default", name: metadata.name },
      message: `The cluster's network does not enforce NetworkPolicies: ${others.length === 0 ? `${metadata.name} has` : `all ${others.length + 1} of them have`} no effect, and everybody is let through.`,
      fix: "Use a network plugin that enforces them (Calico, Cilium, a recent kindnet).",
    },
  ]
}
