import type { ResourceName } from "../store-types.ts"
import type { Strategy } from "./strategy.ts"

const plain: Strategy = { defaults: (object) => object, validate: () => [] }

export const strategyOf = (_resource: ResourceName): Strategy => plain
