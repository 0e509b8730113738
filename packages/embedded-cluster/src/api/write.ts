import {
  err,
  type KubeAnswer,
  type KubeObject,
  type ManagedFields,
  ok,
  type Result,
  type Status,
} from "@pilotage/kube-model"
import { bornObject, changedObject } from "../store/object-versions.ts"
import type { ResourceName } from "../store-types.ts"
import { managedAfterWrite, withManagedFields, withOwnersOver } from "./apply/tracking.ts"
import { readBody } from "./body.ts"
import { type Call, isDryRun, refusal, stored, subjectOf } from "./call.ts"
import { type Decoded, decodeObject } from "./decode.ts"
import { without } from "./json-object.ts"
import { prepareNew } from "./prepare-new.ts"
import { prepareNext } from "./prepare-next.ts"
import { representation } from "./representation.ts"
import { answer, badRequest, notFound } from "./status.ts"
import { chanceOf, checkWriteOptions, fieldValidationOf } from "./write-options.ts"

const decodeBody = (call: Call): Result<Decoded, Status> => {
  const body = readBody(call.body, call.info.kind)
  if (!body.ok) return body
  return decodeObject(body.value.value, call.info, body.value.duplicates, fieldValidationOf(call))
}

const respond = (
  call: Call,
  status: number,
  object: KubeObject,
  warnings: readonly string[],
): Result<KubeAnswer, Status> => {
  const shown = representation(call)
  if (!shown.ok) return shown
  return ok(answer(status, shown.value.one(object), warnings))
}

const allWarnings = (
  call: Call,
  decoded: readonly string[],
  object: KubeObject,
  old?: KubeObject,
): readonly string[] => [
  ...decoded,
  ...(call.strategy.deprecation ? [call.strategy.deprecation] : []),
  ...(call.strategy.warnings?.(object, old) ?? []),
]

export const createObject = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "CreateOptions")
  if (bad) return err(bad)
  const decoded = decodeBody(call)
  if (!decoded.ok) return decoded
  return createDecoded(call, decoded.value)
}

/** A decoded object; with `managedFields` if whoever decoded it knows who owns what then (undefined: nobody). */
type Owned = Decoded & { readonly managedFields?: readonly ManagedFields[] | undefined }

/** managedFields of what is to be written: those that are known, else those of an ordinary write. */
const managedBy = (call: Call, decoded: Owned, old?: KubeObject): readonly ManagedFields[] | undefined =>
  "managedFields" in decoded
    ? decoded.managedFields
    : managedAfterWrite(call, old, call.strategy.defaults(decoded.object))

/** Creates the object of a POST, or of an apply that found none. */
export const createDecoded = (call: Call, decoded: Owned): Result<KubeAnswer, Status> => {
  const random = chanceOf(call)
  const unowned = prepareNew(call, decoded.object, random)
  if (!unowned.ok) return unowned
  const prepared = ok(withManagedFields(unowned.value, managedBy(call, decoded)))
  const warnings = allWarnings(call, decoded.warnings, prepared.value)
  if (isDryRun(call)) {
    const dry = bornObject(call.info.stored, prepared.value, random, call.hooks.now(), 0)
    return respond(call, 201, { ...dry, metadata: without(dry.metadata, "resourceVersion") }, warnings)
  }
  const done = call.hooks.commit({ kind: "create", resource: call.info.stored, object: prepared.value })
  if (!done.ok) return err(refusal(call, done.error))
  return respond(call, 201, done.value?.object ?? prepared.value, warnings)
}

/** Writes the next version of `old` and answers with it. Used by PUT, PATCH and scale. */
export const storeNext = (
  call: Call,
  decoded: Owned,
  old: KubeObject,
  show: (object: KubeObject, warnings: readonly string[]) => Result<KubeAnswer, Status> = (object, warnings) =>
    respond(call, 200, object, warnings),
): Result<KubeAnswer, Status> => {
  const unowned = prepareNext(call, decoded.object, old)
  if (!unowned.ok) return unowned
  const prepared = ok(withOwnersOver(old, unowned.value, managedBy(call, decoded, old)))
  const warnings = allWarnings(call, decoded.warnings, prepared.value, old)
  // The generation is raised before the server asks itself whether to keep what it has.
  if (isDryRun(call)) return show(changedObject(call.info.stored, old, prepared.value) ?? old, warnings)
  const done = call.hooks.commit({ kind: "update", resource: call.info.stored, object: prepared.value })
  if (!done.ok) return err(refusal(call, done.error))
  return show(done.value?.object ?? old, warnings)
}

/** Kinds of which a PUT may create an object (their strategy's AllowCreateOnUpdate). */
const CREATED_BY_PUT: ReadonlySet<ResourceName> = new Set<ResourceName>([
  "clusterrolebindings",
  "clusterroles",
  "endpoints",
  "events",
  "leases",
  "limitranges",
  "rolebindings",
  "roles",
  "services",
])

export const replaceObject = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "UpdateOptions")
  if (bad) return err(bad)
  const decoded = decodeBody(call)
  if (!decoded.ok) return decoded
  const { name } = decoded.value.object.metadata
  if (name && name !== call.name)
    return err(badRequest(`the name of the object (${name}) does not match the name on the URL (${call.name})`))
  const named = { ...decoded.value.object, metadata: { ...decoded.value.object.metadata, name: call.name } }
  const old = stored(call)
  if (old) return storeNext(call, { ...decoded.value, object: named }, old)
  if (named.metadata.resourceVersion || call.subresource !== "" || !CREATED_BY_PUT.has(call.info.stored))
    return err(notFound(subjectOf(call)))
  return createDecoded(call, { ...decoded.value, object: named })
}
