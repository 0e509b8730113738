import type { Backend, Trace } from "@pilotage/routing-core"
import { LIMIT_SECONDS, TRIES, type Try } from "./curls.ts"

/** `environment`: the trace itself leaves the answer to the network around the cluster. */
export interface Comparison {
  readonly kind: "agree" | "differ" | "environment"
  readonly agrees: boolean
  readonly seen: string
  readonly traced: string
}

/** The name that a backend gives itself: that of its pod, or of its node in the node's network. */
export type HostnameOf = (backend: Backend) => string

const answerText = (hostname: string, source: string): string => `${hostname} sees ${source}`

const tryText = ({ exit, status, hostname, source }: Try): string =>
  exit !== 0 ? `exit ${exit}` : source === undefined ? `status ${status}` : answerText(hostname ?? "", source)

/** curl gives up at its own limit, whatever would have come later. */
const failureText = ({ curl, afterMs }: Trace): string => `exit ${afterMs > LIMIT_SECONDS * 1000 ? 28 : curl.exitCode}`

const backendText = (backend: Backend, hostnameOf: HostnameOf): string => {
  if (backend.healthCheck) return `status ${backend.healthCheck.status}`
  if (backend.silent) return "exit 28"
  return backend.refuses ? "exit 7" : answerText(hostnameOf(backend), backend.sourceSeen)
}

const possible = (traced: Trace, hostnameOf: HostnameOf): readonly string[] => {
  const isMixed = new Set(traced.backends.map(({ refuses, silent }) => `${refuses} ${silent}`)).size > 1
  if (traced.curl.exitCode !== 0 && !isMixed) return [failureText(traced)]
  return [...new Set(traced.backends.map((backend) => backendText(backend, hostnameOf)))].sort()
}

/**
 * Have all tries been made, and may each of them have met any backend? Then none of ours may be missing. A name with
 * several addresses is no such case: some clients' resolvers put the nearest first (RFC 6724, rule 9).
 */
const mustMeetAll = ({ affinity, route, backends }: Trace, tries: readonly Try[]): boolean =>
  affinity === undefined && route.kind !== "direct" && tries.length === TRIES && backends.length <= 2

/** What the tries of one client at one destination met, against what the trace says. */
export const compareTries = (traced: Trace, tries: readonly Try[], hostnameOf: HostnameOf): Comparison => {
  const met = [...new Set(tries.map(tryText))].sort()
  const ours = possible(traced, hostnameOf)
  const isPossible = met.length > 0 && met.every((each) => ours.includes(each))
  const keepsToOne = traced.affinity === undefined || met.length === 1
  const isComplete = !mustMeetAll(traced, tries) || ours.every((each) => met.includes(each))
  const seen = met.join(", ") || "nothing"
  const agrees = isPossible && keepsToOne && isComplete
  if (traced.certainty === "environment") return { kind: "environment", agrees, seen, traced: ours.join(", ") }
  return { kind: agrees ? "agree" : "differ", agrees, seen, traced: ours.join(", ") || "nothing" }
}
