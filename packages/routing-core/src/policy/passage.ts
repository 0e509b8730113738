import type { NetworkPolicy } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Party } from "./connection.ts"
import { isOwnNode } from "./connection.ts"
import { matchesPeer } from "./peer-match.ts"
import {
  type Direction,
  isAbout,
  namespaceOf,
  type PolicyRule,
  rulesOf,
  selectsEveryPod,
  selectsPod,
} from "./policy-reading.ts"
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

const isolationBy = (selecting: readonly NetworkPolicy[]): Isolation => ({
  ingress: selecting.filter((policy) => isAbout(policy, "ingress")),
  egress: selecting.filter((policy) => isAbout(policy, "egress")),
})

/** So many policies that select pods by labels are told apart by the bits of a number. */
const MOST_BITS = 30

/** What the policies of one namespace make of its pods. */
class Isolations {
  readonly #policies: readonly NetworkPolicy[]
  /** Those that do not select every pod. */
  readonly #selective: readonly NetworkPolicy[]
  /** By which of them select the pod: pods that the same ones select share the lists. */
  readonly #bySelection = new Map<number, Isolation>()
  readonly #byPod = new WeakMap<PodFacts, Isolation>()

  constructor(policies: readonly NetworkPolicy[]) {
    this.#policies = policies
    this.#selective = policies.filter((policy) => !selectsEveryPod(policy))
  }

  of(pod: PodFacts): Isolation {
    if (this.#selective.length > MOST_BITS) return this.#remembered(pod)
    let selection = 0
    for (let at = 0; at < this.#selective.length; at += 1) {
      const policy = this.#selective[at]
      if (policy && selectsPod(policy, pod.labels)) selection |= 1 << at
    }
    let isolation = this.#bySelection.get(selection)
    if (!isolation) {
      isolation = isolationBy(this.#policies.filter((policy) => selectsPod(policy, pod.labels)))
      this.#bySelection.set(selection, isolation)
    }
    return isolation
  }

  #remembered(pod: PodFacts): Isolation {
    let isolation = this.#byPod.get(pod)
    if (!isolation) {
      isolation = isolationBy(this.#policies.filter((policy) => selectsPod(policy, pod.labels)))
      this.#byPod.set(pod, isolation)
    }
    return isolation
  }
}

const known = new WeakMap<readonly NetworkPolicy[], Isolations>()

/** The policies that isolate a pod in one direction, in order of names. Remembered per namespace's list. */
export const isolatingPolicies = (indexes: Indexes, pod: PodFacts, direction: Direction): readonly NetworkPolicy[] => {
  const policies = indexes.policiesByNamespace.get(pod.namespace)
  if (!policies) return []
  let isolations = known.get(policies)
  if (!isolations) {
    isolations = new Isolations(policies)
    known.set(policies, isolations)
  }
  return isolations.of(pod)[direction]
}

export const allowsPort = (rule: PolicyRule, { port, protocol, destination }: Packet): boolean =>
  rule.ports === undefined || rule.ports.some((entry) => matchesPort(entry, port, protocol, destination.pod))

export const allowsPeer = (indexes: Indexes, namespace: string, rule: PolicyRule, party: Party): boolean =>
  rule.peers === undefined || rule.peers.some((peer) => matchesPeer(indexes, namespace, peer, party))

/** All that the rules of isolating policies look at, but for the pod's own names of ports. */
interface Seen extends Pick<Packet, "port" | "protocol"> {
  readonly direction: Direction
  readonly other: Party
  readonly namespaceFacts: Indexes["namespaceFacts"]
}

type Judged = { readonly seen: Seen; readonly passage: Exclude<Passage, Denied> | Pick<Denied, "dependsOnNode"> }

const isSame = (a: Seen, b: Seen): boolean =>
  a.port === b.port &&
  a.protocol === b.protocol &&
  a.direction === b.direction &&
  a.other.ip === b.other.ip &&
  a.other.pod === b.other.pod &&
  a.other.node === b.other.node &&
  a.namespaceFacts === b.namespaceFacts

const namesPorts = (policies: readonly NetworkPolicy[], direction: Direction): boolean =>
  policies.some((policy) =>
    rulesOf(policy, direction).some((rule) => rule.ports?.some((entry) => typeof entry.port === "string")),
  )

/** What was said last by these policies: thousands of pods behind one Service have the same. Null: they name ports. */
const lastJudged = new WeakMap<readonly NetworkPolicy[], Judged | null>()

/** What the rules say, any of which may let the packet pass. */
const judge = (
  indexes: Indexes,
  direction: Direction,
  packet: Packet,
  policies: readonly NetworkPolicy[],
  other: Party,
): Judged["passage"] => {
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
  return allowed ? { kind: "allowed", ...allowed, dependsOnNode } : { dependsOnNode }
}

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
  const { port, protocol } = packet
  const seen: Seen = { port, protocol, direction, other, namespaceFacts: indexes.namespaceFacts }
  const last = lastJudged.get(policies)
  const isKnown = last && isSame(last.seen, seen)
  const passage = isKnown ? last.passage : judge(indexes, direction, packet, policies, other)
  if (last === undefined) lastJudged.set(policies, namesPorts(policies, direction) ? null : { seen, passage })
  else if (last && !isKnown) lastJudged.set(policies, { seen, passage })
  return "kind" in passage ? passage : { kind: "denied", pod: own.pod, policies: [first, ...more], ...passage }
}
