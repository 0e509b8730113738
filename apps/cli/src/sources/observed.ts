import { deriveEndpointSlices } from "@pilotage/embedded-cluster"
import type { Node, Service } from "@pilotage/kube-model"
import type { Inventory } from "./inventory.ts"

const isDns = ({ metadata }: Service): boolean => metadata.namespace === "kube-system" && metadata.name === "kube-dns"

export interface Observed {
  readonly inventory: Inventory
  readonly remarks: readonly string[]
}

/** Nodes as the pods on them tell: their names and addresses. */
const nodesOfPods = ({ pods }: Inventory): readonly Node[] => {
  const addresses = new Map<string, string>()
  for (const { spec, status } of pods)
    if (spec.nodeName && !addresses.has(spec.nodeName) && status?.hostIP) addresses.set(spec.nodeName, status.hostIP)
  return [...addresses].map(([name, address]) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
    status: { addresses: [{ type: "InternalIP", address }] },
  }))
}

/** Was nothing read of what answers for kube-dns, though its Service was? */
const isDnsUnread = ({ pods, services, endpointSlices }: Inventory): boolean =>
  services.some(isDns) &&
  !pods.some(({ metadata }) => metadata.namespace === "kube-system") &&
  !endpointSlices.some(({ metadata }) => metadata.namespace === "kube-system")

/** Completes what was written down of a running cluster: nodes and EndpointSlices that are missing follow from its pods. */
export const observed = (given: Inventory): Observed => {
  const remarks: string[] = []
  let inventory = given
  if (isDnsUnread(given)) {
    inventory = { ...inventory, services: given.services.filter((service) => !isDns(service)) }
    remarks.push("No pods of kube-system there: kube-dns is taken to answer.")
  }
  if (given.nodes.length === 0) {
    inventory = { ...inventory, nodes: nodesOfPods(given) }
    remarks.push("No Nodes there: taken from what the pods say of them, without zones and pod networks.")
  }
  if (given.endpointSlices.length === 0 && given.services.some(({ spec }) => spec.selector)) {
    inventory = { ...inventory, endpointSlices: deriveEndpointSlices(inventory) }
    remarks.push("No EndpointSlices there: worked out from Services and pods, as the control plane does.")
  }
  return { inventory, remarks }
}
