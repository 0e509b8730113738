import { ok, type Result, type Status } from "@pilotage/kube-model"
import type { Json } from "./json-object.ts"
import { mergePatch } from "./merge-patch.ts"

export const strategicMerge = (target: unknown, patch: Json, _kind: string): Result<unknown, Status> =>
  ok(mergePatch(target, patch))
