import { err, type KubeAnswer, ok, type Result, type Status } from "@pilotage/kube-model"
import { applyPatch } from "./apply/apply-patch.ts"
import { readPatchBody, unknownFormat } from "./body.ts"
import { type Call, stored, subjectOf } from "./call.ts"
import { decodeObject } from "./decode.ts"
import { isJson } from "./json-object.ts"
import { applyJsonPatch } from "./json-patch.ts"
import { mergePatch } from "./merge-patch.ts"
import { kindType } from "./schema/type-text.ts"
import { badRequest, notFound, unsupportedMediaType } from "./status.ts"
import { strategicMerge } from "./strategic-merge.ts"
import { createDecoded, storeNext } from "./write.ts"
import { checkWriteOptions, fieldValidationOf, isApply } from "./write-options.ts"

const KNOWN = ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"]

const patchType = (call: Call): string | undefined => {
  const type = (call.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
  return KNOWN.includes(type) ? type : undefined
}

const STRATEGIC = "application/strategic-merge-patch+json"

/** Nobody said how lists of custom resources merge. */
const CUSTOM_PATCHES = "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"

/** Applies a patch body of the given media type to a JSON object. */
export const patched = (call: Call, object: unknown): Result<unknown, Status> => {
  const type = patchType(call)
  if (type === undefined) return err(unsupportedMediaType())
  if (type === STRATEGIC && call.info.custom) return err(unknownFormat(CUSTOM_PATCHES))
  const body = readPatchBody(call.body, type === "application/strategic-merge-patch+json")
  if (!body.ok) return body
  const patch = body.value.value
  if (type === "application/json-patch+json") return applyJsonPatch(object, patch)
  if (!isJson(patch)) return err(badRequest("the patch is no object"))
  if (type === "application/merge-patch+json") return ok(mergePatch(object, patch))
  return strategicMerge(
    isJson(object) ? object : {},
    patch,
    call.subresource === "scale" ? "Scale" : kindType(call.info),
  )
}

/** Creates what is not there yet, but only through the object's own path. */
const applyObject = (call: Call): Result<KubeAnswer, Status> => {
  const old = stored(call)
  if (!old && call.subresource !== "") return err(notFound(subjectOf(call)))
  const wanted = applyPatch(call, old)
  if (!wanted.ok) return wanted
  return old ? storeNext(call, wanted.value, old) : createDecoded(call, wanted.value)
}

export const patchObject = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "PatchOptions")
  if (bad) return err(bad)
  if (isApply(call)) return applyObject(call)
  const old = stored(call)
  if (patchType(call) === undefined) return err(unsupportedMediaType())
  if (!old) return err(notFound(subjectOf(call)))
  const result = patched(call, call.info.conversion?.fromStored(old) ?? old)
  if (!result.ok) return result
  const decoded = decodeObject(result.value, call.info, [], fieldValidationOf(call))
  if (!decoded.ok) return decoded
  if (decoded.value.object.metadata.name !== call.name)
    return err(badRequest("the name of the object does not match the name on the URL"))
  return storeNext(call, decoded.value, old)
}
