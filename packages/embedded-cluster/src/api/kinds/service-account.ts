import type { Strategy } from "../strategy.ts"

/** Who pods are. Nothing is asked of one but its name. */
export const serviceAccountStrategy: Strategy = {
  defaults: (object) => object,
  validate: () => [],
}
