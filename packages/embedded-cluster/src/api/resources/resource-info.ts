import type { ResourceName } from "../../store-types.ts"

export interface ResourceInfo {
  readonly resource: ResourceName
  readonly singular: string
  readonly kind: string
  /** "" is the core group. */
  readonly group: string
  readonly version: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly subresources: readonly ("attach" | "exec" | "finalize" | "log" | "portforward" | "proxy" | "scale" | "status")[]
  /** Namespaces have no deletecollection. */
  readonly deleteCollection: boolean
  /** Nothing is stored: an object is sent and comes back with an answer in it. */
  readonly createOnly: boolean
  /** "" for what is not stored. */
  readonly storageVersionHash: string
}

/** One row of the table of resources: `group` and `version` first, then what is particular to the resource. */
export const served =
  (group: string, version: string) =>
  (
    resource: ResourceName,
    kind: string,
    storageVersionHash: string,
    more: Partial<ResourceInfo> = {},
  ): ResourceInfo => ({
    resource,
    singular: kind.toLowerCase(),
    kind,
    group,
    version,
    namespaced: true,
    shortNames: [],
    categories: [],
    subresources: [],
    deleteCollection: true,
    createOnly: false,
    storageVersionHash,
    ...more,
  })

export const STATUS: Partial<ResourceInfo> = { subresources: ["status"] }
export const SCALED: Partial<ResourceInfo> = { subresources: ["scale", "status"] }
export const IN_ALL: Partial<ResourceInfo> = { categories: ["all"] }
export const CLUSTER: Partial<ResourceInfo> = { namespaced: false }
