import type { ResourceName } from "../store-types.ts"
import { serviceStrategy } from "./service/strategy.ts"
import type { Strategy } from "./strategy.ts"

const plain: Strategy = { defaults: (object) => object, validate: () => [] }

const STRATEGIES: Readonly<Partial<Record<ResourceName, Strategy>>> = { services: serviceStrategy }

export const strategyOf = (resource: ResourceName): Strategy => STRATEGIES[resource] ?? plain
