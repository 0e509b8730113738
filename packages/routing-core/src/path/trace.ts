import type { HostLookup } from "../dns/host-lookup.ts"
import { lookUpAgain } from "../dns/lookup-memory.ts"
import { nameFailure } from "../dns/name-failures.ts"
import { curlExitCode, curlOutcome } from "../explain/curl-text.ts"
import { failure } from "../explain/endpoint-failures.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Backend, Decision, RouteRequest, Trace } from "../trace-types.ts"
import { routeTaken } from "./delivery.ts"
import { DIRECT, type Journey, NO_BACKENDS, note, type Outcome, pickIndex } from "./journey.ts"
import { findSender, type Sender, type SenderProblem } from "./sender.ts"
import { send } from "./sending.ts"
import { successNotes } from "./success-notes.ts"

/** Shared by all silent journeys: nobody writes to it. */
const NOTHING_TOLD: never[] = []

const start = (
  indexes: Indexes,
  request: RouteRequest,
  sender: Sender,
  lookup: HostLookup,
  told: boolean,
  weighed: boolean = told,
): Journey => ({
  indexes,
  request,
  sender,
  lookup,
  told,
  weighed,
  hops: told ? [] : NOTHING_TOLD,
  notes: told ? [] : NOTHING_TOLD,
  picksUsed: 0,
})

const textOf = ({ ip, port }: Backend): string => `${ip} ${port}`

/** A name with several addresses: the client might have taken any of them. */
const withOtherAddresses = (journey: Journey, taken: string, lookup: HostLookup, outcome: Outcome): Outcome => ({
  ...outcome,
  backends: () => {
    const { indexes, request, sender } = journey
    const others = lookup.addresses.filter((ip) => ip !== taken)
    const first = outcome.backends()
    const known = new Set(first.map(textOf))
    const more = others.flatMap((ip) => send(start(indexes, request, sender, lookup, false, true), ip).backends())
    // Two addresses of one Service lead to the same endpoints.
    return [...first, ...more.filter((backend) => !known.has(textOf(backend)) && known.add(textOf(backend)))]
  },
})

interface Sent {
  readonly journey: Journey
  readonly outcome: Outcome
  readonly destination?: string
}

/** A program that cannot connect over one family tries the other (RFC 8305; curl does). */
const overOtherFamily = (first: Sent, lookup: HostLookup): Sent => {
  const ip = lookup.otherAddresses[0]
  if (first.outcome.verdict === "delivered" || ip === undefined) return first
  const { indexes, request, sender, told } = first.journey
  const journey = start(indexes, request, sender, lookup, told)
  const outcome = send(journey, ip)
  if (outcome.verdict !== "delivered") return first
  note(
    journey,
    "other-family",
    () => `${first.destination} could not be reached, so the client took the other family's address ${ip}.`,
  )
  return { journey, outcome, destination: ip }
}

const unknownName = (indexes: Indexes, request: RouteRequest, sender: Sender, lookup: HostLookup): Outcome => ({
  route: DIRECT,
  verdict: "name-not-found",
  certainty: lookup.certainty,
  afterMs: lookup.outage?.afterMs ?? 1,
  backends: NO_BACKENDS,
  failure: () => nameFailure(indexes, sender, request),
})

const go = (indexes: Indexes, request: RouteRequest, sender: Sender, lookup: HostLookup, told: boolean): Sent => {
  const journey = start(indexes, request, sender, lookup, told)
  const { addresses } = lookup
  const ip = addresses[addresses.length > 1 ? pickIndex(journey, addresses.length) : 0]
  if (ip === undefined) return { journey, outcome: unknownName(indexes, request, sender, lookup) }
  const sent = send(journey, ip)
  const dependsOnNetwork = journey.dependsOnNetwork || lookup.rule === "R91"
  const outcome: Outcome = dependsOnNetwork ? { ...sent, certainty: "environment" } : sent
  const whole = addresses.length > 1 && told ? withOtherAddresses(journey, ip, lookup, outcome) : outcome
  const first: Sent = { journey, outcome: whole, destination: ip }
  return lookup.otherAddresses.length ? overOtherFamily(first, lookup) : first
}

const cannotSend = (indexes: Indexes, request: RouteRequest, problem: SenderProblem): Trace => ({
  request,
  dns: [],
  route: DIRECT,
  hops: [],
  verdict: "unreachable",
  certainty: "certain",
  backends: [],
  curl: curlOutcome("unreachable", indexes.config, request.to, request.port, 0),
  afterMs: 0,
  failure: failure("client-not-running", problem.message, problem.fix),
  notes: [],
})

/** What happens to one request: every DNS query, every hop, the verdict and its reason. Never throws on odd input. */
export const trace = (table: RoutingTable, request: RouteRequest): Trace => {
  const indexes = indexesOf(table)
  const sender = findSender(indexes, request.from)
  if (sender.kind === "problem") return cannotSend(indexes, request, sender)
  const lookup = lookUpAgain(indexes, sender, request.to, true)
  const { journey, outcome, destination } = go(indexes, request, sender, lookup, true)
  const backends = outcome.backends()
  if (outcome.verdict === "delivered") successNotes(journey, outcome, backends)
  const { verdict, certainty, afterMs, chosen } = outcome
  const told: { -readonly [Field in keyof Trace]: Trace[Field] } = {
    request,
    dns: lookup.steps,
    route: routeTaken(outcome.route),
    hops: journey.hops,
    verdict,
    certainty,
    backends,
    curl: curlOutcome(verdict, indexes.config, request.to, request.port, afterMs),
    afterMs,
    notes: journey.notes,
  }
  if (destination !== undefined) told.destination = destination
  if (chosen) told.chosen = chosen
  if (outcome.failure) told.failure = outcome.failure()
  if (journey.affinity) told.affinity = journey.affinity
  return told
}

/** The same decision as `trace`, without the story: for callers that ask many times and only need the outcome. */
export const decide = (table: RoutingTable, request: RouteRequest): Decision => {
  const indexes = indexesOf(table)
  const sender = findSender(indexes, request.from)
  if (sender.kind === "problem")
    return { verdict: "unreachable", certainty: "certain", exitCode: curlExitCode("unreachable") }
  const lookup = lookUpAgain(indexes, sender, request.to, false)
  const { outcome, destination } = go(indexes, request, sender, lookup, false)
  const { verdict, certainty, chosen } = outcome
  const decision: { -readonly [Field in keyof Decision]: Decision[Field] } = {
    verdict,
    certainty,
    exitCode: curlExitCode(verdict),
  }
  if (destination !== undefined) decision.destination = destination
  if (chosen) decision.chosen = chosen
  return decision
}
