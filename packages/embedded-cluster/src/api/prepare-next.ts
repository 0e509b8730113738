import { err, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import { deepEqual } from "../store/deep-equal.ts"
import type { ResourceName } from "../store-types.ts"
import { type Call, subjectOf } from "./call.ts"
import { invalidObject } from "./field-error.ts"
import { goQuote } from "./go-quote.ts"
import { without } from "./json-object.ts"
import { namespaceFinalizerErrors } from "./kinds/namespace.ts"
import { commonUpdateErrors, kindUpdateErrors, ownUpdateErrors } from "./object-errors.ts"
import { keepServerMetadata } from "./object-metadata.ts"
import { placed } from "./placement.ts"
import { conflict, failure } from "./status.ts"
import { metadataKeptByStatus } from "./status-metadata.ts"
import { chanceOf, contextOf } from "./write-options.ts"

/** Status and spec have different writers: `/status` changes the status and metadata, everything else leaves it. */
const withoutSpecChange = (next: KubeObject, old: KubeObject, resource: string): KubeObject => {
  const { status: _, ...rest } = old
  const kept = metadataKeptByStatus(resource)
  const ofOld = Object.entries(old.metadata).filter(([key]) => kept.includes(key))
  const metadata = { ...without(next.metadata, ...kept), ...Object.fromEntries(ofOld) }
  return { ...rest, metadata, ...(next.status === undefined ? {} : { status: next.status }) } as KubeObject
}

const withoutStatusChange = (next: KubeObject, old: KubeObject): KubeObject => {
  const { status: _, ...rest } = next
  return old.status === undefined ? (rest as KubeObject) : { ...(rest as KubeObject), status: old.status }
}

const unreadableVersion = (version: string): Status =>
  failure(500, "", `strconv.ParseUint: parsing ${goQuote(version)}: invalid syntax`)

/** Where objects lie that are not kept under their resource's name (registry storage prefixes). */
const STORED_AT: Readonly<Partial<Record<ResourceName, string>>> = {
  nodes: "minions",
  services: "services/specs",
  endpoints: "services/endpoints",
  ingresses: "ingress",
  replicationcontrollers: "controllers",
}

/** Why a change is refused that is meant for another object of the same name. */
const otherObject = (resource: ResourceName, { metadata }: KubeObject, uid: string): string => {
  const key = ["", STORED_AT[resource] ?? resource, metadata.namespace, metadata.name].filter(
    (part) => part !== undefined,
  )
  return `StorageError: invalid object, Code: 4, Key: ${key.join("/")}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`
}

/** The approval of a request for a certificate is part of its status. */
const isStatusPath = ({ subresource }: Call): boolean => subresource === "status" || subresource === "approval"

const hasStatus = (call: Call): boolean => call.info.subresources.includes("status")

/** The next version of `old` that a PUT or PATCH asks for, complete and valid; nothing is written. */
export const prepareNext = (call: Call, given: KubeObject, old: KubeObject): Result<KubeObject, Status> => {
  const at = placed(call, given)
  if (!at.ok) return at
  const version = at.value.metadata.resourceVersion
  if (version && !/^\d+$/.test(version)) return err(unreadableVersion(version))
  if (version && version !== old.metadata.resourceVersion) return err(conflict(subjectOf(call)))
  // Whoever sends the whole object means the one that they have seen; a patch is about whatever is there.
  const { uid } = at.value.metadata
  if (uid && uid !== old.metadata.uid && call.method === "PUT")
    return err(conflict(subjectOf(call), otherObject(call.info.stored, old, uid)))
  const merged = keepServerMetadata(at.value, old)
  if (isStatusPath(call)) {
    const object = withoutSpecChange(call.strategy.defaults(merged), old, call.info.resource)
    const errors = [
      ...commonUpdateErrors(merged, old),
      ...ownUpdateErrors(call.info.stored, merged, old),
      ...(call.strategy.validateStatus?.(object, old) ?? []),
    ]
    return errors.length > 0 ? err(invalidObject(call.info, old.metadata.name, errors)) : ok(object)
  }
  if (call.subresource === "finalize") {
    const errors = namespaceFinalizerErrors(merged)
    if (errors.length > 0) return err(invalidObject(call.info, old.metadata.name, errors))
    return ok({ ...old, spec: merged.spec ?? {} })
  }
  let object = call.strategy.defaults(merged)
  const allocated = call.strategy.allocate?.(object, old, contextOf(call, chanceOf(call))) ?? ok(object)
  if (!allocated.ok) return allocated
  object = call.strategy.prepareUpdate?.(allocated.value, old) ?? allocated.value
  if (hasStatus(call) && !call.strategy.ownsStatus) object = withoutStatusChange(object, old)
  if (deepEqual(object, old)) return ok(old)
  const errors = [...commonUpdateErrors(object, old), ...kindUpdateErrors(call.info, object, old)]
  if (errors.length > 0) return err(invalidObject(call.info, old.metadata.name, errors))
  return ok(call.strategy.finish?.(object) ?? object)
}
