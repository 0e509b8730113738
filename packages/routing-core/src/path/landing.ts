import type { Protocol } from "@pilotage/kube-model"
import type { Landing, LandingNote } from "../proxy/landing-note.ts"
import { nodeIP } from "../proxy/node-addresses.ts"
import type { EndpointFact } from "../proxy/service-entry.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { familyOf } from "./sender.ts"
import { isOpen, isUndeclared, machineSocket, podSocket } from "./sockets.ts"

const findLanding = (indexes: Indexes, endpoint: EndpointFact, protocol: Protocol): LandingNote => {
  const { ip, port, podKey, nodeName } = endpoint
  const holder = indexes.podsByIP.get(ip)?.[0]
  const referenced = holder || podKey === undefined ? undefined : indexes.pods.get(podKey)
  const pod = holder ?? (referenced?.hostNetwork ? referenced : undefined)
  const host = holder ? undefined : indexes.nodesByIP.get(ip)?.[0]
  const where = pod?.nodeName ?? nodeName
  const node = (where === undefined ? undefined : indexes.nodes.get(where)) ?? host
  const machine = holder || host ? undefined : indexes.machines.get(ip)
  const inPodNetwork = indexes.clusterCIDR.contains(ip)
  const isLost = node?.stopped || (!pod && !host && inPodNetwork)
  const socket = pod
    ? podSocket(pod, port, protocol, false)
    : machine
      ? machineSocket(machine, port, protocol)
      : undefined
  return {
    pod,
    host,
    node,
    machine,
    inPodNetwork,
    nodeName: node?.name ?? where,
    trouble: isLost ? "silent" : socket === undefined || isOpen(socket) ? undefined : "refuses",
    undeclared: pod !== undefined && isUndeclared(pod, port, protocol),
    namespace: pod?.namespace,
    name: pod?.name,
    pods: indexes.pods,
    nodes: indexes.nodes,
  }
}

/** The pod that an endpoint names, or the one that holds its address. Remembered until a pod or node changes. */
export const landingOf = (indexes: Indexes, endpoint: EndpointFact, protocol: Protocol): Landing => {
  const { landing } = endpoint
  if (landing && landing.pods === indexes.pods && landing.nodes === indexes.nodes) return landing
  endpoint.landing = findLanding(indexes, endpoint, protocol)
  return endpoint.landing
}

/** Does the CNI rewrite this source when a packet leaves the pod network? */
export const isRewrittenOutside = ({ config, clusterCIDR }: Indexes, source: string): boolean =>
  config.podMasquerade === "non-pod-destinations" && clusterCIDR.contains(source)

/** Does the CNI rewrite the source of this packet when it leaves the pod's node? */
export const leavesPodNetwork = (indexes: Indexes, source: string, destination: string): boolean =>
  isRewrittenOutside(indexes, source) && !indexes.clusterCIDR.contains(destination)

/** The node's address for what leaves it. */
export const leavingAddress = (node: NodeFacts, destination: string): string =>
  nodeIP(node, familyOf(destination)) ?? node.internalIP
