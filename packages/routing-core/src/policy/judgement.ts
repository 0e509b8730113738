import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Certainty, Failure, Note } from "../trace-types.ts"
import { type Connection, isSelf, partyOf } from "./connection.ts"
import { denial } from "./denial.ts"
import { isolatingPolicies, type Packet, type Passage, passage } from "./passage.ts"
import type { Direction } from "./policy-reading.ts"
import { podText } from "./policy-text.ts"

/** What the NetworkPolicies make of a connection. A denied one is dropped: its client runs into a timeout. */
export type Judgement =
  | { readonly allowed: true; readonly certainty: Certainty; readonly notes: readonly Note[] }
  | {
      readonly allowed: false
      readonly certainty: Certainty
      readonly direction: Direction
      readonly rule: Rule
      readonly cause: Cause
      readonly failure: Failure
    }

const ALLOWED: Judgement = { allowed: true, certainty: "certain", notes: [] }

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

/** Policies select such pods by their labels, and most networks pass over it. */
const hostNetworkNotes = (indexes: Indexes, { source, destination }: Connection): readonly Note[] =>
  DIRECTIONS.flatMap((direction) => {
    const { pod } = direction === "egress" ? source : destination
    const [policy] = pod?.hostNetwork ? isolatingPolicies(indexes, pod, direction) : []
    if (!pod || !policy) return []
    const message = `NetworkPolicy ${policy.metadata.name} selects ${podText(pod)}, which is on its node's network: most networks do not apply policies there.`
    return [{ code: "network-policy-host-network", message }]
  })

const notEnforced = (failure: Failure): Judgement => ({
  allowed: true,
  certainty: "certain",
  notes: [
    {
      code: "network-policy-not-enforced",
      message: `This cluster's network does not enforce NetworkPolicies. One that does would drop the packet: ${failure.message}`,
    },
  ],
})

/**
 * Judges the first packet of a connection: the client's egress, then the server's ingress. Costs what the policies of
 * the two pods' namespaces cost; nothing where there is none.
 */
export const judgeConnection = (indexes: Indexes, connection: Connection): Judgement => {
  if (!isJudged(indexes, connection)) return ALLOWED
  const packet = packetOf(indexes, connection)
  const found = passages(indexes, packet)
  const allowed = passes(found)
  const onHost = hostNetworkNotes(indexes, connection)
  const certainty: Certainty =
    onHost.length > 0 ||
    found.some((each) => each.kind !== "open" && each.dependsOnNode) ||
    dependsOnRewriting(indexes, connection, allowed)
      ? "environment"
      : "certain"
  for (const [at, each] of found.entries()) {
    const direction = DIRECTIONS[at] ?? "ingress"
    const why =
      each.kind === "denied" ? denial(indexes, direction, packet, each.policies, connection.before) : undefined
    if (!why) continue
    return indexes.config.networkPolicies === "ignored"
      ? notEnforced(why.failure)
      : { allowed: false, certainty, direction, ...why }
  }
  return {
    allowed: true,
    certainty,
    notes: indexes.config.networkPolicies === "ignored" ? [] : [...onHost, ...allowedNotes(found)],
  }
}
