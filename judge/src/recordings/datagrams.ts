import type { Protocol } from "@pilotage/kube-model"
import type { Backend, Trace } from "@pilotage/routing-core"
import { type Asker, ask, endpointOf, hostnameOf } from "./asker.ts"
import type { Command } from "./commands.ts"
import { type Comparison, likeliest } from "./comparison.ts"

interface Recorded {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

const answerOf = (asker: Asker, backend: Backend, asks: string): string =>
  asks === "hostname" ? hostnameOf(asker, backend) : backend.sourceSeen

const withoutPort = (text: string): string => text.replace(/:\d+$/, "")

/** netcat waits for an answer this long; an ICMP error ends it at once. */
const AT_ONCE_S = 1

/**
 * `echo hostname | nc -u`: an answer, an ICMP error (which netcat sees at once and, when it is verbose, tells by its exit
 * code), or silence.
 */
export const compareDatagram = (
  asker: Asker,
  command: Extract<Command, { readonly kind: "datagram" }>,
  row: Recorded,
): Comparison => {
  const found = ask(asker, command.to, command.port, "UDP")
  const answer = withoutPort(row.stdout.trim())
  const expected = answer !== "" ? answer : row.exit === 1 || row.seconds < AT_ONCE_S ? "ICMP error" : "silence"
  const actual =
    found.verdict === "delivered"
      ? likeliest(
          answer,
          found.backends.map((backend) => answerOf(asker, backend, command.asks)),
        )
      : found.verdict === "refused" || found.verdict === "unreachable"
        ? "ICMP error"
        : "silence"
  return { expected, actual, traces: [found] }
}

/** The names in `oc-0oc-0od-1`: answers of one flow that came without anything between them. */
const names = (text: string, known: readonly string[]): readonly string[] =>
  known.length === 0 ? [] : (text.match(new RegExp(known.join("|"), "g")) ?? [])

/** Where a connection that is already there goes once the cluster has changed: to whom it went, or to somebody else. */
const afterwards = (asker: Asker, found: Trace, first: string, to: string, port: number, protocol: Protocol) => {
  const backend = found.backends.find((each) => hostnameOf(asker, each) === first)
  if (!backend) return undefined
  return ask({ ...asker, table: asker.later ?? asker.table }, to, port, protocol, { established: endpointOf(backend) })
}

/** Answers on one connection or flow, the first and the last: the cluster changed between. */
export const compareKept = (
  asker: Asker,
  command: Extract<Command, { readonly kind: "flow" | "connection" }>,
  row: Recorded,
): Comparison => {
  const protocol = command.kind === "flow" ? "UDP" : "TCP"
  const begun = ask(asker, command.to, command.port, protocol)
  const later = asker.later && ask({ ...asker, table: asker.later }, command.to, command.port, protocol)
  const known = [...begun.backends, ...(later?.backends ?? [])].map((backend) => hostnameOf(asker, backend))
  const answers = names(row.stdout, known)
  const first = answers[0] ?? "nothing"
  const last = answers.at(-1) ?? "nothing"
  const ours = likeliest(
    first,
    begun.backends.map((backend) => hostnameOf(asker, backend)),
  )
  const kept = afterwards(asker, begun, first, command.to, command.port, protocol)
  const ends =
    kept === undefined
      ? "nothing"
      : kept.verdict === "delivered"
        ? likeliest(
            last,
            (kept.chosen && kept.backends.length === 0 ? [kept.chosen] : kept.backends).map((backend) =>
              hostnameOf(asker, backend),
            ),
          )
        : kept.verdict
  return {
    expected: `first ${first}, last ${last}`,
    actual: `first ${ours}, last ${ends}`,
    traces: kept ? [begun, kept] : [begun],
  }
}

/** agnhost connect prints what became of a connection; on success nothing. */
export const compareConnect = (
  asker: Asker,
  command: Extract<Command, { readonly kind: "connect" }>,
  row: Recorded,
): Comparison => {
  const found = ask(asker, command.to, command.port, command.protocol)
  const words: Readonly<Record<Trace["verdict"], string>> = {
    delivered: "",
    refused: "REFUSED",
    timeout: "TIMEOUT",
    unreachable: "OTHER",
    "name-not-found": "DNS",
    "empty-reply": "",
  }
  const word = words[found.verdict]
  return {
    expected: `exit ${row.exit} ${/^[A-Z]+/.exec(row.stderr)?.[0] ?? ""}`.trim(),
    actual: `exit ${word === "" ? 0 : 1} ${word}`.trim(),
    traces: [found],
  }
}
