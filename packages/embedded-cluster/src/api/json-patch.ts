import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import jsonPatch, { type Operation } from "fast-json-patch"
import { badRequest, failure } from "./status.ts"

/** More operations than this are refused (apiserver `maxJSONPatchOperations`). */
const OPERATION_LIMIT = 10_000

/** Bytes that all copies of a patch may add together (apiserver `JSONPatchMaxCopyBytes`): doubling copies end here. */
const COPY_LIMIT = 3 * 1024 * 1024

/** The size of what an operation copies. */
const copiedBytes = (document: unknown, operation: Operation): number =>
  operation.op === "copy" ? JSON.stringify(jsonPatch.getValueByPointer(document, operation.from) ?? null).length : 0

const applied = (target: unknown, patch: readonly Operation[]): unknown => {
  let document = jsonPatch.deepClone(target)
  let copied = 0
  for (const [index, operation] of patch.entries()) {
    copied += copiedBytes(document, operation)
    if (copied > COPY_LIMIT) throw new RangeError()
    document = jsonPatch.applyOperation(document, operation, true, true, true, index).newDocument
  }
  return document
}

const rejected = (): Status =>
  failure(422, "Invalid", "the server rejected our request due to an error in our request", {})

/** RFC 6902. A test that fails and a path that is not there are both 422, without saying more, as upstream answers. */
export const applyJsonPatch = (target: unknown, patch: unknown): Result<unknown, Status> => {
  if (!Array.isArray(patch))
    return err(badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch"))
  if (patch.length > OPERATION_LIMIT)
    return err(
      failure(
        413,
        "RequestEntityTooLarge",
        `Request entity too large: The allowed maximum operations in a JSON patch is ${OPERATION_LIMIT}, got ${patch.length}`,
      ),
    )
  try {
    return ok(applied(target, patch as Operation[]))
  } catch {
    return err(rejected())
  }
}
