import { err, type InputError, ok, type Result } from "@pilotage/kube-model"
import type { Change, ClusterState } from "../state.ts"
import { buildIndexes } from "./bulk-build.ts"
import { CompiledTable, indexesOf } from "./compiled-table.ts"
import { checkNamespace, checkNetworkPolicy, checkNode, checkPod, checkService, checkSlice } from "./input-check.ts"
import { type Checked, fine } from "./input-shape.ts"
import { readNetwork } from "./network.ts"
import { withNode } from "./node-change.ts"
import { withPod } from "./pod-change.ts"
import { withNamespace, withNetworkPolicy } from "./policy-change.ts"
import { withService, withSlice } from "./service-change.ts"
import type { RoutingTable } from "./table.ts"

const firstWrong = <T>(
  list: readonly T[],
  path: string,
  check: (value: T, path: string) => Checked,
): InputError | undefined => {
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index]
    const checked = value === undefined ? fine : check(value, `${path}[${index}]`)
    if (!checked.ok) return checked.error
  }
  return undefined
}

/** Makes a state ready for questions. The error's path points into the state, `nodes[0].podCIDR`. */
export const compile = (state: ClusterState): Result<RoutingTable, InputError> => {
  const network = readNetwork(state.config)
  if (!network.ok) return network
  const wrong =
    firstWrong(state.nodes, "nodes", checkNode) ??
    firstWrong(state.endpointSlices, "endpointSlices", checkSlice) ??
    firstWrong(state.services, "services", checkService) ??
    firstWrong(state.pods, "pods", checkPod) ??
    firstWrong(state.networkPolicies, "networkPolicies", checkNetworkPolicy) ??
    firstWrong(state.namespaces ?? [], "namespaces", checkNamespace)
  return wrong ? err(wrong) : ok(new CompiledTable(buildIndexes(state, network.value)))
}

const checkChange = (change: Change): Checked => {
  if (!change.value) return fine
  switch (change.kind) {
    case "node":
      return checkNode(change.value, "value")
    case "pod":
      return checkPod(change.value, "value")
    case "service":
      return checkService(change.value, "value")
    case "endpointSlice":
      return checkSlice(change.value, "value")
    case "networkPolicy":
      return checkNetworkPolicy(change.value, "value")
    case "namespace":
      return checkNamespace(change.value, "value")
  }
}

/** The table after one change; costs what the change touches. The old table stays as it was. */
export const update = (table: RoutingTable, change: Change): Result<RoutingTable, InputError> => {
  const checked = checkChange(change)
  if (!checked.ok) return checked
  const indexes = indexesOf(table)
  switch (change.kind) {
    case "node":
      return ok(new CompiledTable(withNode(indexes, change.name, change.value)))
    case "pod":
      return ok(new CompiledTable(withPod(indexes, change.namespace, change.name, change.value)))
    case "service":
      return ok(new CompiledTable(withService(indexes, change.namespace, change.name, change.value)))
    case "endpointSlice":
      return ok(new CompiledTable(withSlice(indexes, change.namespace, change.name, change.value)))
    case "networkPolicy":
      return ok(new CompiledTable(withNetworkPolicy(indexes, change.namespace, change.name, change.value)))
    case "namespace":
      return ok(new CompiledTable(withNamespace(indexes, change.name, change.value)))
  }
}
