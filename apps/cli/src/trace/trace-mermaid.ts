import type { Hop, Trace } from "@pilotage/routing-core"
import { wrapped } from "./text-layout.ts"
import { answerText, curlText, packetText, placeName, VERDICT_WORDS } from "./trace-words.ts"

/** Mermaid ends a text at a semicolon or a line's end, and reads `#` as the start of a character's number. */
const escaped = (text: string): string =>
  text.replaceAll(" -> ", " → ").replace(/[#;<>\n]/g, (sign) => (sign === "\n" ? " " : `#${sign.charCodeAt(0)};`))

const LINE = 60

/** A text as Mermaid shows it, broken into lines: it would draw one as wide as it is long. */
const shown = (text: string): string => wrapped(text, LINE).map(escaped).join("<br/>")

const endOf = ({ action }: Hop, from: string, client: string, words: string): string => {
  if (action === "answer") return `  ${from}-->>${client}: ${words}`
  if (action === "drop") return `  Note over ${from}: dropped, nothing comes back: ${words}`
  return from === client ? `  Note over ${from}: ${words}` : `  ${from}--x${client}: ${words}`
}

const rewritten = ({ entry, exit }: Hop): boolean => exit !== undefined && packetText(entry) !== packetText(exit)

/** The trace as a Mermaid sequence diagram: DNS queries, then the packet from place to place. */
export const traceMermaid = (trace: Trace, client: string): string => {
  const places = [...new Set(trace.hops.map(({ at }) => placeName(at)))]
  const start = places[0] ?? client
  const ids = new Map([start, ...places].map((name, index) => [name, `p${index}`]))
  const idOf = (hop: Hop): string => ids.get(placeName(hop.at)) ?? "p0"
  const clientId = ids.get(start) ?? "p0"
  const words = shown(`${VERDICT_WORDS[trace.verdict].toLowerCase()}, ${curlText(trace)}`)
  const steps = trace.hops.flatMap((hop, index) => {
    const id = idOf(hop)
    const next = trace.hops[index + 1]
    const change = rewritten(hop) ? [`  Note over ${id}: ${escaped(`${hop.action}, rule ${hop.rule}`)}`] : []
    if (hop.exit && next) return [...change, `  ${id}->>${idOf(next)}: ${escaped(packetText(hop.exit))}`]
    return [`  Note over ${id}: ${shown(hop.says)}`, endOf(hop, id, clientId, words)]
  })
  return [
    "sequenceDiagram",
    `  participant ${clientId} as ${escaped(start)}`,
    ...(trace.dns.length > 0 ? [`  participant dns as DNS ${escaped(trace.dns[0]?.server ?? "")}`] : []),
    ...places.filter((name) => name !== start).map((name) => `  participant ${ids.get(name)} as ${escaped(name)}`),
    ...trace.dns.flatMap((step) => [
      `  ${clientId}->>dns: ${escaped(`${step.type} ${step.query}`)}`,
      `  dns-->>${clientId}: ${escaped(answerText(step))}`,
    ]),
    ...steps,
    ...(trace.hops.length === 0 ? [`  Note over ${clientId}: ${words}`] : []),
    ...(trace.failure ? [`  Note over ${clientId}: ${shown(`${trace.failure.message} ${trace.failure.fix}`)}`] : []),
    "",
  ].join("\n")
}
