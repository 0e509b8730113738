import { err, type KubeObject, ok, type Random, type Result, randomSuffix, type Status } from "@pilotage/kube-model"
import { type Call, stored, subjectOf } from "./call.ts"
import { invalidObject } from "./field-error.ts"
import { without } from "./json-object.ts"
import { creationErrors } from "./object-errors.ts"
import { checkNamespace, placed } from "./placement.ts"
import { alreadyExists, failure } from "./status.ts"
import { contextOf } from "./write-options.ts"

const SERVER_METADATA = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
] as const

/** So that the name fits into a label (apiserver `storage/names/generate.go`). */
const LONGEST_BASE = 58

const generatedName = (base: string | undefined, random: Random): string =>
  base ? `${base.slice(0, LONGEST_BASE)}${randomSuffix(random)}` : ""

/** A created object as it will be stored, still without what the store gives. Nothing is written. */
export const prepareNew = (call: Call, given: KubeObject, random: Random): Result<KubeObject, Status> => {
  if (given.metadata.resourceVersion)
    return err(failure(500, "InternalError", "resourceVersion should not be set on objects to be created"))
  const at = placed(call, given)
  if (!at.ok) return at
  const missing = checkNamespace(call, at.value)
  if (missing) return err(missing)
  const { metadata } = at.value
  const name = metadata.name || generatedName(metadata.generateName, random)
  const clean = { ...without(metadata, ...SERVER_METADATA), name }
  const context = contextOf(call, random)
  let object = call.strategy.defaults({ ...at.value, metadata: clean })
  const allocated = call.strategy.allocate?.(object, undefined, context) ?? ok(object)
  if (!allocated.ok) return allocated
  object = call.strategy.prepareCreate?.(allocated.value, context) ?? allocated.value
  const errors = creationErrors(call.info, object)
  if (errors.length > 0) return err(invalidObject(call.info, name, errors))
  if (stored(call, name)) return err(alreadyExists(subjectOf(call, name)))
  return ok(call.strategy.finish?.(object) ?? object)
}
