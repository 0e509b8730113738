import type { Address, Cause, DnsStep, ObjectRef, Origin, Packet, Place, Trace, Verdict } from "@pilotage/routing-core"

/** `10.96.0.20:80`; an ephemeral source port is left out. */
export const addressText = ({ ip, port }: Address): string => {
  const host = port !== undefined && ip.includes(":") ? `[${ip}]` : ip
  return port === undefined ? host : `${host}:${port}`
}

export const packetText = ({ source, destination, protocol }: Packet): string =>
  `${addressText(source)} → ${addressText(destination)} ${protocol}`

export const placeText = (place: Place): string => {
  switch (place.kind) {
    case "outside":
      return place.name
    case "load-balancer":
      return `load balancer ${place.ip}`
    case "node":
      return place.name
    case "pod":
      return `pod ${place.name}`
  }
}

export const originText = (from: Origin): string => {
  switch (from.kind) {
    case "pod":
      return `pod ${from.name}`
    case "node":
      return from.name
    case "outside":
      return `outside client ${from.ip}`
    case "node-network":
      return `container ${from.ip} on the node network`
  }
}

export const verdictText: Readonly<Record<Verdict, string>> = {
  delivered: "delivered",
  refused: "refused",
  timeout: "timed out",
  unreachable: "unreachable",
  "name-not-found": "name not found",
  "empty-reply": "empty reply",
}

export const objectText = ({ kind, namespace, name }: ObjectRef): string =>
  namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`

export const causeText = ({ object, path, value }: Cause): string => {
  const field = path === undefined ? "" : ` ${path}`
  return `${objectText(object)}${field}${value === undefined ? "" : ` = ${value}`}`
}

/** The answer of a name server without its records. */
export const dnsText = ({ noAnswer, rcode, answers }: DnsStep): string => {
  if (noAnswer) return "No answer"
  return rcode === "NOERROR" && answers.length === 0 ? "No record of this type" : rcode
}

/** A question and what came of it. */
export const dnsOutcomeText = (step: DnsStep): string =>
  `${step.query} ${step.answers.length > 0 ? `is ${step.answers.join(", ")}` : `(${step.type}): ${dnsText(step)}`}`

/** What the learner typed, as far as the request knows it. */
export const targetText = ({ to, port }: Trace["request"]): string => addressText({ ip: to, port })

const ending = (trace: Trace): string => {
  const where = trace.hops.at(-1)?.at
  if (trace.verdict === "delivered") return `answered by ${trace.chosen?.pod ?? trace.chosen?.ip ?? "a backend"}.`
  const at = where === undefined || trace.verdict === "name-not-found" ? "" : ` at ${placeText(where)}`
  const why = trace.failure === undefined ? "." : `. ${trace.failure.message}`
  return `${verdictText[trace.verdict]}${at}${why}`
}

/** The whole outcome as one sentence, for a live region. */
export const outcomeSentence = (trace: Trace): string =>
  `curl from ${originText(trace.request.from)} to ${targetText(trace.request)}: ${ending(trace)}`
