import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import { deepEqual } from "../store/deep-equal.ts"
import { isJson, type Json } from "./json-object.ts"
import { type FieldType, type StructType, structType } from "./schema/type-text.ts"
import { badRequest } from "./status.ts"

const ORDER = "$setElementOrder/"
const DELETE = "$deleteFromPrimitiveList/"

const keyOf = (item: unknown, mergeKey: string): unknown =>
  mergeKey === "" ? item : isJson(item) ? item[mergeKey] : undefined

const indexOfKey = (items: readonly unknown[], key: unknown, mergeKey: string): number =>
  items.findIndex((item) => deepEqual(keyOf(item, mergeKey), key))

/**
 * Elements of the patch in the patch's order, woven into those that only the server has: one of the server's goes first
 * only when both were there before in that order (apimachinery `strategicpatch` mergeSortedSlice). So new ones come first.
 */
const woven = (
  merged: readonly unknown[],
  before: readonly unknown[],
  patchKeys: readonly unknown[],
  mergeKey: string,
): readonly unknown[] => {
  const isPatched = (item: unknown): boolean => patchKeys.some((key) => deepEqual(key, keyOf(item, mergeKey)))
  const left = merged.filter((item) => !isPatched(item))
  const right = patchKeys.flatMap((key) => merged.filter((item) => deepEqual(keyOf(item, mergeKey), key)))
  const out: unknown[] = []
  while (left.length > 0 && right.length > 0) {
    const l = indexOfKey(before, keyOf(left[0], mergeKey), mergeKey)
    const r = indexOfKey(before, keyOf(right[0], mergeKey), mergeKey)
    out.push(l >= 0 && r >= 0 && l < r ? left.shift() : right.shift())
  }
  return [...out, ...left, ...right]
}

const mergeList = (
  before: readonly unknown[],
  patch: readonly unknown[],
  type: { readonly item: FieldType; readonly mergeKey: string },
  order: readonly unknown[] | undefined,
): readonly unknown[] => {
  const { item: itemType, mergeKey } = type
  const directives = patch.filter((item): item is Json => isJson(item) && item.$patch !== undefined)
  const items = patch.filter((item) => !(isJson(item) && item.$patch !== undefined))
  if (directives.some((each) => each.$patch === "replace")) return items
  let merged = before.filter(
    (item) =>
      !directives.some((each) => each.$patch === "delete" && deepEqual(keyOf(each, mergeKey), keyOf(item, mergeKey))),
  )
  for (const item of items) {
    const at = indexOfKey(merged, keyOf(item, mergeKey), mergeKey)
    if (at < 0) merged = [...merged, mergeValue(undefined, item, itemType)]
    else merged = merged.map((each, index) => (index === at ? mergeValue(each, item, itemType) : each))
  }
  const patchKeys = (order ?? items).map((item) => (isJson(item) ? keyOf(item, mergeKey) : item))
  return woven(merged, before, patchKeys, mergeKey)
}

const mergeValue = (target: unknown, patch: unknown, type: FieldType | undefined): unknown => {
  if (!isJson(patch)) return patch
  if (type?.kind === "struct") return mergeStruct(isJson(target) ? target : {}, patch, structType(type.name))
  return mergeStruct(isJson(target) ? target : {}, patch, undefined)
}

const listAt = (object: Json, key: string): readonly unknown[] | undefined => {
  const value = object[key]
  return Array.isArray(value) ? value : undefined
}

const withoutValues = (value: unknown, gone: readonly unknown[]): unknown =>
  Array.isArray(value) ? value.filter((each) => !gone.some((other) => deepEqual(each, other))) : value

const mergeStruct = (target: Json, patch: Json, type: StructType | undefined): Json => {
  if (patch.$patch === "replace") return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== "$patch"))
  if (patch.$patch === "delete") return {}
  const retained = listAt(patch, "$retainKeys")
  const result: Record<string, unknown> = Object.fromEntries(
    Object.entries(target).filter(([key]) => retained === undefined || retained.includes(key)),
  )
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE)) {
      const field = key.slice(DELETE.length)
      result[field] = withoutValues(result[field], listAt(patch, key) ?? [])
    }
    if (key.startsWith("$")) continue
    const field = type?.get(key)
    const before = Object.hasOwn(result, key) ? result[key] : undefined
    if (value === null) delete result[key]
    else if (Array.isArray(value) && field?.kind === "list" && field.mergeKey !== undefined)
      result[key] = mergeList(
        Array.isArray(before) ? before : [],
        value,
        { item: field.item, mergeKey: field.mergeKey },
        listAt(patch, `${ORDER}${key}`),
      )
    else result[key] = mergeValue(before, value, field)
  }
  for (const key of Object.keys(patch)) {
    const field = key.slice(ORDER.length)
    const list = type?.get(field)
    const items = result[field]
    if (!key.startsWith(ORDER) || Object.hasOwn(patch, field) || !Array.isArray(items) || list?.kind !== "list")
      continue
    const mergeKey = list.mergeKey ?? ""
    const keys = (listAt(patch, key) ?? []).map((item) => (isJson(item) ? keyOf(item, mergeKey) : item))
    result[field] = woven(items, items, keys, mergeKey)
  }
  return result
}

/** Elements of merged lists must carry their key. */
const missingKey = (patch: unknown, type: FieldType | undefined): string | undefined => {
  if (Array.isArray(patch)) {
    if (type?.kind !== "list") return undefined
    const { mergeKey = "" } = type
    for (const item of patch) {
      const isKeyless = mergeKey !== "" && isJson(item) && item.$patch !== "replace" && item[mergeKey] === undefined
      if (isKeyless) return `map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`
      const inner = missingKey(item, type.item)
      if (inner !== undefined) return inner
    }
    return undefined
  }
  if (!isJson(patch) || type?.kind !== "struct") return undefined
  const struct = structType(type.name)
  for (const [key, value] of Object.entries(patch)) {
    const inner = missingKey(value, struct.get(key))
    if (inner !== undefined) return inner
  }
  return undefined
}

/** A strategic merge patch on an object of `kind`; lists with a patch key are joined by it, others replaced. */
export const strategicMerge = (target: Json, patch: Json, kind: string): Result<unknown, Status> => {
  const problem = missingKey(patch, { kind: "struct", name: kind })
  if (problem !== undefined) return err(badRequest(problem))
  return ok(mergeStruct(target, patch, structType(kind)))
}
