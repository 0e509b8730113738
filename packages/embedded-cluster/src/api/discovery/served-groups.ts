import { apiVersionOf, RESOURCES, type ResourceInfo } from "../resources.ts"

/** Groups in the order in which an API server tells them: by their priority, which clients use to resolve short names. */
const PRIORITY: readonly string[] = [
  "",
  "apiregistration.k8s.io",
  "apps",
  "events.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "networking.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "storage.k8s.io",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "scheduling.k8s.io",
  "coordination.k8s.io",
  "node.k8s.io",
  "discovery.k8s.io",
  "resource.k8s.io",
  "flowcontrol.apiserver.k8s.io",
]

const priorityOf = (group: string): number => {
  const at = PRIORITY.indexOf(group)
  return at < 0 ? PRIORITY.length : at
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

const served = (): readonly ServedVersion[] => {
  const versions = new Map<string, ResourceInfo[]>()
  for (const info of RESOURCES) {
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
    .sort((a, b) => priorityOf(a.group) - priorityOf(b.group) || byText(b.version, a.version))
}

/** Everything served, the preferred version of a group first. */
export const SERVED_VERSIONS: readonly ServedVersion[] = served()

const namedGroups = (): ReadonlyMap<string, readonly ServedVersion[]> => {
  const names = new Set(SERVED_VERSIONS.map(({ group }) => group).filter((group) => group !== ""))
  return new Map([...names].map((name) => [name, SERVED_VERSIONS.filter(({ group }) => group === name)]))
}

/** The versions of each group other than the core group, by its name. */
export const NAMED_GROUPS: ReadonlyMap<string, readonly ServedVersion[]> = namedGroups()
