import { RESOURCES, type ResourceName } from "@pilotage/embedded-cluster/judging"

/** The version of a resource that is stored, as the API server's parts want it named. */
export const servedResource = (resource: ResourceName): (typeof RESOURCES)[number] => {
  const info = RESOURCES.find((each) => each.stored === resource && each.conversion === undefined)
  if (!info) throw new Error(`${resource} are not served`)
  return info
}
