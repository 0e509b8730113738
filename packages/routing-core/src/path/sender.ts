import { canonicalIP, type IPFamily, ipFamily } from "@pilotage/kube-model"
import { nodeIP, podGateway } from "../proxy/node-addresses.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Origin, Place } from "../trace-types.ts"

/**
 * Who sends, as the network sees it. `pod`: from a network namespace of its own behind `node`; `node`: from the node's
 * own network (hostNetwork pods too); `external`: from a machine beyond, straight to the nodes' network. `ip`: primary.
 */
export type Sender =
  | { readonly kind: "pod"; readonly ip: string; readonly node: NodeFacts; readonly pod: PodFacts }
  | { readonly kind: "node"; readonly ip: string; readonly node: NodeFacts; readonly pod?: PodFacts }
  | { readonly kind: "external"; readonly ip: string; readonly name: string }

export type SenderProblem = {
  readonly kind: "problem"
  readonly place: Place
  readonly message: string
  readonly fix: string
}

const problem = (place: Place, message: string, fix: string): SenderProblem => ({
  kind: "problem",
  place,
  message,
  fix,
})

export const podPlace = (pod: PodFacts): Place => ({
  kind: "pod",
  namespace: pod.namespace,
  name: pod.name,
  node: pod.nodeName ?? "",
})

export const nodePlace = (node: NodeFacts): Place => ({ kind: "node", name: node.name })

export const placeOf = (sender: Sender): Place => {
  if (sender.kind === "external") return { kind: "outside", name: sender.name }
  return sender.pod ? podPlace(sender.pod) : nodePlace(sender.node)
}

export const familyOf = (ip: string): IPFamily => (ip.includes(":") ? "IPv6" : "IPv4")

/** The address with which the sender's machine sends to an address of `family`; undefined when it has none. */
export const addressOf = (sender: Sender, family: IPFamily): string | undefined => {
  if (sender.kind === "node") return nodeIP(sender.node, family)
  if (familyOf(sender.ip) === family) return sender.ip
  const second = sender.kind === "pod" ? sender.pod.secondIP : undefined
  return second !== undefined && ipFamily(second) === family ? canonicalIP(second) : undefined
}

const nodeSender = (indexes: Indexes, name: string): Sender | SenderProblem => {
  const node = indexes.nodes.get(name)
  const place: Place = { kind: "node", name }
  if (!node) return problem(place, `There is no node ${name}.`, "Send from a node that exists.")
  if (node.stopped) return problem(place, `Node ${name} is stopped.`, `Start node ${name} again.`)
  return { kind: "node", ip: node.internalIP, node }
}

const podSender = (indexes: Indexes, namespace: string, podName: string): Sender | SenderProblem => {
  const pod = indexes.podsByNamespace.get(namespace)?.get(podName)
  const node = pod?.nodeName === undefined ? undefined : indexes.nodes.get(pod.nodeName)
  if (pod && node && !node.stopped) {
    if (pod.hostNetwork) return { kind: "node", ip: node.internalIP, node, pod }
    if (pod.ip !== undefined) return { kind: "pod", ip: canonicalIP(pod.ip) ?? pod.ip, node, pod }
  }
  const name = `${namespace}/${podName}`
  if (!pod)
    return problem(
      { kind: "pod", namespace, name: podName, node: "" },
      `There is no pod ${name}.`,
      "Send from a pod that exists.",
    )
  if (node?.stopped)
    return problem(
      podPlace(pod),
      `Pod ${name} is on node ${node.name}, which is stopped.`,
      `Start node ${node.name} again.`,
    )
  return problem(podPlace(pod), `Pod ${name} has no address yet.`, `Wait until pod ${name} runs.`)
}

export const findSender = (indexes: Indexes, from: Origin): Sender | SenderProblem => {
  if (from.kind === "pod") return podSender(indexes, from.namespace, from.name)
  if (from.kind === "node") return nodeSender(indexes, from.name)
  const name = from.kind === "outside" ? "outside client" : "container on the node network"
  return { kind: "external", ip: canonicalIP(from.ip) ?? from.ip, name }
}

/** The address that `receiver` sees when `node` sends, or masquerades, towards it. `pod`: who holds the address, if a pod does. */
export const sendingAddress = (node: NodeFacts, receiver: string, pod: PodFacts | undefined): string => {
  const family = familyOf(receiver)
  return (pod?.nodeName === node.name ? podGateway(node, family) : undefined) ?? nodeIP(node, family) ?? node.internalIP
}

/** As sendingAddress, for a receiver that has yet to be found. */
export const addressTowards = (indexes: Indexes, node: NodeFacts, receiver: string): string =>
  sendingAddress(node, receiver, indexes.podsByIP.get(receiver)?.[0])
