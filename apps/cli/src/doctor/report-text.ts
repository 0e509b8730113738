import type { ObjectRef, Severity } from "@pilotage/routing-core"
import { placeText } from "../sources/source-error.ts"
import { type Page, type Style, wrapped } from "../trace/text-layout.ts"
import { countOf, type PlacedFinding, type Report, SEVERITIES } from "./report.ts"

const STYLES: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", note: "dim" }

/** What stands in objects is shown as it is, but never steers the terminal. */
const visible = (text: string): string => text.replaceAll(/\p{Cc}/gu, "\u{fffd}")

const WIDTH = "warning".length

const INDENT = " ".repeat(WIDTH + 4)

const objectText = ({ kind, namespace, name }: ObjectRef): string =>
  `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`

const headOf = ({ object, service }: PlacedFinding): string => objectText(service ?? object)

const VALUE_SHOWN = 60

/** `spec.ports[0].targetPort: 9999`, with the object in front when it is not the one of the heading. */
const fieldText = (finding: PlacedFinding): string => {
  const { object, service, path, value } = finding
  const owner = service ? `${objectText(object)}  ` : ""
  const shown = value === undefined ? "" : `: ${value.length > VALUE_SHOWN ? `${value.slice(0, VALUE_SHOWN)}…` : value}`
  return path === undefined ? owner.trimEnd() : `${owner}${path}${shown}`
}

/** `Fix   Set targetPort…`: below the message, the following lines under the text. */
const below = (page: Page, label: string, text: string): string =>
  wrapped(text, page.columns - INDENT.length - 5)
    .map((line, index) => `${INDENT}${index === 0 ? page.paint("bold", label.padEnd(5)) : "     "}${line}\n`)
    .join("")

const findingText = (finding: PlacedFinding, page: Page): string => {
  const { severity, code, place, rule } = finding
  const message = visible(finding.message)
  const fix = visible(finding.fix)
  const command = finding.command === undefined ? undefined : visible(finding.command)
  const field = visible(fieldText(finding))
  const where = place ? placeText(place) : ""
  return [
    `  ${page.paint(STYLES[severity], severity.padEnd(WIDTH))}  ${page.paint("bold", code)}${rule ? page.paint("dim", `  ${rule}`) : ""}\n`,
    ...wrapped(message, page.columns - INDENT.length).map((line) => `${INDENT}${line}\n`),
    ...[field, where].filter((line) => line !== "").map((line) => `${INDENT}${page.paint("dim", line)}\n`),
    below(page, "Fix", fix),
    // Never wrapped: it is there to be copied.
    ...(command === undefined ? [] : [`${INDENT}     ${page.paint("cyan", command)}\n`]),
  ].join("")
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`

const summary = (report: Report, page: Page): string => {
  if (report.services === 0 && report.findings.length === 0) return `There is no Service in ${report.source}.\n`
  const looked = `Looked at ${plural(report.services, "Service")}: `
  const counts = SEVERITIES.flatMap((severity) => {
    const count = countOf(report, severity)
    return count === 0 ? [] : [page.paint(STYLES[severity], plural(count, severity))]
  })
  return `${looked}${counts.length === 0 ? page.paint("green", "nothing found") : counts.join(", ")}.\n`
}

/** The findings under the Services that they concern, Services with errors first, and a line that counts them. */
export const reportText = (report: Report, page: Page): string => {
  const groups = new Map<string, PlacedFinding[]>()
  for (const finding of report.findings) {
    const head = visible(headOf(finding))
    const group = groups.get(head)
    if (group) group.push(finding)
    else groups.set(head, [finding])
  }
  const worst = (findings: readonly PlacedFinding[]): number =>
    Math.min(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))
  const sorted = [...groups].sort(([, a], [, b]) => worst(a) - worst(b))
  const texts = sorted.map(
    ([head, findings]) =>
      `${page.paint("bold", head)}\n${findings.map((finding) => findingText(finding, page)).join("\n")}\n`,
  )
  return `${texts.join("")}${summary(report, page)}`
}
