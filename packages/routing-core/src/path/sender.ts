import { keyOf } from "../proxy/service-entry.ts"
import type { NodeFacts, PodFacts } from "../state.ts"
import { podGateway } from "../table/change.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Origin, Place } from "../trace-types.ts"

/**
 * Who sends, as the network sees it. `pod`: from a network namespace of its own behind `node`; `node`: from the node's
 * own network (hostNetwork pods too); `external`: from a machine beyond, straight to the nodes' network.
 */
export type Sender =
  | {
      readonly kind: "pod"
      readonly place: Place
      readonly ip: string
      readonly node: NodeFacts
      readonly pod: PodFacts
    }
  | {
      readonly kind: "node"
      readonly place: Place
      readonly ip: string
      readonly node: NodeFacts
      readonly pod?: PodFacts
    }
  | { readonly kind: "external"; readonly place: Place; readonly ip: string }

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

export const findSender = (indexes: Indexes, from: Origin): Sender | SenderProblem => {
  if (from.kind === "outside" || from.kind === "node-network")
    return {
      kind: "external",
      ip: from.ip,
      place: { kind: "outside", name: from.kind === "outside" ? "outside client" : "container on the node network" },
    }
  if (from.kind === "node") {
    const node = indexes.nodes.get(from.name)
    const place: Place = { kind: "node", name: from.name }
    if (!node) return problem(place, `There is no node ${from.name}.`, "Send from a node that exists.")
    if (node.stopped) return problem(place, `Node ${from.name} is stopped.`, `Start node ${from.name} again.`)
    return { kind: "node", ip: node.internalIP, node, place }
  }
  const pod = indexes.pods.get(keyOf(from.namespace, from.name))
  const name = `${from.namespace}/${from.name}`
  if (!pod)
    return problem(
      { kind: "pod", namespace: from.namespace, name: from.name, node: "" },
      `There is no pod ${name}.`,
      "Send from a pod that exists.",
    )
  const node = pod.nodeName === undefined ? undefined : indexes.nodes.get(pod.nodeName)
  if (!node || (!pod.ip && !pod.hostNetwork))
    return problem(podPlace(pod), `Pod ${name} has no address yet.`, `Wait until pod ${name} runs.`)
  if (node.stopped)
    return problem(
      podPlace(pod),
      `Pod ${name} is on node ${node.name}, which is stopped.`,
      `Start node ${node.name} again.`,
    )
  return pod.hostNetwork
    ? { kind: "node", ip: node.internalIP, node, pod, place: podPlace(pod) }
    : { kind: "pod", ip: pod.ip ?? "", node, pod, place: podPlace(pod) }
}

/** The address that a receiver sees when `node` sends, or masquerades, towards `receiver`. */
export const addressTowards = (indexes: Indexes, node: NodeFacts, receiver: string): string => {
  const pod = indexes.podsByIP.get(receiver)?.[0]
  return (pod?.nodeName === node.name ? podGateway(node) : undefined) ?? node.internalIP
}
