import { type InputError, isIP } from "@pilotage/kube-model"
import { REASONS } from "../explain/reasons.ts"
import { RULES } from "../explain/rules.ts"
import type { ClusterState } from "../state.ts"
import type { Trace, Verdict } from "../trace-types.ts"

/** What holds for every answer, however odd the question. Each function lists what does not hold. */

/** curl's exit codes: https://curl.se/libcurl/c/libcurl-errors.html. */
const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  delivered: 0,
  refused: 7,
  unreachable: 7,
  timeout: 28,
  "name-not-found": 6,
  "empty-reply": 52,
}

/** The claims that do not hold. */
export const violated = (claims: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.entries(claims).flatMap(([claim, holds]) => (holds ? [] : [claim]))

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const keyOf = (backend: Trace["backends"][number]): string => `${backend.ip} ${backend.port} ${backend.pod ?? ""}`

export const brokenTrace = (trace: Trace): readonly string[] => {
  const { hops, verdict, failure, backends, chosen, destination, curl, dns, notes } = trace
  const rules = [...hops, ...dns].map(({ rule }) => rule)
  const backendKeys = backends.map(keyOf)
  return violated({
    "the first hop is the client's sending whenever there is a destination":
      destination === undefined || hops[0]?.action === "send",
    "without a destination nothing is on its way": destination !== undefined || hops.length === 0,
    "the exit code says what the verdict says": curl.exitCode === EXIT_CODES[verdict],
    "a failure is explained, a success is not": (failure === undefined) === (verdict === "delivered"),
    "a failure's reason is in the table": failure === undefined || Object.hasOwn(REASONS, failure.code),
    "a failure says why and what to do": failure === undefined || (failure.message !== "" && failure.fix !== ""),
    "the chosen backend is one of those that may answer": chosen === undefined || backendKeys.includes(keyOf(chosen)),
    "each backend is listed once": new Set(backendKeys).size === backendKeys.length,
    "what is delivered was delivered to somebody": verdict !== "delivered" || chosen !== undefined,
    "the chosen backend of a delivery answers": verdict !== "delivered" || !(chosen?.refuses || chosen?.silent),
    "rules are in the table": rules.every((rule) => Object.hasOwn(RULES, rule)),
    "every hop is told": hops.every((hop) => hop.says !== "" && !/undefined|\[object/.test(hop.says)),
    "the journey ends at the last hop": hops.slice(0, -1).every((hop) => hop.exit !== undefined),
    "every note has a code and a sentence": notes.every((note) => note.code !== "" && note.message !== ""),
    "a packet leaves one place as it enters the next": hops.every(
      ({ exit }, at) => at === hops.length - 1 || sameText(exit, hops[at + 1]?.entry),
    ),
    "what is delivered arrives at the chosen backend":
      verdict !== "delivered" || hops.at(-1)?.entry.destination.ip === chosen?.ip,
    "the backend sees the source with which the packet arrives":
      verdict !== "delivered" || hops.at(-1)?.entry.source.ip === chosen?.sourceSeen,
    "a destination is an address": destination === undefined || isIP(destination),
    "a note is made once": new Set(notes.map((note) => JSON.stringify(note))).size === notes.length,
    "time does not run backwards": trace.afterMs >= 0 && Number.isFinite(trace.afterMs),
    "the trace is data": JSON.stringify(trace) !== undefined,
  })
}

/** Does the path point into the state? `services[3].spec.ports` names a list's item that is there. */
export const isPathInto = (state: ClusterState, { path, message }: InputError): boolean => {
  const [, list, index] = /^(\w+)(?:\[(\d+)\])?/.exec(path) ?? []
  const values = Object.entries(state).find(([key]) => key === list)?.[1]
  if (values === undefined || message === "") return false
  return index === undefined ? !Array.isArray(values) : Array.isArray(values) && Number(index) < values.length
}
