import { canonicalIP, compareIPs } from "@pilotage/kube-model"
import { addressesOf } from "../proxy/node-addresses.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "./compiled-table.ts"
import { updateList } from "./persistent-map.ts"

export const nodeOrder = (a: NodeFacts, b: NodeFacts): number =>
  compareIPs(a.internalIP, b.internalIP) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** Under which addresses a node is found. */
export const nodeKeys = (node: NodeFacts): readonly string[] => [
  ...new Set(addressesOf(node).flatMap((ip) => canonicalIP(ip) ?? [])),
]

export const withNode = (indexes: Indexes, name: string, value: NodeFacts | undefined): Indexes => {
  const old = indexes.nodes.get(name)
  let { nodesByIP } = indexes
  for (const ip of old ? nodeKeys(old) : [])
    nodesByIP = updateList(nodesByIP, ip, (list) => list.filter((node) => node.name !== name))
  for (const ip of value ? nodeKeys(value) : [])
    nodesByIP = updateList(nodesByIP, ip, (list) => (value ? [...list, value].sort(nodeOrder) : list))
  const others = indexes.nodeList.filter((node) => node.name !== name)
  return {
    ...indexes,
    nodes: value ? indexes.nodes.set(name, value) : indexes.nodes.delete(name),
    nodeList: value ? [...others, value].sort(nodeOrder) : others,
    nodesByIP,
  }
}
