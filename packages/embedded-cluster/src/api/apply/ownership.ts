import { deepEqual } from "../../store/deep-equal.ts"
import { fieldsOf } from "./applied-fields.ts"
import { type Comparison, compareObjects } from "./comparison.ts"
import type { Conflict } from "./conflicts.ts"
import type { FieldSchema } from "./field-schema.ts"
import { difference, differenceBelow, EMPTY_SET, type FieldSet, intersection, isEmptySet, union } from "./field-set.ts"
import { type Manager, managerKey, type Owners, type Ownership } from "./managers.ts"
import { mergeValues } from "./merge.ts"
import { withNamedFields, withoutFields } from "./removal.ts"

/** What is needed to tell who owns what; objects are compared without their managedFields. */
export interface Tracking {
  readonly schema: FieldSchema
  /** Fields that the endpoint resets: nobody comes to own them there. */
  readonly reset: FieldSet
  /** Fields nobody ever owns: the identity of the object and what only the server writes. */
  readonly unowned: FieldSet
  /** RFC 3339 of now; undefined where an endpoint does not tell it. */
  readonly time: string | undefined
}

const withoutReset = ({ added, modified, removed }: Comparison, reset: FieldSet): Comparison => ({
  added: differenceBelow(added, reset),
  modified: differenceBelow(modified, reset),
  removed: differenceBelow(removed, reset),
})

interface Change {
  readonly owners: Owners
  readonly comparison: Comparison
  /** Fields that changed and that others owned. */
  readonly conflicts: readonly Conflict[]
}

/** Takes from all but `self` the fields that changed or went (structured-merge-diff `merge/update.go`). */
const disown = (live: object, next: object, owners: Owners, self: string, tracking: Tracking): Change => {
  const comparison = withoutReset(compareObjects(live, next, tracking.schema), tracking.reset)
  const changed = union(comparison.modified, comparison.added)
  const conflicts: Conflict[] = []
  const left = new Map<string, Ownership>()
  for (const [key, owner] of owners) {
    if (key === self) {
      left.set(key, owner)
      continue
    }
    const contested = intersection(owner.set, changed)
    if (!isEmptySet(contested)) conflicts.push({ owner, set: contested })
    const set = difference(difference(owner.set, contested), comparison.removed)
    if (!isEmptySet(set)) left.set(key, { ...owner, set })
  }
  return { owners: left, comparison, conflicts }
}

/** Owners after `manager` has written `next` over `live`: it owns what it changed, with what it had. */
export const afterUpdate = (
  live: object,
  next: object,
  owners: Owners,
  manager: Manager,
  tracking: Tracking,
): Owners => {
  const change = disown(live, next, owners, "", tracking)
  const { added, modified } = change.comparison
  const taken = difference(union(modified, added), tracking.unowned)
  if (isEmptySet(taken)) return change.owners
  const key = managerKey(manager)
  const before = change.owners.get(key)?.set ?? EMPTY_SET
  return new Map(change.owners).set(key, { ...manager, set: union(before, taken), time: tracking.time })
}

export interface Applied {
  /** The live object with the configuration on it, and without what it does not name any more. */
  readonly object: object
  readonly owners: Owners
  readonly conflicts: readonly Conflict[]
}

const memberSet = (value: unknown, schema: FieldSchema): FieldSet => withNamedFields(fieldsOf(value, schema), schema)

/** Drops what the manager applied last time, not now, and nobody else owns. */
const pruned = (merged: object, last: FieldSet, owners: Owners, schema: FieldSchema): object => {
  const lastNamed = withNamedFields(last, schema)
  const without = (fields: FieldSet): object => (withoutFields(merged, fields, schema) ?? {}) as object
  const bare = without(lastNamed)
  const owned = [...owners.values()].reduce((all, { set }) => union(all, set), EMPTY_SET)
  const mergedSet = memberSet(merged, schema)
  const keep = union(memberSet(bare, schema), withNamedFields(owned, schema))
  const withOwned = without(difference(mergedSet, keep))
  return without(intersection(difference(mergedSet, memberSet(withOwned, schema)), lastNamed))
}

/** Lays a configuration on the live object; `conflicts` tell what others owned of what it changes. */
export const applied = (
  live: object,
  config: object,
  owners: Owners,
  manager: Manager,
  tracking: Tracking,
): Applied => {
  const { schema, reset, unowned, time } = tracking
  const key = managerKey(manager)
  const last = owners.get(key)
  const named = differenceBelow(fieldsOf(config, schema), reset)
  const set = difference(named, unowned)
  const mine: Ownership = { ...manager, set, time: last?.time }
  // The name, which nobody owns, is among what the configuration holds: without it the metadata could be dropped.
  const claimed: Owners = new Map(owners).set(key, { ...mine, set: named })
  const merged = mergeValues(live, config, schema) as object
  const object = last ? pruned(merged, last.set, claimed, schema) : merged
  const change = disown(live, object, claimed, key, tracking)
  const left = new Map(change.owners)
  if (isEmptySet(set)) left.delete(key)
  else left.set(key, deepEqual(live, object) ? mine : { ...mine, time })
  return { object, owners: left, conflicts: change.conflicts }
}
