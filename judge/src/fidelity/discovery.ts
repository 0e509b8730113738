import { z } from "zod"

/** A subresource, `status` of `services/status`. */
interface Subresource {
  readonly name: string
  readonly verbs: readonly string[]
}

/** What a server serves of one resource, as its aggregated discovery tells. */
export interface DiscoveredResource {
  /** `v1`, `apps/v1`. */
  readonly apiVersion: string
  readonly resource: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly verbs: readonly string[]
  readonly subresources: readonly Subresource[]
}

const strings = z.array(z.string()).default([])

const groupList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().default("") }).default({ name: "" }),
      versions: z.array(
        z.object({
          version: z.string(),
          resources: z
            .array(
              z.object({
                resource: z.string(),
                responseKind: z.object({ kind: z.string() }),
                scope: z.string(),
                shortNames: strings,
                verbs: strings,
                subresources: z.array(z.object({ subresource: z.string(), verbs: strings })).default([]),
              }),
            )
            .default([]),
        }),
      ),
    }),
  ),
})

/** Reads an APIGroupDiscoveryList (apidiscovery.k8s.io/v2). Throws for anything else. */
export const discovered = (document: unknown): readonly DiscoveredResource[] =>
  groupList.parse(document).items.flatMap(({ metadata: { name: group }, versions }) =>
    versions.flatMap(({ version, resources }) =>
      resources.map(({ resource, responseKind, scope, shortNames, verbs, subresources }) => ({
        apiVersion: group === "" ? version : `${group}/${version}`,
        resource,
        kind: responseKind.kind,
        namespaced: scope === "Namespaced",
        shortNames,
        verbs: verbs.toSorted(),
        subresources: subresources.map((each) => ({ name: each.subresource, verbs: each.verbs.toSorted() })),
      })),
    ),
  )

/** What one server has and another has not. */
export interface Missing {
  /** API versions of which nothing is served, with their resources. */
  readonly versions: readonly { readonly apiVersion: string; readonly resources: readonly string[] }[]
  /** Of API versions that are served. */
  readonly resources: readonly { readonly apiVersion: string; readonly resource: string }[]
  /** Of resources that are served: `services/proxy`, with the verbs that lack. */
  readonly verbs: readonly { readonly apiVersion: string; readonly path: string; readonly verbs: readonly string[] }[]
}

const key = ({ apiVersion, resource }: Pick<DiscoveredResource, "apiVersion" | "resource">) =>
  `${apiVersion} ${resource}`

const less = (all: readonly string[], some: readonly string[]): readonly string[] =>
  all.filter((each) => !some.includes(each))

/** What `theirs` serves and `ours` does not, in the order of theirs. */
export const missingFrom = (ours: readonly DiscoveredResource[], theirs: readonly DiscoveredResource[]): Missing => {
  const served = new Map(ours.map((each) => [key(each), each]))
  const versions = new Set(ours.map(({ apiVersion }) => apiVersion))
  const absent = [...new Set(theirs.map(({ apiVersion }) => apiVersion))].filter((each) => !versions.has(each))
  const verbs = theirs.flatMap(({ apiVersion, resource, verbs: wanted, subresources }) => {
    const own = served.get(`${apiVersion} ${resource}`)
    if (!own) return []
    const gaps = [
      { path: resource, verbs: less(wanted, own.verbs) },
      ...subresources.map(({ name, verbs: each }) => ({
        path: `${resource}/${name}`,
        verbs: less(each, own.subresources.find((sub) => sub.name === name)?.verbs ?? []),
      })),
    ]
    return gaps.filter((gap) => gap.verbs.length > 0).map((gap) => ({ apiVersion, ...gap }))
  })
  return {
    versions: absent.map((apiVersion) => ({
      apiVersion,
      resources: theirs.filter((each) => each.apiVersion === apiVersion).map(({ resource }) => resource),
    })),
    resources: theirs
      .filter((each) => versions.has(each.apiVersion) && !served.has(key(each)))
      .map(({ apiVersion, resource }) => ({ apiVersion, resource })),
    verbs,
  }
}
