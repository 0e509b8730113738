import type { ResourceInfo } from "../resources.ts"
import { SERVED_VERSIONS, type ServedVersion } from "./served-groups.ts"
import { subresourcesOf, verbsOf } from "./verbs.ts"

/** Aggregated discovery (apidiscovery.k8s.io): all groups of `/api` or `/apis` with all their resources in one document. */
export type AggregatedVersion = "v2" | "v2beta1"

/** Objects of the resource's own group are told without it. */
const responseKind = (kind: string, group = "", version = ""): object => ({ group, version, kind })

const resourceEntry = (info: ResourceInfo): object => {
  const subresources = subresourcesOf(info).map(({ name, group, version, kind, verbs }) => ({
    subresource: name,
    responseKind: responseKind(kind, group, version),
    verbs,
  }))
  return {
    resource: info.resource,
    responseKind: responseKind(info.kind),
    scope: info.namespaced ? "Namespaced" : "Cluster",
    singularResource: info.singular,
    verbs: verbsOf(info),
    ...(info.shortNames.length > 0 ? { shortNames: info.shortNames } : {}),
    ...(info.categories.length > 0 ? { categories: info.categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  }
}

const groupEntry = (metadata: object, versions: readonly ServedVersion[]): object => ({
  metadata,
  versions: versions.map(({ version, resources }) => ({
    version,
    resources: resources.map(resourceEntry),
    freshness: "Current",
  })),
})

const listOf = (version: AggregatedVersion, items: readonly object[]): object => ({
  kind: "APIGroupDiscoveryList",
  apiVersion: `apidiscovery.k8s.io/${version}`,
  metadata: {},
  items,
})

/** `/api` */
export const aggregatedCore = (version: AggregatedVersion): object =>
  listOf(version, [
    groupEntry(
      {},
      SERVED_VERSIONS.filter(({ group }) => group === ""),
    ),
  ])

/** `/apis` */
export const aggregatedGroups = (
  version: AggregatedVersion,
  groups: ReadonlyMap<string, readonly ServedVersion[]>,
): object =>
  listOf(
    version,
    [...groups].map(([name, versions]) => groupEntry({ name }, versions)),
  )

/**
 * The aggregated form that an Accept header asks for before plain JSON; undefined: the plain documents.
 * Media types are tried in the order in which they stand.
 */
export const aggregatedVersion = (accept: string): AggregatedVersion | undefined => {
  for (const clause of accept.split(",")) {
    const [type, ...parameters] = clause.split(";").map((part) => part.trim())
    if (type !== "application/json") continue
    const values = new Map(parameters.map((each) => [each.split("=")[0], each.split("=")[1]]))
    if (values.get("as") === undefined) return undefined
    if (values.get("g") !== "apidiscovery.k8s.io" || values.get("as") !== "APIGroupDiscoveryList") continue
    const version = values.get("v")
    if (version === "v2" || version === "v2beta1") return version
  }
  return undefined
}
