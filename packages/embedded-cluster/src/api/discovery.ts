import type { KubeAnswer } from "@pilotage/kube-model"
import { GROUPS, RESOURCES, type ResourceInfo } from "./resources.ts"
import { answer, textAnswer } from "./status.ts"

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
const SUB_VERBS: Readonly<Record<string, readonly string[]>> = {
  log: ["get"],
  finalize: ["update"],
  scale: ["get", "patch", "update"],
  status: ["get", "patch", "update"],
}

/** `/version`, as a v1.36.3 server answers; the build fields say nothing about the server that was imitated. */
const VERSION = {
  major: "1",
  minor: "36",
  emulationMajor: "1",
  emulationMinor: "36",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "35",
  gitVersion: "v1.36.3",
  gitCommit: "0000000000000000000000000000000000000000",
  gitTreeState: "clean",
  buildDate: "2026-01-01T00:00:00Z",
  goVersion: "go1.26.8",
  compiler: "gc",
  platform: "linux/amd64",
}

const resourceEntries = (info: ResourceInfo): readonly object[] => [
  {
    name: info.resource,
    singularName: info.singular,
    namespaced: info.namespaced,
    kind: info.kind,
    verbs: VERBS.filter((verb) => verb !== "deletecollection" || info.deleteCollection),
    ...(info.shortNames.length > 0 ? { shortNames: info.shortNames } : {}),
    ...(info.categories.length > 0 ? { categories: info.categories } : {}),
    storageVersionHash: info.storageVersionHash,
  },
  ...info.subresources.map((sub) => ({
    name: `${info.resource}/${sub}`,
    singularName: "",
    namespaced: info.namespaced,
    ...(sub === "scale" ? { group: "autoscaling", version: "v1" } : {}),
    kind: sub === "scale" ? "Scale" : info.kind,
    verbs: SUB_VERBS[sub] ?? [],
  })),
]

const resourceList = (group: string): object => ({
  kind: "APIResourceList",
  ...(group === "" ? {} : { apiVersion: "v1" }),
  groupVersion: group === "" ? "v1" : `${group}/v1`,
  resources: RESOURCES.filter((info) => info.group === group).flatMap(resourceEntries),
})

const groupEntry = (group: string): object => ({
  name: group,
  versions: [{ groupVersion: `${group}/v1`, version: "v1" }],
  preferredVersion: { groupVersion: `${group}/v1`, version: "v1" },
})

const namedGroups = GROUPS.filter((group) => group !== "")

const documentAt = (path: readonly string[]): unknown => {
  const [root, group, version, more] = path
  if (more !== undefined) return undefined
  if (root === "version" && group === undefined) return VERSION
  if (root === "api" && version === undefined) {
    if (group === "v1") return resourceList("")
    if (group === undefined)
      return {
        kind: "APIVersions",
        versions: ["v1"],
        serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "172.18.0.2:6443" }],
      }
  }
  if (root !== "apis") return undefined
  if (group === undefined) return { kind: "APIGroupList", apiVersion: "v1", groups: namedGroups.map(groupEntry) }
  if (!namedGroups.includes(group)) return undefined
  if (version === undefined) return { kind: "APIGroup", apiVersion: "v1", ...groupEntry(group) }
  return version === "v1" ? resourceList(group) : undefined
}

const HEALTH: ReadonlySet<string> = new Set(["healthz", "livez", "readyz"])

/** What is not a resource: `/version`, `/api…`, `/apis…`, health; anything else is not there. */
export const discover = (path: readonly string[], method: string): KubeAnswer => {
  const [root] = path
  const document = method === "GET" ? documentAt(path) : undefined
  if (document !== undefined) return answer(200, document)
  if (path.length === 1 && root !== undefined && HEALTH.has(root)) return textAnswer(200, "ok")
  return textAnswer(404, "404 page not found\n")
}
