import type { NetworkPolicy } from "@pilotage/kube-model"
import { keyOf } from "../proxy/service-entry.ts"
import type { NamespaceFacts } from "../state.ts"
import type { Indexes } from "./compiled-table.ts"
import { countIn } from "./namespace-count.ts"
import { updateList } from "./persistent-map.ts"

const policyOrder = (a: NetworkPolicy, b: NetworkPolicy): number => (a.metadata.name < b.metadata.name ? -1 : 1)

export const withNetworkPolicy = (
  indexes: Indexes,
  namespace: string | undefined,
  name: string,
  value: NetworkPolicy | undefined,
): Indexes => {
  const key = keyOf(namespace, name)
  const { networkPolicies } = indexes
  return {
    ...indexes,
    policiesByNamespace: updateList(indexes.policiesByNamespace, namespace ?? "default", (list) => {
      const others = list.filter((policy) => policy.metadata.name !== name)
      return value ? [...others, value].sort(policyOrder) : others
    }),
    networkPolicies: value ? networkPolicies.set(key, value) : networkPolicies.delete(key),
  }
}

export const withNamespace = (indexes: Indexes, name: string, value: NamespaceFacts | undefined): Indexes => ({
  ...indexes,
  namespaceFacts: value ? indexes.namespaceFacts.set(name, value) : indexes.namespaceFacts.delete(name),
  namespaces: countIn(indexes.namespaces, name, (value ? 1 : 0) - (indexes.namespaceFacts.get(name) ? 1 : 0)),
})
