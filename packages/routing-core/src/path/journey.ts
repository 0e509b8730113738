import { ARP_FAILURE_MS, SYN_RETRIES_MS } from "../explain/curl-text.ts"
import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type {
  Backend,
  Cause,
  Certainty,
  Failure,
  Hop,
  Note,
  Packet,
  Place,
  RouteRequest,
  RouteTaken,
  Verdict,
} from "../trace-types.ts"
import type { Sender } from "./sender.ts"

/** A request on its way: what was seen so far. Lives for one call of `trace`. */
export interface Journey {
  readonly indexes: Indexes
  readonly request: RouteRequest
  readonly sender: Sender
  readonly hops: Hop[]
  readonly notes: Note[]
  picksUsed: number
}

/** How it ended. */
export interface Outcome {
  readonly route: RouteTaken
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly afterMs: number
  readonly backends: readonly Backend[]
  readonly chosen?: Backend
  readonly failure?: Failure
}

export const packetText = (packet: Packet): string => `${packet.destination.ip}:${packet.destination.port ?? 0}`

/** The next random choice along the way: an index below `count`. */
export const pickIndex = (journey: Journey, count: number): number => {
  const chance = journey.request.picks?.[journey.picksUsed] ?? 0
  journey.picksUsed += 1
  const index = Math.floor(chance * count)
  return index >= 0 && index < count ? index : 0
}

export const addHop = (
  journey: Journey,
  at: Place,
  action: Hop["action"],
  entry: Packet,
  exit: Packet | undefined,
  rule: Rule,
  says: string,
  cause?: Cause,
): void => {
  journey.hops.push({ at, entry, exit, action, rule, says, ...(cause ? { cause } : {}) })
}

export const note = (journey: Journey, code: string, message: string): void => {
  journey.notes.push({ code, message })
}

const ended =
  (verdict: Verdict, afterMs: number) =>
  (
    route: RouteTaken,
    failure: Failure,
    more: { readonly certainty?: Certainty; readonly backends?: readonly Backend[]; readonly chosen?: Backend } = {},
  ): Outcome => ({ verdict, afterMs, certainty: "certain", backends: [], route, failure, ...more })

export const refused = ended("refused", 0)
export const timedOut = ended("timeout", SYN_RETRIES_MS)
/** Nobody answers ARP: the kernel takes about three seconds to say so. */
export const nobodyAnswersARP = ended("unreachable", ARP_FAILURE_MS)
/** A router says at once that it knows no way. */
const noWay = ended("unreachable", 0)
export const emptyReply = ended("empty-reply", 1)

/** What the network around the cluster does with an address that nobody holds. */
export const environmentAnswer = (journey: Journey, route: RouteTaken, failure: Failure): Outcome =>
  (journey.indexes.config.unknownAddress === "drop" ? timedOut : noWay)(route, failure, { certainty: "environment" })

export const delivered = (route: RouteTaken, backends: readonly Backend[], chosen: Backend): Outcome => ({
  verdict: "delivered",
  certainty: "certain",
  afterMs: 1,
  route,
  backends,
  chosen,
})
