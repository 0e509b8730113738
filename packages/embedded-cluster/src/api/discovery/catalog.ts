import { apiVersionOf, RESOURCES, type ResourceInfo } from "../resources.ts"
import { NAMED_GROUPS, namedGroups, SERVED_VERSIONS, type ServedVersion, servedVersions } from "./served-groups.ts"

/** What a server serves. The same object as long as nothing is added to it or taken away: documents about it are kept by it. */
export interface Catalog {
  readonly versions: readonly ServedVersion[]
  /** The versions of each group other than the core group, by its name. */
  readonly groups: ReadonlyMap<string, readonly ServedVersion[]>
  /** `apiVersion` as `v1`, `apps/v1`. */
  readonly find: (apiVersion: string, resource: string) => ResourceInfo | undefined
  readonly serves: (apiVersion: string) => boolean
}

const assembled = (
  resources: readonly ResourceInfo[],
  versions: readonly ServedVersion[],
  groups: Catalog["groups"],
): Catalog => {
  const byPath = new Map(resources.map((info) => [`${apiVersionOf(info)}/${info.resource}`, info]))
  const served = new Set(resources.map(apiVersionOf))
  return {
    versions,
    groups,
    find: (apiVersion, resource) => byPath.get(`${apiVersion}/${resource}`),
    serves: (apiVersion) => served.has(apiVersion),
  }
}

export const catalogOf = (resources: readonly ResourceInfo[]): Catalog => {
  const versions = servedVersions(resources)
  return assembled(resources, versions, namedGroups(versions))
}

/** What every server of this engine serves. */
export const OWN_CATALOG: Catalog = assembled(RESOURCES, SERVED_VERSIONS, NAMED_GROUPS)

/** Calls `make` at most once for each catalog and key; what a catalog led to goes when it does. */
export const keptByCatalog = <Key, Value>(
  make: (catalog: Catalog, key: Key) => Value,
): ((catalog: Catalog, key: Key) => Value) => {
  const all = new WeakMap<Catalog, Map<Key, { readonly value: Value }>>()
  return (catalog, key) => {
    const values = all.get(catalog) ?? new Map<Key, { readonly value: Value }>()
    all.set(catalog, values)
    const known = values.get(key)
    if (known) return known.value
    const value = make(catalog, key)
    values.set(key, { value })
    return value
  }
}
