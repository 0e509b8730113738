import { isRecord, type JsonRecord, records, sameJson } from "../json-value.ts"
import { listStrategy, retainsKeys } from "./merge-keys.ts"

export interface DiffOptions {
  readonly kind: string
  readonly deletions: boolean
  readonly changes: boolean
  /** Write `$retainKeys` (only apply does). */
  readonly retainKeys?: boolean
  /** Lists replace each other: a JSON merge patch, for types without merge keys. */
  readonly plain?: boolean
}

const keyText = (value: unknown): string => JSON.stringify(value) ?? ""

const isEmpty = (patch: JsonRecord): boolean => Object.keys(patch).length === 0

const diffKeyedList = (
  before: readonly JsonRecord[],
  after: readonly JsonRecord[],
  mergeKey: string,
  options: DiffOptions,
  path: readonly string[],
): readonly JsonRecord[] => {
  const old = new Map(before.map((item) => [keyText(item[mergeKey]), item]))
  const kept = new Set(after.map((item) => keyText(item[mergeKey])))
  const changed = after.flatMap((item): readonly JsonRecord[] => {
    const previous = old.get(keyText(item[mergeKey]))
    if (!previous) return options.changes ? [item] : []
    const patch = diffRecords(previous, item, options, path)
    return isEmpty(patch) ? [] : [{ ...patch, [mergeKey]: item[mergeKey] }]
  })
  const gone = options.deletions
    ? before
        .filter((item) => !kept.has(keyText(item[mergeKey])))
        .map((item) => ({ $patch: "delete", [mergeKey]: item[mergeKey] }))
    : []
  return [...changed, ...gone]
}

/** Do the items that both lists have come in the same order? */
const sameOrder = (before: readonly string[], after: readonly string[]): boolean => {
  const common = before.filter((key) => after.includes(key))
  return sameJson(
    common,
    after.filter((key) => before.includes(key)),
  )
}

const diffList = (
  field: string,
  before: readonly unknown[],
  after: readonly unknown[],
  options: DiffOptions,
  path: readonly string[],
): JsonRecord => {
  const strategy = options.plain ? undefined : listStrategy(options.kind, path)
  if (strategy === undefined) return sameJson(before, after) || !options.changes ? {} : { [field]: after }
  if (strategy === "set") {
    const added = options.changes ? after.filter((item) => !before.includes(item)) : []
    const removed = options.deletions ? before.filter((item) => !after.includes(item)) : []
    return {
      ...(added.length > 0 ? { [field]: added } : {}),
      ...(removed.length > 0 ? { [`$deleteFromPrimitiveList/${field}`]: removed } : {}),
    }
  }
  const { mergeKey } = strategy
  const items = diffKeyedList(records(before), records(after), mergeKey, options, path)
  const keysOf = (list: readonly unknown[]): string[] => records(list).map((item) => keyText(item[mergeKey]))
  if (items.length === 0 && (!options.changes || sameOrder(keysOf(before), keysOf(after)))) return {}
  return {
    [`$setElementOrder/${field}`]: records(after).map((item) => ({ [mergeKey]: item[mergeKey] })),
    ...(items.length > 0 ? { [field]: items } : {}),
  }
}

const diffField = (
  field: string,
  before: unknown,
  after: unknown,
  options: DiffOptions,
  path: readonly string[],
): JsonRecord => {
  if (isRecord(before) && isRecord(after)) {
    const patch = diffRecords(before, after, options, path)
    if (isEmpty(patch)) return {}
    return options.retainKeys && !options.plain && retainsKeys(options.kind, path)
      ? { [field]: { $retainKeys: Object.keys(after).sort(), ...patch } }
      : { [field]: patch }
  }
  if (Array.isArray(before) && Array.isArray(after)) return diffList(field, before, after, options, path)
  return sameJson(before, after) || !options.changes ? {} : { [field]: after }
}

/** The strategic merge patch that turns `before` into `after`; an empty record when nothing differs. */
export const diffRecords = (
  before: JsonRecord,
  after: JsonRecord,
  options: DiffOptions,
  path: readonly string[] = [],
): JsonRecord => {
  let patch: JsonRecord = {}
  for (const field of Object.keys(after)) {
    if (!Object.hasOwn(before, field)) {
      if (options.changes) patch = { ...patch, [field]: after[field] }
    } else patch = { ...patch, ...diffField(field, before[field], after[field], options, [...path, field]) }
  }
  if (options.deletions)
    for (const field of Object.keys(before)) if (!Object.hasOwn(after, field)) patch = { ...patch, [field]: null }
  return patch
}
