import { ok, type Result } from "@pilotage/kube-model"
import { child, type Json } from "../json-object.ts"
import { type Conformed, conform } from "../schema/conform.ts"
import { prune } from "./prune.ts"
import type { Structural } from "./structural.ts"

/** An object of a custom resource with the fields that its schema and the type of metadata name. */
export const conformCustom = (value: Json, schema: Structural): Result<Conformed, string> => {
  const metadata = conform(child(value, "metadata"), "ObjectMeta")
  if (!metadata.ok) return metadata
  const pruned = prune(value, schema)
  return ok({
    value: { ...pruned.value, metadata: metadata.value.value },
    unknown: [...metadata.value.unknown.map((path) => `metadata.${path}`), ...pruned.unknown],
  })
}
