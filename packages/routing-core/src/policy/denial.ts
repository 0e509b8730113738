import type { NetworkPolicy } from "@pilotage/kube-model"
import { failure } from "../explain/endpoint-failures.ts"
import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Failure } from "../trace-types.ts"
import type { Connection } from "./connection.ts"
import { nearestMiss } from "./near-miss.ts"
import type { Denied, Packet } from "./passage.ts"
import { type Direction, namespaceOf } from "./policy-reading.ts"
import { partyText, patchCommand, podText, policyRef } from "./policy-text.ts"
import { ruleCount, ruleFor } from "./suggested-rule.ts"

/** Why a packet is dropped, which field decided it, and the smallest change that would let it pass. */
export interface Denial {
  readonly rule: Rule
  readonly cause: Cause
  readonly failure: Failure
}

const SHOWN = 3

/** `NetworkPolicy a in namespace shop`, `2 NetworkPolicies of namespace shop (a, b)`. */
export const policiesText = (policies: readonly NetworkPolicy[]): string => {
  const [first] = policies
  if (!first) return "No NetworkPolicy"
  if (policies.length === 1) return `NetworkPolicy ${first.metadata.name} in namespace ${namespaceOf(first)}`
  const names = policies.slice(0, SHOWN).map((policy) => policy.metadata.name)
  const rest = policies.length > SHOWN ? " and others" : ""
  return `${policies.length} NetworkPolicies of namespace ${namespaceOf(first)} (${names.join(", ")}${rest})`
}

const rulesText = (count: number): string =>
  count === 0
    ? "there is no rule that allows anything"
    : count === 1
      ? "the only rule does not allow"
      : `none of the ${count} rules allows`

export const denial = (
  indexes: Indexes,
  direction: Direction,
  packet: Packet,
  { pod, policies }: Denied,
  before: Connection["before"],
): Denial => {
  const other = direction === "ingress" ? packet.source : packet.destination
  const miss = nearestMiss({ indexes, direction, packet, before }, policies)
  const policy = miss?.policy ?? policies[0]
  const count = ruleCount(policies, direction)
  const isolate = policies.length === 1 ? "isolates" : "isolate"
  const what = `${partyText(other)} on ${packet.protocol} port ${packet.port}`
  const message = `${policiesText(policies)} ${isolate} ${podText(pod)} for ${direction}, and ${rulesText(count)}${count === 0 ? "" : ` ${direction === "ingress" ? "" : "it to reach "}${what}`}.`
  const step = miss?.step ?? ruleFor(policy, direction, packet)
  const cause: Cause = miss
    ? { object: policyRef(policy), path: miss.path, value: JSON.stringify(miss.value ?? null) }
    : { object: policyRef(policy), path: `spec.${direction}`, value: JSON.stringify(policy.spec?.[direction] ?? []) }
  const nearly = miss
    ? ` Nearly: ${policies.length > 1 ? `${policy.metadata.name}, ` : ""}${miss.path}. ${miss.says}`
    : ""
  return {
    rule: miss?.rule ?? "R81",
    cause,
    failure: failure(
      direction === "ingress" ? "network-policy-ingress" : "network-policy-egress",
      `${message}${nearly}`,
      miss?.fix ??
        `Add ${direction === "ingress" ? "an ingress" : "an egress"} rule for ${what} to NetworkPolicy ${policy.metadata.name}.`,
      { cause, command: patchCommand(policy, step) },
    ),
  }
}
