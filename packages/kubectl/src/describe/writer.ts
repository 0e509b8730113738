import { humanDuration, parseTime } from "@pilotage/kube-model"
import { isRecord, type JsonRecord, text } from "../json-value.ts"

/**
 * A description under way: lines whose tabs are aligned later, over runs of lines that have them. `level` counts two
 * spaces each.
 */
export interface Description {
  readonly line: (level: number, text: string) => void
  /** What was written so far is aligned by itself. */
  readonly section: () => void
  readonly sections: () => readonly string[]
}

export const createDescription = (): Description => {
  const done: string[] = []
  let current = ""
  return {
    line(level, words) {
      current += `${"  ".repeat(level)}${words}\n`
    },
    section() {
      done.push(current)
      current = ""
    },
    sections: () => [...done, current],
  }
}

export const orNone = (value: string): string => (value === "" ? "<none>" : value)
export const orUnset = (value: string): string => (value === "" ? "<unset>" : value)

const pairs = (value: unknown): readonly (readonly [string, string])[] =>
  isRecord(value)
    ? Object.entries(value)
        .map(([key, item]) => [key, text(item)] as const)
        .sort(([left], [right]) => (left < right ? -1 : 1))
    : []

/** `app=web,tier=front`, `<none>`. */
export const labelLine = (labels: unknown): string =>
  orNone(
    pairs(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
  )

/** One label a line, the first beside the title. */
export const writeLabels = (to: Description, title: string, labels: unknown): void => {
  const all = pairs(labels)
  if (all.length === 0) to.line(0, `${title}:\t<none>`)
  for (const [index, [key, value]] of all.entries()) to.line(0, `${index === 0 ? `${title}:` : ""}\t${key}=${value}`)
}

const LONGEST_ANNOTATION = 140
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"

const shorten = (value: string, most: number): string => (value.length > most ? `${value.slice(0, most)}...` : value)

/** Long and many-lined values go below their key. What apply remembers is left out. */
export const writeAnnotations = (to: Description, title: string, annotations: unknown): void => {
  const shown = pairs(annotations).filter(([key]) => key !== LAST_APPLIED)
  if (shown.length === 0) to.line(0, `${title}:\t<none>`)
  shown.forEach(([key, raw], index) => {
    const value = raw.replace(/\n$/, "")
    const lead = `${index === 0 ? `${title}:` : ""}\t${key}:`
    if (key.length + value.length + 2 <= LONGEST_ANNOTATION && !value.includes("\n")) to.line(0, `${lead} ${value}`)
    else {
      to.line(0, lead)
      for (const line of value.split("\n")) to.line(0, `\t  ${shorten(line, LONGEST_ANNOTATION - 2)}`)
    }
  })
}

const DAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** `Sat, 21 Nov 2026 02:15:40 +0000` from RFC 3339 in UTC; `<unset>` without a time. */
export const longTime = (value: unknown): string => {
  const time = parseTime(text(value))
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(text(value))
  if (time === undefined || !match) return "<unset>"
  const [, year, month, day, clock] = match
  return `${DAYS[Math.floor(time / 86_400_000) % 7]}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${clock} +0000`
}

/** `5m` since a time; `<unknown>` without one. */
export const since = (value: unknown, now: number): string => {
  const time = parseTime(text(value))
  return time === undefined ? "<unknown>" : humanDuration(now - time)
}

export const controllerOf = (object: JsonRecord): string => {
  const metadata = isRecord(object.metadata) ? object.metadata : {}
  const owners = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences.filter(isRecord) : []
  const owner = owners.find((each) => each.controller === true)
  return owner ? `${text(owner.kind)}/${text(owner.name)}` : ""
}

/** Name, Namespace, Labels, Annotations: how most descriptions begin. */
export const writeHead = (to: Description, object: JsonRecord): void => {
  const metadata = isRecord(object.metadata) ? object.metadata : {}
  to.line(0, `Name:\t${text(metadata.name)}`)
  if (metadata.namespace !== undefined) to.line(0, `Namespace:\t${text(metadata.namespace)}`)
  writeLabels(to, "Labels", metadata.labels)
  writeAnnotations(to, "Annotations", metadata.annotations)
}
