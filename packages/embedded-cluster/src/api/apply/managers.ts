import type { KubeObject, ManagedFields } from "@pilotage/kube-model"
import { isJson } from "../json-object.ts"
import { type FieldSet, fromFieldsV1, isEmptySet, toFieldsV1, union } from "./field-set.ts"

/** Who owns fields: one writer with one operation; `apiVersion` tells updaters apart, but not those who apply. */
export interface Manager {
  readonly manager: string
  readonly operation: "Apply" | "Update"
  readonly apiVersion: string
  readonly subresource: string
}

export interface Ownership extends Manager {
  readonly set: FieldSet
  /** RFC 3339; who comes to own fields without changing any has none. */
  readonly time: string | undefined
}

/** Ownerships by manager. */
export type Owners = ReadonlyMap<string, Ownership>

export const managerKey = ({ manager, operation, apiVersion, subresource }: Manager): string =>
  JSON.stringify([manager, operation, operation === "Apply" ? "" : apiVersion, subresource])

const ownership = (entry: unknown): Ownership | undefined => {
  if (!isJson(entry)) return undefined
  const { manager = "", operation, apiVersion, subresource = "", time, fieldsV1 } = entry
  const set = fromFieldsV1(fieldsV1 ?? {})
  if (!set || typeof manager !== "string" || typeof apiVersion !== "string" || typeof subresource !== "string")
    return undefined
  if (operation !== "Apply" && operation !== "Update") return undefined
  return { manager, operation, apiVersion, subresource, set, time: typeof time === "string" ? time : undefined }
}

/** Owners of an object's fields; undefined when managedFields cannot be read. */
export const ownersOf = (managedFields: unknown): Owners | undefined => {
  const owners = new Map<string, Ownership>()
  for (const entry of Array.isArray(managedFields) ? managedFields : []) {
    const owner = ownership(entry)
    if (!owner) return undefined
    owners.set(managerKey(owner), owner)
  }
  return owners
}

export const liveOwners = (object: KubeObject | undefined): Owners =>
  ownersOf(object?.metadata.managedFields) ?? new Map()

const earlier = (a: string | undefined, b: string | undefined): number => {
  const [left, right] = [a ?? "", b ?? ""]
  return left < right ? -1 : left > right ? 1 : 0
}

const inOrder = (a: Ownership, b: Ownership): number =>
  earlier(a.operation, b.operation) ||
  earlier(a.time, b.time) ||
  earlier(a.manager, b.manager) ||
  earlier(a.apiVersion, b.apiVersion) ||
  earlier(a.subresource, b.subresource)

/** managedFields: those who apply first, then by time and name. Who owns nothing is left out; undefined when nobody does. */
export const managedFieldsOf = (owners: Owners): readonly ManagedFields[] | undefined => {
  const entries = [...owners.values()]
    .filter(({ set }) => !isEmptySet(set))
    .sort(inOrder)
    .map(
      ({ manager, operation, apiVersion, subresource, set, time }): ManagedFields => ({
        ...(manager === "" ? {} : { manager }),
        operation,
        apiVersion,
        ...(time === undefined ? {} : { time }),
        fieldsType: "FieldsV1",
        fieldsV1: toFieldsV1(set),
        ...(subresource === "" ? {} : { subresource }),
      }),
    )
  return entries.length === 0 ? undefined : entries
}

const UPDATER_LIMIT = 10
const ANCIENT = "ancient-changes"

/** At most ten updaters: the oldest are told as one, by API version (apimachinery `managedfields/internal/capmanagers.go`). */
export const capped = (owners: Owners): Owners => {
  const updaters = [...owners].filter(([, each]) => each.operation === "Update").sort(([, a], [, b]) => inOrder(a, b))
  let count = updaters.length
  if (count <= UPDATER_LIMIT) return owners
  const out = new Map(owners)
  for (const [key, oldest] of updaters) {
    if (count <= UPDATER_LIMIT) break
    if (oldest.manager === ANCIENT) continue
    const ancient = { manager: ANCIENT, operation: "Update", apiVersion: oldest.apiVersion, subresource: "" } as const
    const before = out.get(managerKey(ancient))
    out.delete(key)
    out.set(managerKey(ancient), {
      ...ancient,
      set: before ? union(before.set, oldest.set) : oldest.set,
      time: earlier(before?.time, oldest.time) > 0 ? before?.time : oldest.time,
    })
    if (before) count -= 1
  }
  return out
}
