import type { NetworkPolicy } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Party } from "./connection.ts"
import { isOwnNode } from "./connection.ts"
import { matchesPeer } from "./peer-match.ts"
import { type Direction, isAbout, namespaceOf, type PolicyRule, rulesOf, selectsPod } from "./policy-reading.ts"
import { matchesPort } from "./port-match.ts"

/** What a pod's policies of one direction say about one connection. */
export type Passage =
  /** No policy isolates the pod in this direction, or the rule does not apply (its own node). */
  | { readonly kind: "open" }
  | {
      readonly kind: "allowed"
      readonly policy: NetworkPolicy
      readonly index: number
      readonly dependsOnNode: boolean
    }
  | Denied

export interface Denied {
  readonly kind: "denied"
  /** The isolated pod. */
  readonly pod: PodFacts
  readonly policies: readonly [NetworkPolicy, ...NetworkPolicy[]]
  readonly dependsOnNode: boolean
}

/** The first packet of a connection, both ends known. */
export interface Packet {
  readonly source: Party
  readonly destination: Party
  readonly port: number
  readonly protocol: "TCP" | "UDP" | "SCTP"
}

const OPEN: Passage = { kind: "open" }

type Isolation = Readonly<Record<Direction, readonly NetworkPolicy[]>>

const known = new WeakMap<readonly NetworkPolicy[], WeakMap<PodFacts, Isolation>>()

const isolationOf = (policies: readonly NetworkPolicy[], pod: PodFacts): Isolation => {
  const selecting = policies.filter((policy) => selectsPod(policy, pod.labels))
  return {
    ingress: selecting.filter((policy) => isAbout(policy, "ingress")),
    egress: selecting.filter((policy) => isAbout(policy, "egress")),
  }
}

/** The policies that isolate a pod in one direction, in order of names. Remembered per namespace's list and pod. */
export const isolatingPolicies = (indexes: Indexes, pod: PodFacts, direction: Direction): readonly NetworkPolicy[] => {
  const policies = indexes.policiesByNamespace.get(pod.namespace)
  if (!policies) return []
  let byPod = known.get(policies)
  if (!byPod) {
    byPod = new WeakMap()
    known.set(policies, byPod)
  }
  let isolation = byPod.get(pod)
  if (!isolation) {
    isolation = isolationOf(policies, pod)
    byPod.set(pod, isolation)
  }
  return isolation[direction]
}

export const allowsPort = (rule: PolicyRule, { port, protocol, destination }: Packet): boolean =>
  rule.ports === undefined || rule.ports.some((entry) => matchesPort(entry, port, protocol, destination.pod))

export const allowsPeer = (indexes: Indexes, namespace: string, rule: PolicyRule, party: Party): boolean =>
  rule.peers === undefined || rule.peers.some((peer) => matchesPeer(indexes, namespace, peer, party))

/**
 * One direction of one connection: the client's egress, or the server's ingress. Any rule of any isolating policy
 * lets it pass. `dependsOnNode`: the other end is a node, which selectors never name; what an ipBlock says about it is the CNI's
 * affair.
 */
export const passage = (indexes: Indexes, direction: Direction, packet: Packet): Passage => {
  const own = direction === "egress" ? packet.source : packet.destination
  const other = direction === "egress" ? packet.destination : packet.source
  if (!own.pod) return OPEN
  const policies = isolatingPolicies(indexes, own.pod, direction)
  const [first, ...more] = policies
  if (!first || isOwnNode(indexes, own.pod, other)) return OPEN
  let dependsOnNode = false
  let allowed: { readonly policy: NetworkPolicy; readonly index: number } | undefined
  for (const policy of policies) {
    const rules = rulesOf(policy, direction)
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index]
      if (!rule || !allowsPort(rule, packet)) continue
      if (rule.peers === undefined) return { kind: "allowed", policy, index, dependsOnNode: false }
      if (other.node) dependsOnNode = true
      if (allowed || !allowsPeer(indexes, namespaceOf(policy), rule, other)) continue
      allowed = { policy, index }
      if (!other.node) return { kind: "allowed", ...allowed, dependsOnNode: false }
    }
  }
  return allowed
    ? { kind: "allowed", ...allowed, dependsOnNode }
    : { kind: "denied", pod: own.pod, policies: [first, ...more], dependsOnNode }
}
