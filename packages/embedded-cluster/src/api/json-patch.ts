import { err, ok, type Result, type Status } from "@pilotage/kube-model"
import jsonPatch, { type Operation } from "fast-json-patch"
import { badRequest, failure } from "./status.ts"

/** More operations than this are refused (apiserver `maxJSONPatchOperations`). */
const OPERATION_LIMIT = 10_000

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
    const result = jsonPatch.applyPatch(jsonPatch.deepClone(target), patch as Operation[], true, true, true)
    return ok(result.newDocument)
  } catch {
    return err(rejected())
  }
}
