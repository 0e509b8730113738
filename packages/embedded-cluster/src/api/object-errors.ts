import type { KubeObject } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import type { FieldError } from "./field-error.ts"
import { nameRuleOf } from "./name-rules.ts"
import { validateMetadata, validateMetadataUpdate } from "./object-metadata.ts"
import { strategyOf } from "./strategies.ts"

/** What is wrong with a new object, complete with its defaults. */
export const creationErrors = (resource: ResourceName, object: KubeObject, namespaced: boolean): FieldError[] => [
  ...validateMetadata(object, nameRuleOf(resource), namespaced),
  ...strategyOf(resource).validate(object, undefined),
]

/**
 * What a kind's own rules say of a change, in their order: the rules of a Service ask first what may not change, those of
 * the other kinds last. Metadata is checked here as well as before, for all kinds; causes come twice.
 */
export const kindUpdateErrors = (
  resource: ResourceName,
  object: KubeObject,
  old: KubeObject,
  namespaced: boolean,
): FieldError[] => {
  const { validate, validateUpdate } = strategyOf(resource)
  const changes = validateUpdate?.(object, old) ?? []
  const whole = [...validateMetadata(object, () => [], namespaced), ...validate(object, old)]
  return [
    ...validateMetadataUpdate(object, old),
    ...(resource === "services" ? [...changes, ...whole] : [...whole, ...changes]),
  ]
}
