import type { StreamChunk, Table, WatchEvent } from "@pilotage/kube-model"
import { pathOf } from "../api/discovery.ts"
import { chunksOf, statusOf } from "../api/streams.ts"
import { ApiError } from "../failure.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { parseCustomColumns } from "../output/custom-columns.ts"
import { objectPrinter } from "../output/object-printer.ts"
import { tableLines, tableWriter } from "../output/table.ts"
import type { Target } from "../resources/arguments.ts"
import type { Session } from "../session.ts"
import { isDataFormat } from "./get-objects.ts"
import { selectorQuery, TABLE_ACCEPT, tableOptions } from "./get-query.ts"

const isTable = (value: unknown): value is Table => isRecord(value) && value.kind === "Table"

const asWatchEvent = (chunk: StreamChunk): WatchEvent | undefined => (typeof chunk === "string" ? undefined : chunk)

/** Prints a table, then rows that follow with the same columns; widths only grow. */
const tablePrinter = (session: Session, target: Target): ((table: Table, prefix: string) => void) => {
  const writer = tableWriter()
  const options = tableOptions(session)
  const events = session.flags.bool("output-watch-events")
  const style = {
    kindPrefix: "",
    withNamespace: session.flags.bool("all-namespaces") && target.type.namespaced,
  }
  let columns: Table["columnDefinitions"] | undefined
  return (table, eventType) => {
    const first = columns === undefined
    if (first && table.columnDefinitions.length > 0) columns = table.columnDefinitions
    tableLines(table, columns ?? [], first, options, style).forEach((line, index) => {
      const lead = events ? `${first && index === 0 && !options.noHeaders ? "EVENT" : eventType}\t` : ""
      writer.write(`${lead}${line}\n`)
    })
    session.io.stdout(writer.flush())
  }
}

const dataPrinter = (session: Session, target: Target): ((object: JsonRecord) => void) => {
  const format = session.flags.text("output")
  if (format.startsWith("custom-columns=")) {
    const columns = parseCustomColumns(format.slice("custom-columns=".length))
    const writer = tableWriter()
    if (!session.flags.bool("no-headers")) writer.write(`${columns.header}\n`)
    return (object) => {
      writer.write(`${columns.row(object)}\n`)
      session.io.stdout(writer.flush())
    }
  }
  const print = objectPrinter(format, { showManagedFields: session.flags.bool("show-managed-fields"), forGet: true })
  let printed = false
  return (object) => {
    if (printed && format === "yaml") session.io.stdout("---\n")
    printed = true
    session.io.stdout(print?.(object, target.type) ?? "")
  }
}

/** `get -w`: what is there now (unless --watch-only), then every change until Ctrl-C. */
export const watchResource = async (session: Session, target: Target): Promise<number> => {
  const asData = isDataFormat(session.flags.text("output"))
  const path = pathOf(target.type, target.namespace)
  const accept = asData ? "application/json" : TABLE_ACCEPT
  const query = target.name === undefined ? selectorQuery(session) : { fieldSelector: `metadata.name=${target.name}` }
  const printTable = asData ? undefined : tablePrinter(session, target)
  const printObject = asData ? dataPrinter(session, target) : undefined

  if (target.name !== undefined) await session.api.send("GET", pathOf(target.type, target.namespace, target.name))
  const list = await session.api.send("GET", path, { accept, query })
  const rows = isTable(list) ? list.rows : records(at(list, "items"))
  if (!session.flags.bool("watch-only") && rows.length > 0) {
    if (isTable(list)) printTable?.(list, "ADDED")
    else
      for (const item of records(at(list, "items")))
        printObject?.({ apiVersion: text(at(list, "apiVersion")), kind: target.type.kind, ...item })
  }
  const stream = await session.api.stream(path, {
    accept,
    query: { ...query, watch: "true", resourceVersion: text(at(list, "metadata", "resourceVersion")) },
  })
  for await (const chunk of chunksOf(stream, session.io.cancellation)) {
    const event = asWatchEvent(chunk)
    if (!event || event.type === "BOOKMARK") continue
    if (event.type === "ERROR") throw new ApiError(statusOf(event))
    if (isTable(event.object)) printTable?.(event.object, event.type)
    else if (isRecord(event.object)) printObject?.(event.object)
  }
  session.checkInterrupt()
  return 0
}
