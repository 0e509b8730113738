import type { KubeObject } from "@pilotage/kube-model"

type Cell = string | number | boolean | null

/** A condition of a row: a pod that is over is marked so, and `kubectl get` may sort it out. */
export interface RowCondition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

export interface Column {
  readonly name: string
  readonly type: "string" | "integer" | "boolean"
  readonly format: "" | "date" | "name"
  readonly description: string
  /** 0 is shown always, 1 with `-o wide`. */
  readonly priority: 0 | 1
}

export interface CellContext {
  /** Virtual milliseconds. */
  readonly now: number
  /** False only for a narrow print: long lists of load balancer addresses are cut. The server itself always prints wide. */
  readonly wide: boolean
}

/** How objects of one kind become rows; cells are in the order of the columns. */
export interface Printer<T extends KubeObject> {
  readonly columns: readonly Column[]
  readonly cells: (object: T, context: CellContext) => readonly Cell[]
  readonly conditions?: (object: T) => readonly RowCondition[] | undefined
}

export const column = (name: string, description: string, more: Partial<Column> = {}): Column => ({
  name,
  type: "string",
  format: "",
  priority: 0,
  description,
  ...more,
})

export const nameColumn = column("Name", "Name of the object, unique among its kind in the namespace.", {
  format: "name",
})
export const ageColumn = column("Age", "Time since the object was created.")
export const wide: Partial<Column> = { priority: 1 }
export const integer: Partial<Column> = { type: "integer" }
export const boolean: Partial<Column> = { type: "boolean" }
