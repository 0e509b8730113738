import type { Status } from "@pilotage/kube-model"
import { failure } from "../status.ts"
import { type FieldSet, pathTexts } from "./field-set.ts"
import type { Manager } from "./managers.ts"

/** Fields that a configuration wants to change and another manager owns. */
export interface Conflict {
  readonly owner: Manager
  readonly set: FieldSet
}

const told = ({ manager, subresource, operation, apiVersion }: Manager): string => {
  const name = JSON.stringify(manager)
  const place = subresource === "" ? "" : ` with subresource ${JSON.stringify(subresource)}`
  return `${name}${place}${operation === "Update" ? ` using ${apiVersion}` : ""}`
}

/** The 409 of a server-side apply: one cause per field and manager (apimachinery `managedfields/internal/conflict.go`). */
export const applyConflict = (conflicts: readonly Conflict[]): Status => {
  const owned = conflicts
    .map(({ owner, set }) => ({ owner: told(owner), paths: pathTexts(set) }))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1))
  const all = owned.flatMap(({ owner, paths }) => paths.map((path) => ({ owner, path })))
  const [first] = all
  const message =
    all.length === 1 && first
      ? `Apply failed with 1 conflict: conflict with ${first.owner}: ${first.path}`
      : `Apply failed with ${all.length} conflicts: ${owned
          .map(({ owner, paths }) => [`conflicts with ${owner}:`, ...paths.map((path) => `- ${path}`)].join("\n"))
          .join("\n")}`
  return failure(409, "Conflict", message, {
    causes: all.map(({ owner, path }) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${owner}`,
      field: path,
    })),
  })
}
