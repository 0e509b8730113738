import { apiVersionOf, RESOURCES, type ResourceInfo } from "../resources.ts"
import { GROUP_PRIORITY } from "./group-priority.ts"

const priorityOf = (group: string): number => {
  const at = GROUP_PRIORITY.indexOf(group)
  return at < 0 ? GROUP_PRIORITY.length : at
}

/** A version of a group with its resources in the order of their names. */
export interface ServedVersion {
  /** "" is the core group. */
  readonly group: string
  readonly version: string
  /** `v1`, `apps/v1`. */
  readonly groupVersion: string
  /** `/api/v1`, `/apis/apps/v1`. */
  readonly path: string
  readonly resources: readonly ResourceInfo[]
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/
const STAGES = ["alpha", "beta", undefined]

/** The newest finished version first, then those in beta, in alpha, and what is called otherwise (apimachinery `version`). */
const versionRank = (version: string): readonly number[] => {
  const match = VERSION.exec(version)
  return match ? [1, STAGES.indexOf(match[2]), Number(match[1]), Number(match[3] ?? 0)] : [0, 0, 0, 0]
}

const byVersion = (a: string, b: string): number => {
  const [first, second] = [versionRank(a), versionRank(b)]
  const at = first.findIndex((each, index) => each !== second[index])
  return at < 0 ? byText(a, b) : (second[at] ?? 0) - (first[at] ?? 0)
}

/** The versions of resources, the preferred one of a group first. */
export const servedVersions = (all: readonly ResourceInfo[]): readonly ServedVersion[] => {
  const versions = new Map<string, ResourceInfo[]>()
  for (const info of all) {
    const groupVersion = apiVersionOf(info)
    const known = versions.get(groupVersion)
    if (known) known.push(info)
    else versions.set(groupVersion, [info])
  }
  return [...versions]
    .map(([groupVersion, resources]) => {
      const { group = "", version = "" }: { readonly group?: string; readonly version?: string } = resources[0] ?? {}
      const path = `${group === "" ? "/api" : "/apis"}/${groupVersion}`
      return {
        group,
        version,
        groupVersion,
        path,
        resources: resources.toSorted((a, b) => byText(a.resource, b.resource)),
      }
    })
    .sort(
      (a, b) =>
        priorityOf(a.group) - priorityOf(b.group) || byText(a.group, b.group) || byVersion(a.version, b.version),
    )
}

/** Everything served, the preferred version of a group first. */
export const SERVED_VERSIONS: readonly ServedVersion[] = servedVersions(RESOURCES)

export const namedGroups = (versions: readonly ServedVersion[]): ReadonlyMap<string, readonly ServedVersion[]> => {
  const names = new Set(versions.map(({ group }) => group).filter((group) => group !== ""))
  return new Map([...names].map((name) => [name, versions.filter(({ group }) => group === name)]))
}

/** The versions of each group other than the core group, by its name. */
export const NAMED_GROUPS: ReadonlyMap<string, readonly ServedVersion[]> = namedGroups(SERVED_VERSIONS)
