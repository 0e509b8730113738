import type { ResourceName } from "../store-types.ts"
import { APPS, CORE } from "./resources/core-and-apps.ts"
import { MACHINERY } from "./resources/machinery.ts"
import { BATCH_AND_POLICY, NETWORKING, REVIEWS, ROLES, STORAGE_AND_SCHEDULING } from "./resources/other-groups.ts"
import type { ResourceInfo } from "./resources/resource-info.ts"

export type { ResourceInfo } from "./resources/resource-info.ts"

/** What this API server serves. Names and hashes are those of a v1.36 server. */
export const RESOURCES: readonly ResourceInfo[] = [
  ...CORE,
  ...APPS,
  ...REVIEWS,
  ...BATCH_AND_POLICY,
  ...NETWORKING,
  ...ROLES,
  ...STORAGE_AND_SCHEDULING,
  ...MACHINERY,
]

export const apiVersionOf = ({ group, version }: Pick<ResourceInfo, "group" | "version">): string =>
  group ? `${group}/${version}` : version

const stored = RESOURCES.filter((info) => !info.createOnly && !info.readOnly && !info.conversion)

/** Names of the resources that live in a namespace and are stored there. */
export const NAMESPACED: readonly ResourceName[] = stored.filter((info) => info.namespaced).map((info) => info.stored)

/** Names of all resources that are stored. */
export const STORED: readonly ResourceName[] = stored.map((info) => info.stored)

/** Path of a kind's collection, `/apis/apps/v1/namespaces/shop/deployments`; undefined for a kind that is not served. */
export const collectionPath = (apiVersion: string, kind: string, namespace: string): string | undefined => {
  const info = RESOURCES.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion)
  if (!info) return undefined
  const root = info.group ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return info.namespaced ? `${root}/namespaces/${namespace}/${info.resource}` : `${root}/${info.resource}`
}
