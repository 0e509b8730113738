import type { HostLookup } from "../dns/host-lookup.ts"
import { ARP_FAILURE_MS, SYN_RETRIES_MS } from "../explain/curl-text.ts"
import type { Rule } from "../explain/rules.ts"
import type { AffinitySlot } from "../proxy/affinity.ts"
import type { Match } from "../proxy/match.ts"
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

/** A request on its way: what was seen so far. Lives for one call of `trace` or `decide`. */
export interface Journey {
  readonly indexes: Indexes
  readonly request: RouteRequest
  readonly sender: Sender
  /** What led to the address that the client takes. */
  readonly lookup: HostLookup
  /** Does anybody want to hear the story? Without it nothing is put into words. */
  readonly told: boolean
  /** Does anybody ask which backends there are, beside the chosen one? Whoever hears the story does. */
  readonly weighed: boolean
  readonly hops: Hop[]
  readonly notes: Note[]
  picksUsed: number
  /** The client's own packet, before anything was done to it. */
  sent?: Packet
  /** NetworkPolicies let the packet pass, but another network would read them otherwise. */
  dependsOnNetwork?: true
  /** Where the node that translated the connection remembers its client. */
  affinity?: AffinitySlot
}

/**
 * How it ended. What costs time to say is said when asked for. Functions on a packet's way must not hold closures of
 * their own: each would cost every packet an allocation, told or not.
 */
export interface Outcome {
  /** The Service port that was used, or the route in words. */
  readonly route: Match | RouteTaken
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly afterMs: number
  readonly backends: () => readonly Backend[]
  readonly chosen?: Backend
  readonly failure?: () => Failure
}

/** The route of a request that no Service translates. */
export const DIRECT: RouteTaken = { kind: "direct" }

export const NO_BACKENDS: Outcome["backends"] = () => []

/** `10.96.0.20:80`, `[fd00::20]:80`. */
export const packetText = ({ destination: { ip, port = 0 } }: Packet): string =>
  ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`

/** The next random choice along the way: an index below `count`. */
export const pickIndex = (journey: Journey, count: number): number => {
  const chance = journey.request.picks?.[journey.picksUsed] ?? 0
  journey.picksUsed += 1
  const index = Math.floor(chance * count)
  return index >= 0 && index < count ? index : 0
}

export const hopAt = (
  at: Place,
  action: Hop["action"],
  entry: Packet,
  exit: Packet | undefined,
  rule: Rule,
  says: string,
  cause?: Cause,
): Hop => (cause ? { at, entry, exit, action, rule, says, cause } : { at, entry, exit, action, rule, says })

/** Adds a hop to the story, if it is told. On the usual way of a packet ask `told` instead: see Outcome. */
export const tell = (journey: Journey, hop: () => Hop): void => {
  if (journey.told) journey.hops.push(hop())
}

/** A reason that is found out when it is asked for, and only once: the hop that ends the way and the trace both name it. */
export const once = (why: () => Failure): (() => Failure) => {
  let known: Failure | undefined
  return () => {
    known ??= why()
    return known
  }
}

/** Adds the hop at which a way ends. `says`: its sentence, from that of the reason; `exit`: the packet goes on, but nowhere. */
export const tellEnd = (
  journey: Journey,
  at: Place,
  action: Hop["action"],
  packet: Packet,
  rule: Rule,
  why: () => Failure,
  { exit, says }: { readonly exit?: Packet | undefined; readonly says?: (message: string) => string } = {},
): void => {
  if (!journey.told) return
  const { message, cause } = why()
  journey.hops.push(hopAt(at, action, packet, exit, rule, says ? says(message) : message, cause))
}

/** Adds a remark to the story, if it is told. */
export const note = (journey: Journey, code: string, message: () => string): void => {
  if (journey.told) journey.notes.push({ code, message: message() })
}

const ended =
  (verdict: Verdict, afterMs: number) =>
  (
    route: Outcome["route"],
    failure: () => Failure,
    more: {
      readonly certainty?: Certainty
      readonly backends?: Outcome["backends"]
      readonly chosen?: Backend
    } = {},
  ): Outcome => ({ verdict, afterMs, certainty: "certain", backends: NO_BACKENDS, route, failure, ...more })

export const refused = ended("refused", 0)
export const timedOut = ended("timeout", SYN_RETRIES_MS)
/** Nobody answers ARP: the kernel takes about three seconds to say so. */
export const nobodyAnswersARP = ended("unreachable", ARP_FAILURE_MS)
/** A router, or the client's own kernel, says at once that it knows no way. */
export const noWay = ended("unreachable", 0)
export const emptyReply = ended("empty-reply", 1)

/** What the network around the cluster does with an address that nobody holds. */
export const environmentAnswer = (journey: Journey, route: Outcome["route"], failure: () => Failure): Outcome =>
  (journey.indexes.config.unknownAddress === "drop" ? timedOut : noWay)(route, failure, { certainty: "environment" })

export const delivered = (
  route: Outcome["route"],
  backends: Outcome["backends"],
  chosen: Backend,
  certainty: Certainty = "certain",
): Outcome => ({ verdict: "delivered", certainty, afterMs: 1, route, backends, chosen })
