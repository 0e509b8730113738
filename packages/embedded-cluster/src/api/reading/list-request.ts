import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import type { Call } from "../call.ts"
import { type Representation, representation } from "../representation.ts"
import { type ObjectFilter, parseSelection, selectionFilter } from "../selectors.ts"
import { checkListOptions, type ListOptions, parseListOptions } from "./list-options.ts"

/** What a list and a watch are both asked: in what form, with which options, of which objects. */
export interface ListRequest {
  readonly shown: Representation
  readonly options: ListOptions
  /** Undefined: all. */
  readonly filter: ObjectFilter | undefined
}

/** Reads and checks it, in the order in which a real server complains. */
export const readListRequest = (call: Call): Result<ListRequest, Status> => {
  const shown = representation(call)
  if (!shown.ok) return shown
  const options = parseListOptions(call.query)
  if (!options.ok) return options
  const selection = parseSelection(call)
  if (!selection.ok) return selection
  const bad = checkListOptions(options.value)
  if (bad) return err(bad)
  const filter = selectionFilter(call, selection.value)
  if (!filter.ok) return filter
  return ok({ shown: shown.value, options: options.value, filter: filter.value })
}
