import { isRecord, type JsonRecord, records } from "../json-value.ts"
import { listStrategy } from "./merge-keys.ts"
import { diffRecords } from "./strategic-diff.ts"

const mergeLists = (
  kind: string,
  path: readonly string[],
  first: readonly unknown[],
  second: readonly unknown[],
): readonly unknown[] => {
  const strategy = listStrategy(kind, path)
  if (strategy === undefined) return second
  if (strategy === "set") return [...new Set([...first, ...second])]
  const { mergeKey } = strategy
  const rest = records(first).filter((item) => !records(second).some((other) => other[mergeKey] === item[mergeKey]))
  const merged = records(second).map((item) => {
    const other = records(first).find((each) => each[mergeKey] === item[mergeKey])
    return other ? mergePatches(kind, other, item, path) : item
  })
  return [...merged, ...rest]
}

/** Both patches in one; where they meet, the second wins. */
const mergePatches = (
  kind: string,
  first: JsonRecord,
  second: JsonRecord,
  path: readonly string[] = [],
): JsonRecord => {
  let merged: JsonRecord = first
  for (const [field, value] of Object.entries(second)) {
    const other = first[field]
    const below = [...path, field]
    if (isRecord(other) && isRecord(value)) merged = { ...merged, [field]: mergePatches(kind, other, value, below) }
    else if (Array.isArray(other) && Array.isArray(value) && !field.startsWith("$"))
      merged = { ...merged, [field]: mergeLists(kind, below, other, value) }
    else merged = { ...merged, [field]: value }
  }
  return merged
}

/**
 * kubectl apply's patch: what the user removed since the last apply (`original` without `modified`) is deleted, what
 * `modified` says is set, all else on the server (`current`) stays (strategicpatch.CreateThreeWayMergePatch).
 */
export const threeWayPatch = (
  kind: string,
  original: JsonRecord,
  modified: JsonRecord,
  current: JsonRecord,
  plain: boolean,
): JsonRecord => {
  const deletions = diffRecords(original, modified, { kind, deletions: true, changes: false, plain, retainKeys: true })
  const delta = diffRecords(current, modified, { kind, deletions: false, changes: true, plain, retainKeys: true })
  return mergePatches(kind, deletions, delta)
}

/** The patch that makes the server's `before` into `after` (edit, set). */
export const twoWayPatch = (kind: string, before: JsonRecord, after: JsonRecord, plain: boolean): JsonRecord =>
  diffRecords(before, after, { kind, deletions: true, changes: true, plain })
