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

type Policies = readonly [NetworkPolicy, ...NetworkPolicy[]]

export interface Denied {
  readonly kind: "denied"
  /** The isolated pod. */
  readonly pod: PodFacts
  readonly policies: Policies
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

type Verdict = Exclude<Passage, Denied> | Pick<Denied, "dependsOnNode">

/** What the rules of isolating policies look at, but for the pod's own names of ports; and what they said. */
interface Judged extends Pick<Packet, "port" | "protocol"> {
  readonly other: Party
  readonly namespaceFacts: Indexes["namespaceFacts"]
  readonly verdict: Verdict
}

/** The policies that isolate some pods in one direction. */
interface Isolating {
  readonly policies: Policies
  /** Do they name ports, which each pod declares for itself? */
  readonly nameAPort: boolean
  /** What was judged last: thousands of pods behind one Service have the same. */
  last: Judged | undefined
}

type Isolation = Readonly<Record<Direction, Isolating | undefined>>

const nameAPort = (policies: readonly NetworkPolicy[], direction: Direction): boolean =>
  policies.some((policy) =>
    rulesOf(policy, direction).some((rule) => rule.ports?.some((entry) => typeof entry.port === "string")),
  )

const isolatingIn = (direction: Direction, selecting: readonly NetworkPolicy[]): Isolating | undefined => {
  const [first, ...more] = selecting.filter((policy) => isAbout(policy, direction))
  if (!first) return undefined
  const policies: Policies = [first, ...more]
  return { policies, nameAPort: nameAPort(policies, direction), last: undefined }
}

const isolationBy = (selecting: readonly NetworkPolicy[]): Isolation => ({
  ingress: isolatingIn("ingress", selecting),
  egress: isolatingIn("egress", selecting),
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

const isolating = (indexes: Indexes, pod: PodFacts, direction: Direction): Isolating | undefined => {
  const policies = indexes.policiesByNamespace.get(pod.namespace)
  if (!policies) return undefined
  let isolations = known.get(policies)
  if (!isolations) {
    isolations = new Isolations(policies)
    known.set(policies, isolations)
  }
  return isolations.of(pod)[direction]
}

/** The policies that isolate a pod in one direction, in order of names. Remembered per namespace's list. */
export const isolatingPolicies = (indexes: Indexes, pod: PodFacts, direction: Direction): readonly NetworkPolicy[] =>
  isolating(indexes, pod, direction)?.policies ?? []

export const allowsPort = (rule: PolicyRule, { port, protocol, destination }: Packet): boolean =>
  rule.ports === undefined || rule.ports.some((entry) => matchesPort(entry, port, protocol, destination.pod))

export const allowsPeer = (indexes: Indexes, namespace: string, rule: PolicyRule, party: Party): boolean =>
  rule.peers === undefined || rule.peers.some((peer) => matchesPeer(indexes, namespace, peer, party))

/** What the rules say, any of which may let the packet pass. */
const judge = (
  indexes: Indexes,
  direction: Direction,
  packet: Packet,
  policies: readonly NetworkPolicy[],
  other: Party,
): Verdict => {
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
  const found = isolating(indexes, own.pod, direction)
  if (!found || isOwnNode(indexes, own.pod, other)) return OPEN
  const { port, protocol } = packet
  const { namespaceFacts } = indexes
  const { last } = found
  const isKnown =
    last?.port === port &&
    last.protocol === protocol &&
    last.other.pod === other.pod &&
    last.other.ip === other.ip &&
    last.other.node === other.node &&
    last.namespaceFacts === namespaceFacts
  const verdict = isKnown ? last.verdict : judge(indexes, direction, packet, found.policies, other)
  if (!isKnown && !found.nameAPort) found.last = { port, protocol, other, namespaceFacts, verdict }
  return "kind" in verdict ? verdict : { kind: "denied", pod: own.pod, policies: found.policies, ...verdict }
}
