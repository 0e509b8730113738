import type { KubeObject } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import { type Catalog, catalogOf, OWN_CATALOG } from "../discovery/catalog.ts"
import { RESOURCES } from "../resources.ts"
import { versionsOf } from "./custom-version.ts"

const catalogs = new WeakMap<readonly KubeObject[], Catalog>()

/** What a cluster serves: what every server does, and the custom resources that are defined in it. */
export const catalogIn = (store: Pick<StoreView, "list">): Catalog => {
  // The store hands out the same list until one of its objects changes.
  const definitions = store.list("customresourcedefinitions")
  if (definitions.length === 0) return OWN_CATALOG
  const known = catalogs.get(definitions)
  if (known) return known
  const made = catalogOf([...RESOURCES, ...definitions.flatMap(versionsOf)])
  catalogs.set(definitions, made)
  return made
}
