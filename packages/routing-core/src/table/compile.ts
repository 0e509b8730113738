import { type CIDR, err, type InputError, type IPFamily, ok, parseCIDR, type Result } from "@pilotage/kube-model"
import type { Change, ClusterState, NetworkConfig } from "../state.ts"
import { withNamespace, withNetworkPolicy, withNode, withPod, withService, withSlice } from "./change.ts"
import { type Blocks, CompiledTable, type Indexes, indexesOf } from "./compiled-table.ts"
import { type Checked, checkNetworkPolicy, checkNode, checkPod, checkService, checkSlice, fine } from "./input-check.ts"
import { emptyMap } from "./persistent-map.ts"
import type { RoutingTable } from "./table.ts"

const blocks = (
  config: NetworkConfig,
  field: "clusterCIDR" | "serviceCIDR" | "nodeCIDR",
): Result<Blocks, InputError> => {
  const found: Partial<Record<IPFamily, CIDR>> = {}
  for (const text of config[field].split(",")) {
    const parsed = parseCIDR(text.trim())
    if (!parsed.ok) return err({ path: `config.${field}`, message: `${JSON.stringify(text)} is not a CIDR block` })
    if (found[parsed.value.family])
      return err({
        path: `config.${field}`,
        message: `has two blocks of ${parsed.value.family}; one per family is enough`,
      })
    found[parsed.value.family] = parsed.value
  }
  const { IPv4, IPv6 } = found
  const contains = (ip: string): boolean => (ip.includes(":") ? IPv6 : IPv4)?.contains(ip) ?? false
  return ok({ ...found, contains })
}

const start = (state: ClusterState): Result<Indexes, InputError> => {
  const { config } = state
  if (config.proxyMode === "ipvs")
    return err({
      path: "config.proxyMode",
      message: "kube-proxy's ipvs mode is not computed: use iptables or nftables",
    })
  const clusterCIDR = blocks(config, "clusterCIDR")
  if (!clusterCIDR.ok) return clusterCIDR
  const serviceCIDR = blocks(config, "serviceCIDR")
  if (!serviceCIDR.ok) return serviceCIDR
  const nodeCIDR = blocks(config, "nodeCIDR")
  if (!nodeCIDR.ok) return nodeCIDR
  return ok({
    config,
    clusterCIDR: clusterCIDR.value,
    serviceCIDR: serviceCIDR.value,
    nodeCIDR: nodeCIDR.value,
    nodes: emptyMap(),
    nodeList: [],
    nodesByIP: emptyMap(),
    pods: emptyMap(),
    podsByIP: emptyMap(),
    hostPods: emptyMap(),
    services: emptyMap(),
    serviceNames: emptyMap(),
    slices: emptyMap(),
    slicesByService: emptyMap(),
    addresses: emptyMap(),
    nodePorts: emptyMap(),
    namespaces: emptyMap(),
    networkPolicies: emptyMap(),
    policiesByNamespace: emptyMap(),
    namespaceFacts: emptyMap(),
  })
}

/** Makes a state ready for questions. The error's path points into the state, `nodes[0].podCIDR`. */
export const compile = (state: ClusterState): Result<RoutingTable, InputError> => {
  const started = start(state)
  if (!started.ok) return started
  let indexes = started.value
  for (const [index, node] of state.nodes.entries()) {
    const checked = checkNode(node, `nodes[${index}]`)
    if (!checked.ok) return checked
    indexes = withNode(indexes, node.name, node)
  }
  for (const [index, slice] of state.endpointSlices.entries()) {
    const checked = checkSlice(slice, `endpointSlices[${index}]`)
    if (!checked.ok) return checked
    indexes = withSlice(indexes, slice.metadata.namespace, slice.metadata.name, slice)
  }
  for (const [index, service] of state.services.entries()) {
    const checked = checkService(service, `services[${index}]`)
    if (!checked.ok) return checked
    indexes = withService(indexes, service.metadata.namespace, service.metadata.name, service)
  }
  for (const [index, pod] of state.pods.entries()) {
    const checked = checkPod(pod, `pods[${index}]`)
    if (!checked.ok) return checked
    indexes = withPod(indexes, pod.namespace, pod.name, pod)
  }
  for (const [index, policy] of state.networkPolicies.entries()) {
    const checked = checkNetworkPolicy(policy, `networkPolicies[${index}]`)
    if (!checked.ok) return checked
    indexes = withNetworkPolicy(indexes, policy.metadata.namespace, policy.metadata.name, policy)
  }
  for (const namespace of state.namespaces ?? []) indexes = withNamespace(indexes, namespace.name, namespace)
  return ok(new CompiledTable(indexes))
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
      return fine
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
