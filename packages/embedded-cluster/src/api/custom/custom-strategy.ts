import type { KubeObject } from "@pilotage/kube-model"
import type { Strategy } from "../strategy.ts"
import { withSchemaDefaults } from "./defaults.ts"
import { type Step, valuesAt } from "./json-path.ts"
import { schemaErrors } from "./schema-errors.ts"
import type { Structural } from "./structural.ts"

interface CustomRules {
  readonly schema: Structural
  /** The status has a writer of its own. */
  readonly hasStatus: boolean
  readonly selectable: readonly (readonly [field: string, steps: readonly Step[]])[]
  readonly deprecation?: string
}

const withoutStatus = ({ status: _, ...object }: KubeObject): KubeObject => object as KubeObject

const selected = (steps: readonly Step[]) => (object: KubeObject) => String(valuesAt(object, steps)[0] ?? "")

/** The rules of a custom resource: those of its schema. */
export const customStrategy = ({ schema, hasStatus, selectable, deprecation }: CustomRules): Strategy => ({
  defaults: (object) => withSchemaDefaults(object, schema) as KubeObject,
  ...(hasStatus ? { prepareCreate: withoutStatus } : {}),
  validate: (object) => schemaErrors(object, schema),
  validateStatus: (object) => schemaErrors(object, schema),
  selectable: Object.fromEntries(selectable.map(([field, steps]) => [field, selected(steps)])),
  ...(deprecation === undefined ? {} : { deprecation }),
})
