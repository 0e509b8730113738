import type { ResourceName } from "../store-types.ts"

export interface ResourceInfo {
  readonly resource: ResourceName
  readonly singular: string
  readonly kind: string
  readonly group: "" | "apps" | "discovery.k8s.io"
  readonly version: "v1"
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly subresources: readonly ("status" | "scale" | "log" | "finalize")[]
  /** Namespaces have no deletecollection. */
  readonly deleteCollection: boolean
  readonly storageVersionHash: string
}

const make = (
  resource: ResourceName,
  kind: string,
  storageVersionHash: string,
  more: Partial<ResourceInfo> = {},
): ResourceInfo => ({
  resource,
  singular: kind.toLowerCase(),
  kind,
  group: "",
  version: "v1",
  namespaced: true,
  shortNames: [],
  categories: [],
  subresources: [],
  deleteCollection: true,
  storageVersionHash,
  ...more,
})

/** What this API server serves, in the order of discovery. Names and hashes are those of a v1.36 server. */
export const RESOURCES: readonly ResourceInfo[] = [
  make("configmaps", "ConfigMap", "qFsyl6wFWjQ=", { shortNames: ["cm"] }),
  make("endpoints", "Endpoints", "fWeeMqaN/OA=", { shortNames: ["ep"] }),
  make("events", "Event", "r2yiGXH7wu8=", { shortNames: ["ev"] }),
  make("namespaces", "Namespace", "Q3oi5N2YM8M=", {
    namespaced: false,
    shortNames: ["ns"],
    subresources: ["finalize", "status"],
    deleteCollection: false,
  }),
  make("nodes", "Node", "XwShjMxG9Fs=", { namespaced: false, shortNames: ["no"], subresources: ["status"] }),
  make("pods", "Pod", "xPOwRZ+Yhw8=", { shortNames: ["po"], categories: ["all"], subresources: ["log", "status"] }),
  make("services", "Service", "0/CO1lhkEBI=", { shortNames: ["svc"], categories: ["all"], subresources: ["status"] }),
  make("deployments", "Deployment", "8aSe+NMegvE=", {
    group: "apps",
    shortNames: ["deploy"],
    categories: ["all"],
    subresources: ["scale", "status"],
  }),
  make("replicasets", "ReplicaSet", "P1RzHs8/mWQ=", {
    group: "apps",
    shortNames: ["rs"],
    categories: ["all"],
    subresources: ["scale", "status"],
  }),
  make("endpointslices", "EndpointSlice", "qgS0xkrxYAI=", { group: "discovery.k8s.io" }),
]

export const apiVersionOf = ({ group, version }: Pick<ResourceInfo, "group" | "version">): string =>
  group ? `${group}/${version}` : version

const byPath = new Map(RESOURCES.map((info) => [`${info.group}/${info.resource}`, info]))

export const findResource = (group: string, resource: string): ResourceInfo | undefined =>
  byPath.get(`${group}/${resource}`)

export const GROUPS: readonly string[] = ["", "apps", "discovery.k8s.io"]

/** Path of a kind's collection, `/apis/apps/v1/namespaces/shop/deployments`; undefined for a kind that is not served. */
export const collectionPath = (apiVersion: string, kind: string, namespace: string): string | undefined => {
  const info = RESOURCES.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion)
  if (!info) return undefined
  const root = info.group ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return info.namespaced ? `${root}/namespaces/${namespace}/${info.resource}` : `${root}/${info.resource}`
}
