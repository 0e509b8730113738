import { printerOf, RESOURCES, UNSERVED_PRINTERS } from "@pilotage/embedded-cluster/judging"
import { type KubeObject, parseTime } from "@pilotage/kube-model"
import { z } from "zod"
import { problemIn, readJson } from "../case-file.ts"
import { compared, type JudgedCase, type Outcome } from "../verdict.ts"
import { objectSchema } from "./format.ts"
import { canonicalText } from "./json.ts"

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  format: z.string(),
  priority: z.number(),
})

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    kind: z.string(),
    wide: z.boolean(),
    now: z.string(),
    object: objectSchema,
    columns: z.array(columnSchema),
    rows: z
      .array(z.array(z.unknown()))
      .nullable()
      .transform((rows) => rows ?? []),
    /** One for each row, or those of the one row. */
    rowConditions: z.unknown().optional(),
  }),
)

type Case = z.infer<typeof rowsSchema>[number]

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000 }
const DURATION = /(?:\d+[smhdy])+/

const units = (text: string): readonly (readonly [count: number, unit: number])[] =>
  [...text.matchAll(/(\d+)([smhdy])/g)].map(([, count, unit = ""]) => [Number(count), SECONDS[unit] ?? 0])

/** Objects are known to the second, the time of printing to the nanosecond: an age may be one unit off. */
const sameAge = (theirs: string, ours: string): boolean => {
  const [expected, actual] = [units(theirs), units(ours)]
  const total = (list: typeof expected): number => list.reduce((sum, [count, unit]) => sum + count * unit, 0)
  const unit = Math.min(...[...expected, ...actual].map(([, each]) => each))
  return Math.abs(total(expected) - total(actual)) <= unit
}

/** Ours, or theirs where the two differ only by such an age. */
const settled = (theirs: unknown, ours: unknown): unknown => {
  if (typeof theirs !== "string" || typeof ours !== "string" || theirs === ours) return ours
  const [expected, actual] = [DURATION.exec(theirs)?.[0], DURATION.exec(ours)?.[0]]
  if (expected === undefined || actual === undefined) return ours
  const isSameBesides = theirs.replace(expected, "") === ours.replace(actual, "")
  return isSameBesides && sameAge(expected, actual) ? theirs : ours
}

const printerFor = (kind: string) => {
  const resource = RESOURCES.find((each) => each.kind === kind)?.stored
  return UNSERVED_PRINTERS[kind] ?? (resource && printerOf(resource))
}

const conditionsOf = (given: unknown): readonly unknown[] => {
  const all = Array.isArray(given) ? given.flat() : []
  return all.filter((each) => each !== null)
}

const judgeRow = (file: string, row: Case, index: number): Outcome => {
  const isList = row.kind.endsWith("List")
  const kind = isList ? row.kind.slice(0, -"List".length) : row.kind
  const printer = printerFor(kind)
  if (!printer) return { kind: "not-judged", reason: `nothing here prints ${kind}` }
  const now = parseTime(row.now)
  if (now === undefined) throw problemIn(file, [index, "now"], "is no time")
  const objects = isList ? ((row.object.items as readonly KubeObject[] | null | undefined) ?? []) : [row.object]
  const shown = printer.columns.map(({ priority }) => row.wide || priority === 0)
  const cells = objects.map((object, at) => {
    const all = printer.cells(object, { now, wide: row.wide })
    // Some functions print a wide cell always, and leave it to the table to hide it.
    const theirs = row.rows[at] ?? []
    const ours = theirs.length === all.length ? all : all.filter((_, column) => shown[column])
    return ours.map((cell, column) => settled(theirs[column], cell))
  })
  const columns = printer.columns.filter((_, column) => shown[column])
  const conditions = objects.flatMap((object) => printer.conditions?.(object) ?? [])
  const tableText = (header: unknown, rows: readonly unknown[], over: readonly unknown[]): string =>
    [canonicalText(header), ...rows.map(canonicalText), canonicalText(over)].join("\n")
  return compared(
    tableText(row.columns, row.rows, conditionsOf(row.rowConditions)),
    tableText(
      columns.map(({ name, type, format, priority }) => ({ name, type, format, priority })),
      cells,
      conditions,
    ),
  )
}

/** printers and printers-other: the tables that the server makes for `kubectl get`. */
export function* judgePrinters(file: string): Iterable<JudgedCase> {
  for (const [index, row] of readJson(file, rowsSchema).entries())
    yield { id: row.id, outcome: judgeRow(file, row, index) }
}
