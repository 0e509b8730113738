import { err, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import type { Call } from "./call.ts"
import { type FieldTerm, parseFieldSelector } from "./reading/field-selector.ts"
import { parseLabelSelector } from "./reading/label-selector.ts"
import { badRequest } from "./status.ts"
import type { Strategy } from "./strategy.ts"

export type ObjectFilter = (object: KubeObject) => boolean

type FieldGetter = (object: KubeObject) => string

const fieldGetter = (strategy: Strategy, field: string): FieldGetter | undefined => {
  if (field === "metadata.name") return (object) => object.metadata.name
  if (field === "metadata.namespace") return (object) => object.metadata.namespace ?? ""
  return strategy.selectable && Object.hasOwn(strategy.selectable, field) ? strategy.selectable[field] : undefined
}

/** Kinds with fields of their own say it in one way, the others in that of apimachinery's DefaultMetaV1FieldSelectorConversion. */
const unsupported = (strategy: Strategy, field: string): Status =>
  badRequest(
    strategy.selectable
      ? `field label not supported: ${field}`
      : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  )

/** What a list, watch or deletecollection is narrowed to by its query. */
export interface Selection {
  /** Undefined: everything is selected. */
  readonly labels: ((object: KubeObject) => boolean) | undefined
  readonly fields: readonly FieldTerm[]
}

/** Reads both selectors; whether the kind has the fields is asked later, by `selectionFilter`. */
export const parseSelection = ({ query }: Pick<Call, "query">): Result<Selection, Status> => {
  const labels = parseLabelSelector(query.get("labelSelector") ?? "")
  if (!labels.ok) return err(badRequest(labels.error))
  const fields = parseFieldSelector(query.get("fieldSelector") ?? "")
  if (!fields.ok) return err(badRequest(fields.error))
  const meets = labels.value
  return ok({ labels: meets && ((object) => meets(object.metadata.labels)), fields: fields.value })
}

/** Undefined: everything is selected. */
export const selectionFilter = (
  { strategy }: Pick<Call, "strategy">,
  { labels, fields }: Selection,
): Result<ObjectFilter | undefined, Status> => {
  const filters: ObjectFilter[] = labels ? [labels] : []
  for (const { field, isEqual, value } of fields) {
    const get = fieldGetter(strategy, field)
    if (!get) return err(unsupported(strategy, field))
    filters.push((object) => (get(object) === value) === isEqual)
  }
  const [only, second] = filters
  return ok(second ? (object) => filters.every((filter) => filter(object)) : only)
}

/** Both steps at once, for deletecollection. */
export const requestFilter = (call: Pick<Call, "query" | "strategy">): Result<ObjectFilter, Status> => {
  const selection = parseSelection(call)
  if (!selection.ok) return selection
  const filter = selectionFilter(call, selection.value)
  return filter.ok ? ok(filter.value ?? (() => true)) : filter
}
