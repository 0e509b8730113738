import { ipFamily } from "@pilotage/kube-model"
import type { Address, Cause, DnsStep, ObjectRef, Packet, Place, Trace, Verdict } from "@pilotage/routing-core"

export const addressText = ({ ip, port }: Address): string => {
  const host = ipFamily(ip) === "IPv6" && port !== undefined ? `[${ip}]` : ip
  return port === undefined ? host : `${host}:${port}`
}

export const packetText = ({ source, destination }: Packet): string =>
  `${addressText(source)} -> ${addressText(destination)}`

export const placeName = (place: Place): string => {
  switch (place.kind) {
    case "pod":
      return `pod ${place.namespace}/${place.name}`
    case "node":
      return `node ${place.name}`
    case "load-balancer":
      return `load balancer ${place.ip}`
    case "outside":
      return place.name
  }
}

const objectText = ({ kind, namespace, name }: ObjectRef): string =>
  `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`

export const causeText = ({ object, path, value }: Cause): string => {
  const field = path === undefined ? "" : `, ${path}`
  return `${objectText(object)}${field}${value === undefined ? "" : ` = ${value}`}`
}

/** `spec.ports[0].port` as keys. */
export const pathKeys = (path: string): readonly PropertyKey[] =>
  path.split(/[.[]/).map((part) => (/^\d+\]$/.test(part) ? Number(part.slice(0, -1)) : part))

export const answerText = ({ rcode, answers, noAnswer }: DnsStep): string =>
  noAnswer ? "no answer" : rcode !== "NOERROR" ? rcode : answers.length > 0 ? answers.join(", ") : "no record"

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  delivered: "DELIVERED",
  refused: "REFUSED",
  timeout: "TIMED OUT",
  unreachable: "UNREACHABLE",
  "name-not-found": "NAME NOT FOUND",
  "empty-reply": "EMPTY REPLY",
}

/** What curl prints, or how it ends when it prints nothing. UDP has no curl. */
export const curlText = ({ curl, request, afterMs }: Trace): string => {
  if (request.protocol !== "TCP") return `${request.protocol}, after ${afterMs} ms`
  return curl.exitCode === 0 ? "curl exits with 0" : `curl: (${curl.exitCode}) ${curl.message ?? ""}`.trimEnd()
}

export const requestText = ({ request: { to, port, protocol } }: Trace): string => {
  const host = ipFamily(to) === "IPv6" ? `[${to}]` : to
  if (protocol !== "TCP") return `${protocol} to ${host}:${port}`
  return port === 443 ? `curl https://${host}/` : `curl http://${host}${port === 80 ? "" : `:${port}`}/`
}
