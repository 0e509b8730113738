import type { KubeObject } from "@pilotage/kube-model"
import type { ResourceName } from "../../store-types.ts"
import type { CustomVersion } from "../custom/custom-version.ts"

export interface ResourceInfo {
  /** Plural name in paths. */
  readonly resource: string
  readonly singular: string
  readonly kind: string
  /** "" is the core group. */
  readonly group: string
  readonly version: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly subresources: readonly string[]
  /** Namespaces have no deletecollection. */
  readonly deleteCollection: boolean
  /** Nothing is stored: an object is sent and comes back with an answer in it. */
  readonly createOnly: boolean
  /** Nothing can be changed: get and list are all. */
  readonly readOnly: boolean
  /** Under which name it is stored; the same for all versions of a resource. */
  readonly stored: ResourceName
  /** For a version that is not the stored one. */
  readonly conversion?: Conversion
  /** For a resource that was defined in the cluster. */
  readonly custom?: CustomVersion
  /** "" for what is not stored. */
  readonly storageVersionHash: string
}

/** Between an object of this version and the same in the stored one. Parts of objects are converted too. */
export interface Conversion {
  readonly toStored: (object: KubeObject) => KubeObject
  /** The same answer for the same object, so that it is written once for all who read it. */
  readonly fromStored: (object: KubeObject) => KubeObject
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
    readOnly: false,
    stored: resource,
    storageVersionHash,
    ...more,
  })

export const STATUS: Partial<ResourceInfo> = { subresources: ["status"] }
export const SCALED: Partial<ResourceInfo> = { subresources: ["scale", "status"] }
export const IN_ALL: Partial<ResourceInfo> = { categories: ["all"] }
export const CLUSTER: Partial<ResourceInfo> = { namespaced: false }
