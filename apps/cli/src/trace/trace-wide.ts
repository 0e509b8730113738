import type { Trace } from "@pilotage/routing-core"
import { columns } from "./text-layout.ts"
import {
  addressText,
  answerText,
  causeText,
  curlText,
  packetText,
  placeName,
  requestText,
  VERDICT_WORDS,
} from "./trace-words.ts"

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? "" : `${columns([head, ...rows])}\n`

/** The trace as tables: one line for a query, a hop, a backend, however long it gets. */
export const traceWide = (trace: Trace, client: string): string =>
  [
    `${requestText(trace)} from ${client}\n\n`,
    table(
      ["QUERY", "TYPE", "ANSWER", "SERVER", "RULE", "CAUSE"],
      trace.dns.map((step) => [
        step.query,
        step.type,
        answerText(step),
        step.server,
        step.rule,
        step.cause ? causeText(step.cause) : "",
      ]),
    ),
    table(
      ["HOP", "WHERE", "ACTION", "PACKET IN", "PACKET OUT", "RULE", "CAUSE"],
      trace.hops.map((hop, index) => [
        String(index + 1),
        placeName(hop.at),
        hop.action,
        packetText(hop.entry),
        hop.exit ? packetText(hop.exit) : "-",
        hop.rule,
        hop.cause ? causeText(hop.cause) : "",
      ]),
    ),
    table(
      ["BACKEND", "ADDRESS", "NODE", "SOURCE SEEN", "CHOSEN", "STATE"],
      trace.backends.map((backend) => [
        backend.pod === undefined ? "-" : `${backend.namespace}/${backend.pod}`,
        addressText(backend),
        backend.node ?? "-",
        backend.sourceSeen,
        backend.ip === trace.chosen?.ip && backend.port === trace.chosen.port ? "yes" : "",
        backend.refuses ? "refuses" : backend.silent ? "answers nothing" : "",
      ]),
    ),
    `${VERDICT_WORDS[trace.verdict]} (${trace.certainty})  ${curlText(trace)}\n`,
    trace.failure ? `${trace.failure.code}: ${trace.failure.message}\n${trace.failure.fix}\n` : "",
    ...(trace.failure?.command === undefined ? [] : [`$ ${trace.failure.command}\n`]),
    ...trace.notes.map(({ code, message }) => `${code}: ${message}\n`),
  ].join("")
