import type { ResourceName, StoreView } from "../../store-types.ts"

/** Names under which objects of the custom resources of a cluster are stored: those of their definitions. */
export const customNames = (view: Pick<StoreView, "list">): readonly ResourceName[] =>
  view.list("customresourcedefinitions").map(({ metadata }) => metadata.name as ResourceName)

/** No name of the server's own resources has a dot. */
export const isCustomName = (resource: ResourceName): boolean => resource.includes(".")
