import type { KubeEvent } from "@pilotage/kube-model"
import { since } from "./cell-text.ts"
import { column, type Printer, wide } from "./column.ts"

/** Fields of events that are written through the newer events API. */
interface SeriesFields {
  readonly eventTime?: string | null
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string }
  readonly reportingInstance?: string
}

const sourceCell = (event: KubeEvent & SeriesFields): string => {
  const component = event.source?.component || event.reportingComponent || ""
  const host = event.source?.host || event.reportingInstance || ""
  return host ? `${component}, ${host}` : component
}

const objectCell = ({ involvedObject: { kind = "", name = "" } }: KubeEvent): string =>
  name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase()

export const eventPrinter: Printer<KubeEvent> = {
  columns: [
    column("Last Seen", "Time since the event was last seen."),
    column("Type", "Normal or Warning."),
    column("Reason", "What happened, in one word."),
    column("Object", "What it happened to."),
    column("Subobject", "The part of the object that is meant.", wide),
    column("Source", "Who tells it.", wide),
    column("Message", "What happened, in a sentence."),
    column("First Seen", "Time since the event was first seen.", wide),
    column("Count", "How often it was seen.", wide),
    column("Name", "Name of the event object.", { ...wide, format: "name" }),
  ],
  cells: (given, { now }) => {
    const event: KubeEvent & SeriesFields = given
    const first = since(event.firstTimestamp || event.eventTime, now)
    const last = event.lastTimestamp ? since(event.lastTimestamp, now) : first
    return [
      event.series?.lastObservedTime ? since(event.series.lastObservedTime, now) : last,
      event.type ?? "",
      event.reason ?? "",
      objectCell(event),
      event.involvedObject.fieldPath ?? "",
      sourceCell(event),
      (event.message ?? "").trim(),
      first,
      event.series?.count ?? (event.count || 1),
      event.metadata.name,
    ]
  },
}
