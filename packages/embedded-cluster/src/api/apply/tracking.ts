import { formatTime, type KubeObject, type ManagedFields } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import type { Call } from "../call.ts"
import { isJson, without } from "../json-object.ts"
import { apiVersionOf } from "../resources.ts"
import { metadataKeptByStatus } from "../status-metadata.ts"
import { kindSchema } from "./field-schema.ts"
import { EMPTY_SET, type FieldSet, pathSet, union } from "./field-set.ts"
import { capped, liveOwners, type Manager, managedFieldsOf, type Owners, ownersOf } from "./managers.ts"
import { afterUpdate, type Tracking } from "./ownership.ts"
import { managerName } from "./user-agent.ts"

const SERVER_FIELDS = [
  "name",
  "namespace",
  "creationTimestamp",
  "selfLink",
  "uid",
  "generation",
  "managedFields",
  "resourceVersion",
]

const metadataFields = (names: readonly string[]): readonly FieldSet[] =>
  names.map((name) => pathSet("f:metadata", `f:${name}`))

/** What no manager is told to own (apimachinery `managedfields/internal/stripmeta.go`). */
const UNOWNED: FieldSet = [
  pathSet("f:apiVersion"),
  pathSet("f:kind"),
  pathSet("f:metadata"),
  ...metadataFields(SERVER_FIELDS),
].reduce(union)

const resetFields = ({ info, subresource }: Pick<Call, "info" | "subresource">): FieldSet => {
  if (subresource === "status" || subresource === "approval")
    return [pathSet("f:spec"), ...metadataFields(metadataKeptByStatus(info.resource))].reduce(union)
  return info.subresources.includes("status") ? pathSet("f:status") : EMPTY_SET
}

export const trackingOf = (call: Call): Tracking => ({
  schema: kindSchema(call.info),
  reset: resetFields(call),
  unowned: UNOWNED,
  time: formatTime(call.hooks.now()),
})

/** Of a write to `/status` by a program of the control plane. */
export const statusTracking = (info: Call["info"], time: string): Tracking => ({
  schema: kindSchema(info),
  reset: resetFields({ info, subresource: "status" }),
  unowned: UNOWNED,
  time,
})

export const managerOf = (call: Call, operation: Manager["operation"], name: string): Manager => ({
  manager: name,
  operation,
  apiVersion: apiVersionOf(call.info),
  subresource: call.subresource,
})

/** An object as managers see it. */
export const unmanaged = (object: KubeObject | undefined): object =>
  object ? { ...object, metadata: without(object.metadata, "managedFields") } : {}

const isReset = (given: unknown): boolean =>
  Array.isArray(given) && given.length === 1 && isJson(given[0]) && Object.keys(given[0]).length === 0

/** Clients may rewrite managedFields, though not through a subresource; `[{}]` ends the tracking. */
const ownersBefore = (call: Call, live: KubeObject | undefined, given: unknown): Owners => {
  if (call.subresource === "") {
    if (isReset(given)) return new Map()
    const owners = ownersOf(given)
    if (owners && owners.size > 0) return owners
  }
  return liveOwners(live)
}

/**
 * managedFields after a write that is no apply; undefined: nobody is told to own anything. `next` is complete with its
 * defaults, before anything is allocated. An object that nobody owned stays so, and so does one that is created in process
 * by who says neither `fieldManager` nor a user agent: that keeps clusters small.
 */
export const managedAfterWrite = (
  call: Call,
  storedLive: KubeObject | undefined,
  storedNext: KubeObject,
): readonly ManagedFields[] | undefined => {
  const shown = call.info.conversion?.fromStored ?? ((object: KubeObject) => object)
  const [live, next] = [storedLive && shown(storedLive), shown(storedNext)]
  const before = ownersBefore(call, live, next.metadata.managedFields)
  const name = managerName(call.query, call.headers)
  if (before.size === 0 && (live !== undefined || name === undefined)) return undefined
  const manager = managerOf(call, "Update", name ?? "")
  // A Scale carries no times back to the object that it scales (apimachinery `managedfields/scalehandler.go`).
  const tracking = call.subresource === "scale" ? { ...trackingOf(call), time: undefined } : trackingOf(call)
  return managedFieldsOf(capped(afterUpdate(unmanaged(live), unmanaged(next), before, manager, tracking)))
}

export const withManagedFields = (object: KubeObject, fields: readonly ManagedFields[] | undefined): KubeObject => ({
  ...object,
  metadata: { ...without(object.metadata, "managedFields"), ...(fields ? { managedFields: fields } : {}) },
})

const timeless = (fields: readonly ManagedFields[] | undefined): unknown =>
  fields?.map((entry) => without(entry, "time"))

/** `next` with its managedFields; when nothing but their times would change, those of `old`: nothing is written then. */
export const withOwnersOver = (
  old: KubeObject,
  next: KubeObject,
  fields: readonly ManagedFields[] | undefined,
): KubeObject => {
  const before = old.metadata.managedFields
  const isSame = deepEqual(timeless(before), timeless(fields)) && deepEqual(unmanaged(old), unmanaged(next))
  return withManagedFields(next, isSame ? before : fields)
}
