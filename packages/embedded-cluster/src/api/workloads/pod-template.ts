import { child } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { templateDefaults } from "./template-defaults.ts"
import { podTemplateErrors } from "./template-errors.ts"

export const podTemplateStrategy: Strategy = {
  defaults: (object) => ({ ...object, template: templateDefaults(child(object, "template")) }),
  validate: (object) => podTemplateErrors(child(object, "template"), "template"),
}
