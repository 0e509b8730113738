import type { Backend, Cause, Hop, Trace } from "@pilotage/routing-core"
import { placeText, type SourcePlace } from "../sources/source-error.ts"
import { columns, labelled, type Page, wrapped } from "./text-layout.ts"
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

/** What the text says besides the trace. */
export interface TraceSetting {
  /** Who the client is. */
  readonly client: string
  /** Where the field that caused something was written, if in a file. */
  readonly placeOf: (cause: Cause) => SourcePlace | undefined
  /** Is it known what the backends listen on? */
  readonly socketsKnown: boolean
}

const BACKENDS_SHOWN = 10

const heading = (page: Page, text: string): string => `${page.paint("bold", text)}\n`

const dnsText = ({ dns }: Trace, page: Page): string => {
  if (dns.length === 0) return ""
  const servers = [...new Set(dns.map(({ server }) => server))].join(", ")
  const rows = dns.map((step) => [step.query, step.type, answerText(step), step.rule])
  return `${heading(page, `DNS  asked of ${servers}`)}${columns(rows, "  ")}\n`
}

const hopsHeading = ({ hops }: Trace, page: Page): string => {
  const rules = [...new Set(hops.map(({ rule }) => rule))].join(",")
  return `${page.paint("bold", "HOPS")}  ${page.paint("dim", `what the rules say: pilotage trace --rules ${rules}`)}\n`
}

const hopText = (hop: Hop, index: number, { failure }: Trace, page: Page): string => {
  const number = `${index + 1}`.padStart(2)
  const where = placeName(hop.at)
  const right = `${hop.action}  ${hop.rule.padStart(3)}`
  const gap = " ".repeat(Math.max(2, page.columns - 4 - where.length - right.length))
  const packet = packetText(hop.entry)
  const exit = hop.exit && packetText(hop.exit)
  const lines = [packet, ...(exit !== undefined && exit !== packet ? [`becomes ${exit}`] : [])]
  return [
    `${number}  ${page.paint("bold", where)}${gap}${hop.action}  ${page.paint("dim", hop.rule.padStart(3))}\n`,
    ...lines.map((line) => `      ${page.paint("cyan", line)}\n`),
    ...wrapped(hop.says === failure?.message ? "The way ends here: see Why below." : hop.says, page.columns - 6).map(
      (line) => `      ${line}\n`,
    ),
  ].join("")
}

const backendRow = (backend: Backend, chosen: Backend | undefined): readonly string[] => {
  const isChosen = backend.ip === chosen?.ip && backend.port === chosen.port
  const trouble = backend.refuses ? "refuses" : backend.silent ? "answers nothing" : ""
  return [
    isChosen ? "*" : " ",
    addressText(backend),
    backend.pod === undefined ? "" : `${backend.namespace}/${backend.pod}`,
    backend.node ?? "",
    `sees ${backend.sourceSeen}`,
    trouble,
  ]
}

const backendsText = ({ backends, chosen }: Trace, page: Page): string => {
  if (backends.length === 0) return ""
  const rows = backends.slice(0, BACKENDS_SHOWN).map((each) => backendRow(each, chosen))
  const hidden = backends.length - rows.length
  const which = backends.length === 1 ? "only one" : `one of ${backends.length} for each connection`
  return [
    heading(page, `BACKENDS  ${which}${backends.length > 1 && chosen ? ", here the one with *" : ""}`),
    columns(rows),
    ...(hidden > 0 ? [`  and ${hidden} more; -o wide lists all\n`] : []),
    "\n",
  ].join("")
}

const CERTAINTY = {
  certain: "certain: it follows from the objects.",
  environment: "depends on the network around the cluster; another one may answer otherwise.",
} as const

const verdictText = (trace: Trace, setting: TraceSetting, page: Page): string => {
  const { verdict, failure, notes, certainty } = trace
  const isDelivered = verdict === "delivered"
  const place = failure?.cause && setting.placeOf(failure.cause)
  const style = isDelivered ? "green" : "red"
  const word = VERDICT_WORDS[verdict]
  const [said, ...more] = wrapped(curlText(trace), page.columns - word.length - 2)
  return [
    `${page.paint(style, page.paint("bold", word))}  ${said}\n`,
    ...more.map((line) => `${" ".repeat(word.length + 2)}${line}\n`),
    failure ? labelled(page, "Why", failure.message) : "",
    failure?.cause ? labelled(page, "Where", causeText(failure.cause)) : "",
    place ? `       ${placeText(place)}\n` : "",
    failure ? labelled(page, "Fix", failure.fix) : "",
    failure?.command === undefined ? "" : `       ${page.paint("cyan", `$ ${failure.command}`)}\n`,
    failure ? labelled(page, "Code", failure.code) : "",
    ...notes.map(({ message }) => labelled(page, "Note", message)),
    isDelivered && !setting.socketsKnown
      ? labelled(page, "Note", "What the pod listens on is not in the objects: it is taken to answer on that port.")
      : "",
    labelled(page, "Sure", CERTAINTY[certainty]),
  ].join("")
}

/** A trace for people: the request, DNS, hops, backends, and at the end, next to the prompt, what came of it and why. */
export const traceText = (trace: Trace, setting: TraceSetting, page: Page): string =>
  [
    heading(page, requestText(trace)),
    `from ${setting.client}\n\n`,
    dnsText(trace, page),
    trace.hops.length > 0 ? hopsHeading(trace, page) : "",
    ...trace.hops.map((hop, index) => hopText(hop, index, trace, page)),
    trace.hops.length > 0 ? "\n" : "",
    backendsText(trace, page),
    verdictText(trace, setting, page),
  ].join("")
