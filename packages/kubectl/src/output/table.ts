import type { Table } from "@pilotage/kube-model"
import { at, isRecord, text } from "../json-value.ts"
import { createTabWriter, type TabWriter } from "./tab-writer.ts"

export interface TableOptions {
  readonly wide: boolean
  readonly noHeaders: boolean
  readonly showLabels: boolean
  readonly labelColumns: readonly string[]
}

/** How one group of rows is shown: `pod/` before names, a NAMESPACE column. */
export interface RowStyle {
  readonly kindPrefix: string
  readonly withNamespace: boolean
}

/** The writer of kubectl's get (cli-runtime `GetNewTabWriter`). */
export const tableWriter = (): TabWriter => createTabWriter({ minWidth: 6, padding: 3, rememberWidths: true })

const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ""
  if (typeof cell !== "string") return typeof cell === "object" ? JSON.stringify(cell) : String(cell)
  const firstBreak = cell.search(/[\n\r\f]/)
  return firstBreak < 0 ? cell : `${cell.slice(0, firstBreak)}...`
}

const labelsOf = (object: unknown): Readonly<Record<string, unknown>> => {
  const labels = at(object, "metadata", "labels")
  return isRecord(labels) ? labels : {}
}

const labelText = (object: unknown): string => {
  const pairs = Object.entries(labelsOf(object)).sort(([left], [right]) => (left < right ? -1 : 1))
  return pairs.length === 0 ? "<none>" : pairs.map(([key, value]) => `${key}=${value}`).join(",")
}

const labelHeader = (label: string): string => (label.split("/").at(-1) ?? "").toUpperCase()

/** The rows of a server's table with tabs between cells, headers first when wanted. */
export const tableLines = (
  table: Table,
  columns: Table["columnDefinitions"],
  withHeaders: boolean,
  options: TableOptions,
  style: RowStyle,
): readonly string[] => {
  const shown = columns.flatMap((column, index) => (options.wide || column.priority === 0 ? [index] : []))
  const lines: string[] = []
  if (withHeaders && !options.noHeaders) {
    const headers = shown.map((index) => (columns[index]?.name ?? "").toUpperCase())
    lines.push(
      [
        ...(style.withNamespace ? ["NAMESPACE"] : []),
        ...headers,
        ...options.labelColumns.map(labelHeader),
        ...(options.showLabels ? ["LABELS"] : []),
      ].join("\t"),
    )
  }
  const nameColumn = columns.findIndex((column) => column.format === "name")
  for (const row of table.rows) {
    const cells = shown.map((index) => {
      const cell = cellText(row.cells[index])
      return index === Math.max(nameColumn, 0) ? style.kindPrefix + cell : cell
    })
    lines.push(
      [
        ...(style.withNamespace ? [text(at(row.object, "metadata", "namespace"))] : []),
        ...cells,
        ...options.labelColumns.map((label) => text(labelsOf(row.object)[label]) || "<none>"),
        ...(options.showLabels ? [labelText(row.object)] : []),
      ].join("\t"),
    )
  }
  return lines
}
