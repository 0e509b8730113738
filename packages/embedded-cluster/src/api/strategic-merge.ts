import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import { isJson, type Json } from "./json-object.ts"
import { type FieldType, type StructType, structType } from "./schema/type-text.ts"
import { sortedText } from "./sorted-text.ts"
import { badRequest } from "./status.ts"

const ORDER = "$setElementOrder/"
const DELETE = "$deleteFromPrimitiveList/"

const keyOf = (item: unknown, mergeKey: string): unknown =>
  mergeKey === "" ? item : isJson(item) ? item[mergeKey] : undefined

/** A key of an element as text, by which elements are looked up. */
const keyText = (item: unknown, mergeKey: string): string => sortedText(keyOf(item, mergeKey))

/** Where the first element with each key stands. */
const firstPlaces = (items: readonly unknown[], mergeKey: string): Map<string, number> => {
  const places = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const key = keyText(item, mergeKey)
    if (!places.has(key)) places.set(key, index)
  }
  return places
}

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
  const keys = patchKeys.map(sortedText)
  const patched = new Map<string, unknown[]>(keys.map((key) => [key, []]))
  const left: unknown[] = []
  for (const item of merged) (patched.get(keyText(item, mergeKey)) ?? left).push(item)
  const right = keys.flatMap((key) => patched.get(key) ?? [])
  const places = firstPlaces(before, mergeKey)
  const placeOf = (item: unknown): number => places.get(keyText(item, mergeKey)) ?? -1
  const out: unknown[] = []
  let [l, r] = [0, 0]
  while (l < left.length && r < right.length) {
    const [mine, theirs] = [placeOf(left[l]), placeOf(right[r])]
    if (mine >= 0 && theirs >= 0 && mine < theirs) out.push(left[l++])
    else out.push(right[r++])
  }
  return [...out, ...left.slice(l), ...right.slice(r)]
}

const mergeList = (
  before: readonly unknown[],
  patch: readonly unknown[],
  type: { readonly item: FieldType; readonly mergeKey: string },
  order: readonly unknown[] | undefined,
): readonly unknown[] => {
  const { item: itemType, mergeKey } = type
  const isDirective = (item: unknown): item is Json => isJson(item) && item.$patch !== undefined
  const directives = patch.filter(isDirective)
  const items = patch.filter((item) => !isDirective(item))
  if (directives.some((each) => each.$patch === "replace")) return items
  const deleted = new Set(directives.filter((each) => each.$patch === "delete").map((each) => keyText(each, mergeKey)))
  const merged = before.filter((item) => !deleted.has(keyText(item, mergeKey)))
  const places = firstPlaces(merged, mergeKey)
  for (const item of items) {
    const key = keyText(item, mergeKey)
    const at = places.get(key)
    if (at === undefined) {
      places.set(key, merged.length)
      merged.push(mergeValue(undefined, item, itemType))
    } else merged[at] = mergeValue(merged[at], item, itemType)
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

const withoutValues = (value: unknown, gone: readonly unknown[]): unknown => {
  if (!Array.isArray(value)) return value
  const texts = new Set(gone.map(sortedText))
  return value.filter((each) => !texts.has(sortedText(each)))
}

const mergeStruct = (target: Json, patch: Json, type: StructType | undefined): Json => {
  if (patch.$patch === "replace") return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== "$patch"))
  if (patch.$patch === "delete") return {}
  const retainKeys = listAt(patch, "$retainKeys")
  const retained = retainKeys && new Set(retainKeys)
  const result: Record<string, unknown> = Object.fromEntries(
    Object.entries(target).filter(([key]) => retained === undefined || retained.has(key)),
  )
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE)) {
      const field = key.slice(DELETE.length)
      if (Object.hasOwn(result, field)) result[field] = withoutValues(result[field], listAt(patch, key) ?? [])
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
    const items = Object.hasOwn(result, field) ? result[field] : undefined
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
