import type { NetworkPolicy } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Certainty, Note } from "../trace-types.ts"
import { type Connection, isSelf, partyOf } from "./connection.ts"
import { type Denial, denial } from "./denial.ts"
import { isolatingPolicies, type Packet, type Passage, passage } from "./passage.ts"
import type { Direction } from "./policy-reading.ts"
import { podText } from "./policy-text.ts"

/** What the NetworkPolicies make of a connection. A denied one is dropped: its client runs into a timeout. */
export type Judgement =
  | { readonly allowed: true; readonly certainty: Certainty; readonly notes: readonly Note[] }
  | ({ readonly allowed: false; readonly certainty: Certainty; readonly direction: Direction } & Denial)

/** A judgement whose words wait until somebody wants them. */
export type Weighed =
  | { readonly allowed: true; readonly certainty: Certainty; readonly notes: () => readonly Note[] }
  | {
      readonly allowed: false
      readonly certainty: Certainty
      readonly direction: Direction
      readonly why: () => Denial
    }

const PASSES: Weighed = { allowed: true, certainty: "certain", notes: () => [] }

const DIRECTIONS = ["egress", "ingress"] as const

const packetOf = (indexes: Indexes, { source, destination, port, protocol }: Connection): Packet => ({
  source: partyOf(indexes, source),
  destination: partyOf(indexes, destination),
  port,
  protocol,
})

const passages = (indexes: Indexes, packet: Packet): readonly Passage[] =>
  isSelf(packet.source, packet.destination) ? [] : DIRECTIONS.map((direction) => passage(indexes, direction, packet))

const passes = (found: readonly Passage[]): boolean => found.every((each) => each.kind !== "denied")

/** Answers and connections that run are not judged; where there is no policy, nothing is. */
const isJudged = (indexes: Indexes, connection: Connection): boolean =>
  indexes.networkPolicies.size > 0 && connection.established !== true

/** The bare answer, without a reason. */
export const isAllowed = (indexes: Indexes, connection: Connection): boolean =>
  !isJudged(indexes, connection) ||
  indexes.config.networkPolicies === "ignored" ||
  passes(passages(indexes, packetOf(indexes, connection)))

/**
 * Is the answer the same when the policies are applied before the source is rewritten? Kubernetes leaves the order to
 * the CNI.
 */
const dependsOnRewriting = (indexes: Indexes, connection: Connection, allowed: boolean): boolean => {
  const source = connection.before?.source
  if (!source || source.ip === connection.source.ip) return false
  return passes(passages(indexes, packetOf(indexes, { ...connection, source }))) !== allowed
}

const allowedNotes = (found: readonly Passage[]): readonly Note[] =>
  found.flatMap((each, at) => {
    if (each.kind !== "allowed") return []
    const { policy, index } = each
    const direction = DIRECTIONS[at] ?? "ingress"
    const message = `NetworkPolicy ${policy.metadata.name} allows it (spec.${direction}[${index}]).`
    return [{ code: "network-policy-allows", message }]
  })

interface Overlooked {
  readonly policy: NetworkPolicy
  readonly pod: PodFacts
}

/** Policies that select a hostNetwork pod by its labels. */
const hostNetworkPolicies = (indexes: Indexes, { source, destination }: Connection): readonly Overlooked[] =>
  DIRECTIONS.flatMap((direction) => {
    const { pod } = direction === "egress" ? source : destination
    const [policy] = pod?.hostNetwork ? isolatingPolicies(indexes, pod, direction) : []
    return pod && policy ? [{ policy, pod }] : []
  })

const hostNetworkNote = ({ policy, pod }: Overlooked): Note => ({
  code: "network-policy-host-network",
  message: `NetworkPolicy ${policy.metadata.name} selects ${podText(pod)}, which is on its node's network: most networks do not apply policies there.`,
})

const notEnforced = ({ failure }: Denial): readonly Note[] => [
  {
    code: "network-policy-not-enforced",
    message: `This cluster's network does not enforce NetworkPolicies. One that does would drop the packet: ${failure.message}`,
  },
]

/**
 * Judges the first packet of a connection: the client's egress, then the server's ingress. Costs what the policies of
 * the two pods' namespaces cost; nothing where there is none. Words are found when they are asked for.
 */
export const weighConnection = (indexes: Indexes, connection: Connection): Weighed => {
  if (!isJudged(indexes, connection)) return PASSES
  const packet = packetOf(indexes, connection)
  const found = passages(indexes, packet)
  const onHost = hostNetworkPolicies(indexes, connection)
  const ignored = indexes.config.networkPolicies === "ignored"
  for (const [at, each] of found.entries()) {
    if (each.kind !== "denied") continue
    const direction = DIRECTIONS[at] ?? "ingress"
    let said: Denial | undefined
    const why = (): Denial => {
      said ??= denial(indexes, direction, packet, each, connection.before)
      return said
    }
    if (ignored) return { allowed: true, certainty: "certain", notes: () => notEnforced(why()) }
    const certainty = each.dependsOnNode || dependsOnRewriting(indexes, connection, false) ? "environment" : "certain"
    return { allowed: false, certainty, direction, why }
  }
  if (ignored) return PASSES
  const dependsOnNode = found.some((each) => each.kind === "allowed" && each.dependsOnNode)
  return {
    allowed: true,
    certainty:
      onHost.length > 0 || dependsOnNode || dependsOnRewriting(indexes, connection, true) ? "environment" : "certain",
    notes: () => [...onHost.map(hostNetworkNote), ...allowedNotes(found)],
  }
}

/** The same, put into words at once. */
export const judgeConnection = (indexes: Indexes, connection: Connection): Judgement => {
  const weighed = weighConnection(indexes, connection)
  const { certainty } = weighed
  return weighed.allowed
    ? { allowed: true, certainty, notes: weighed.notes() }
    : { allowed: false, certainty, direction: weighed.direction, ...weighed.why() }
}
