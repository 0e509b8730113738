import { type KubeObject, parseTime } from "@pilotage/kube-model"
import { since } from "../../tables/cell-text.ts"
import { ageColumn, type Column, nameColumn, type Printer } from "../../tables/column.ts"
import { type Json, text } from "../json-object.ts"
import { parsePath, type Step, valuesAt } from "./json-path.ts"

type Cell = string | number | boolean | null

interface Shown {
  readonly column: Column
  readonly cell: (object: KubeObject, now: number) => Cell
}

const NUMBERS: ReadonlySet<string> = new Set(["integer", "number"])

/** A value as a column of a type shows it; null: nothing (apiextensions-apiserver `tableconvertor`). */
const shownAs = (type: string, values: readonly unknown[], now: number): Cell => {
  const [value] = values
  if (value === undefined || value === null) return null
  if (type === "date") return parseTime(String(value)) === undefined ? "<invalid>" : since(String(value), now)
  if (NUMBERS.has(type)) return typeof value !== "number" ? null : type === "integer" ? Math.trunc(value) : value
  if (type === "boolean") return typeof value === "boolean" ? value : null
  return values.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join(",")
}

const shown = (given: Json): Shown => {
  const type = text(given, "type")
  const steps: readonly Step[] | undefined = parsePath(text(given, "jsonPath"))
  return {
    column: {
      name: text(given, "name"),
      type: type as Column["type"],
      format: text(given, "format") as Column["format"],
      description:
        text(given, "description") ||
        `Custom resource definition column (in JSONPath format): ${text(given, "jsonPath")}`,
      priority: (typeof given.priority === "number" ? given.priority : 0) as Column["priority"],
    },
    cell: (object, now) => (steps ? shownAs(type, valuesAt(object, steps), now) : null),
  }
}

const AGE: Shown = {
  column: { ...ageColumn, type: "date" as Column["type"] },
  cell: ({ metadata }, now) => since(metadata.creationTimestamp, now),
}

/** A row of a custom resource: its name, and the columns that its definition adds, or else its age. */
export const customPrinter = (given: readonly Json[]): Printer<KubeObject> => {
  const added = given.length > 0 ? given.map(shown) : [AGE]
  return {
    columns: [nameColumn, ...added.map(({ column }) => column)],
    cells: (object, { now }) => [object.metadata.name, ...added.map(({ cell }) => cell(object, now))],
  }
}
