import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import { type FieldError, invalidObject, notSupported, refused } from "../field-error.ts"
import type { Query } from "../request-path.ts"
import { badRequest } from "../status.ts"

/** metav1.ListOptions as far as it is not about selectors. Numbers that were not given are undefined. */
export interface ListOptions {
  readonly watch: boolean
  /** As given; "" when not. */
  readonly resourceVersion: string
  readonly resourceVersionMatch: string
  readonly limit: number
  readonly continue: string
  readonly timeoutSeconds: number | undefined
  readonly sendInitialEvents: boolean | undefined
  readonly allowWatchBookmarks: boolean
}

/** Go's query conversion: whatever is there and is neither `false` nor `0` is true (apimachinery `runtime/conversion.go`). */
const flag = (query: Query, name: string): boolean | undefined => {
  const given = query.get(name)
  return given === undefined ? undefined : given.toLowerCase() !== "false" && given !== "0"
}

const INT64 = 9_223_372_036_854_775_807n

const integerError = (text: string): string | undefined => {
  if (!/^[+-]?\d+$/.test(text)) return `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
  const value = BigInt(text)
  const fits = value <= INT64 && value >= -INT64 - 1n
  return fits ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`
}

/** Whether the query asks for a watch rather than a list. */
export const isWatch = (query: Query): boolean => flag(query, "watch") === true

const NOT_WITH_CONTINUE = refused("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided")

/** apimachinery `apis/meta/internalversion/validation`, validateWatchOptions. */
const watchErrors = (options: ListOptions): readonly FieldError[] => {
  const { resourceVersionMatch: match, sendInitialEvents } = options
  const errors: FieldError[] = []
  const isNotOlderThan = match === "NotOlderThan"
  if (sendInitialEvents !== undefined && !isNotOlderThan)
    errors.push(
      refused("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
    )
  if (match === "") return errors
  if (sendInitialEvents === undefined)
    errors.push(
      refused(
        "resourceVersionMatch",
        "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
      ),
    )
  if (!isNotOlderThan) errors.push(notSupported("resourceVersionMatch", match, ["NotOlderThan"]))
  if (options.continue !== "") errors.push(NOT_WITH_CONTINUE)
  return errors
}

/** The same, ValidateListOptions. */
const listErrors = (options: ListOptions): readonly FieldError[] => {
  const { resourceVersionMatch: match, resourceVersion, sendInitialEvents } = options
  const errors: FieldError[] = []
  if (match !== "") {
    if (resourceVersion === "")
      errors.push(
        refused("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"),
      )
    if (options.continue !== "") errors.push(NOT_WITH_CONTINUE)
    if (match !== "Exact" && match !== "NotOlderThan")
      errors.push(notSupported("resourceVersionMatch", match, ["Exact", "NotOlderThan", ""]))
    if (match === "Exact" && resourceVersion === "0")
      errors.push(refused("resourceVersionMatch", 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
  }
  if (sendInitialEvents !== undefined)
    errors.push(refused("sendInitialEvents", "sendInitialEvents is forbidden for list"))
  return errors
}

/** 400 for what cannot be read; selectors are read elsewhere. */
export const parseListOptions = (query: Query): Result<ListOptions, Status> => {
  for (const name of ["limit", "timeoutSeconds"]) {
    const given = query.get(name)
    const problem = given === undefined ? undefined : integerError(given)
    if (problem !== undefined) return err(badRequest(problem))
  }
  const timeout = query.get("timeoutSeconds")
  return ok({
    watch: isWatch(query),
    resourceVersion: query.get("resourceVersion") ?? "",
    resourceVersionMatch: query.get("resourceVersionMatch") ?? "",
    limit: Number(query.get("limit") ?? "0"),
    continue: query.get("continue") ?? "",
    timeoutSeconds: timeout === undefined ? undefined : Number(timeout),
    sendInitialEvents: flag(query, "sendInitialEvents"),
    allowWatchBookmarks: flag(query, "allowWatchBookmarks") === true,
  })
}

/** 422 for what does not go together. */
export const checkListOptions = (options: ListOptions): Status | undefined => {
  const errors = options.watch ? watchErrors(options) : listErrors(options)
  return errors.length === 0 ? undefined : invalidObject({ kind: "ListOptions", group: "meta.k8s.io" }, "", errors)
}
