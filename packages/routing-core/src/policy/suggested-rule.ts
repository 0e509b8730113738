import type { Labels, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "@pilotage/kube-model"
import type { Party } from "./connection.ts"
import type { Packet } from "./passage.ts"
import { NAMESPACE_NAME_LABEL } from "./peer-match.ts"
import { type Direction, namespaceOf, rulesOf } from "./policy-reading.ts"
import type { PatchStep } from "./policy-text.ts"

/** Labels that controllers put on single pods or single versions: a rule that names them is soon out of date. */
const PASSING_LABELS: ReadonlySet<string> = new Set([
  "pod-template-hash",
  "controller-revision-hash",
  "pod-template-generation",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/controller-uid",
  "controller-uid",
])

const lastingLabels = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !PASSING_LABELS.has(key)))

const selectorFor = (labels: Labels): { readonly matchLabels?: Labels } => {
  const lasting = lastingLabels(labels)
  return Object.keys(lasting).length ? { matchLabels: lasting } : {}
}

/** The narrowest peer that means this party and outlives a restart of it. */
export const peerFor = (policyNamespace: string, { ip, pod }: Party): NetworkPolicyPeer => {
  if (pod) {
    const podSelector = selectorFor(pod.labels)
    return pod.namespace === policyNamespace
      ? { podSelector }
      : { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: pod.namespace } }, podSelector }
  }
  return { ipBlock: { cidr: `${ip}/${ip?.includes(":") ? 128 : 32}` } }
}

export const portFor = ({ protocol, port }: Pick<Packet, "protocol" | "port">): NetworkPolicyPort => ({
  protocol,
  port,
})

/** A whole new rule for `policy`. */
export const addedRule = (
  policy: NetworkPolicy,
  direction: Direction,
  peers: readonly NetworkPolicyPeer[],
  ports: readonly NetworkPolicyPort[],
): PatchStep => {
  const rule = { [direction === "ingress" ? "from" : "to"]: peers, ports }
  return Array.isArray(policy.spec?.[direction])
    ? { op: "add", path: `/spec/${direction}/-`, value: rule }
    : { op: "add", path: `/spec/${direction}`, value: [rule] }
}

/** One more peer, or port, in a rule that is nearly right. */
export const addedItem = (
  direction: Direction,
  rule: number,
  what: "peer" | "port",
  value: NetworkPolicyPeer | NetworkPolicyPort,
): PatchStep => {
  const list = what === "port" ? "ports" : direction === "ingress" ? "from" : "to"
  return { op: "add", path: `/spec/${direction}/${rule}/${list}/-`, value }
}

/** A rule that lets just this packet's kind pass. */
export const ruleFor = (policy: NetworkPolicy, direction: Direction, packet: Packet): PatchStep =>
  addedRule(
    policy,
    direction,
    [peerFor(namespaceOf(policy), direction === "ingress" ? packet.source : packet.destination)],
    [portFor(packet)],
  )

export const ruleCount = (policies: readonly NetworkPolicy[], direction: Direction): number =>
  policies.reduce((sum, policy) => sum + rulesOf(policy, direction).length, 0)
