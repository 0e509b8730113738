import type { ResourceInfo } from "../resources.ts"
import type { ServedVersion } from "./served-groups.ts"
import { subresourcesOf, verbsOf } from "./verbs.ts"

/** The documents of discovery as it was before it was aggregated: one for each group and version. */

const entriesOf = (info: ResourceInfo): readonly object[] => [
  {
    name: info.resource,
    singularName: info.singular,
    namespaced: info.namespaced,
    kind: info.kind,
    verbs: verbsOf(info),
    ...(info.shortNames.length > 0 ? { shortNames: info.shortNames } : {}),
    ...(info.categories.length > 0 ? { categories: info.categories } : {}),
    ...(info.storageVersionHash === "" ? {} : { storageVersionHash: info.storageVersionHash }),
  },
  ...subresourcesOf(info).map(({ name, group, version, kind, verbs }) => ({
    name: `${info.resource}/${name}`,
    singularName: "",
    namespaced: info.namespaced,
    ...(group === undefined ? {} : { group, version }),
    kind,
    verbs,
  })),
]

/** `/api/v1` and `/apis/apps/v1`; only the core group's list leaves out its apiVersion. */
export const resourceList = ({ group, groupVersion, resources }: ServedVersion): object => ({
  kind: "APIResourceList",
  ...(group === "" ? {} : { apiVersion: "v1" }),
  groupVersion,
  resources: resources.flatMap(entriesOf),
})

const groupEntry = (name: string, versions: readonly ServedVersion[]): object => {
  const entries = versions.map(({ groupVersion, version }) => ({ groupVersion, version }))
  return { name, versions: entries, preferredVersion: entries[0] }
}

/** `/apis/apps`. */
export const groupDocument = (name: string, versions: readonly ServedVersion[]): object => ({
  kind: "APIGroup",
  apiVersion: "v1",
  ...groupEntry(name, versions),
})

/** `/apis`. */
export const groupList = (groups: ReadonlyMap<string, readonly ServedVersion[]>): object => ({
  kind: "APIGroupList",
  apiVersion: "v1",
  groups: [...groups].map(([name, versions]) => groupEntry(name, versions)),
})

/** `/api`. The address is that of the first control plane node. */
export const coreVersions = (): object => ({
  kind: "APIVersions",
  versions: ["v1"],
  serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "172.18.0.2:6443" }],
})
