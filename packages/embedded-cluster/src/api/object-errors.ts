import type { KubeObject } from "@pilotage/kube-model"
import type { FieldError } from "./field-error.ts"
import { nameRuleOf } from "./name-rules.ts"
import { validateMetadata, validateMetadataUpdate } from "./object-metadata.ts"
import type { ResourceInfo } from "./resources.ts"
import { strategyOf } from "./strategies.ts"
import type { Strategy } from "./strategy.ts"

const rulesOf = (info: ResourceInfo): Strategy => info.custom?.strategy ?? strategyOf(info.stored)

/** What is wrong with a new object, complete with its defaults. */
export const creationErrors = (info: ResourceInfo, object: KubeObject): FieldError[] => [
  ...validateMetadata(object, nameRuleOf(info.stored), info.namespaced),
  ...rulesOf(info).validate(object, undefined),
]

/**
 * What a kind's own rules say of a change, in their order: the rules of a Service ask first what may not change, those of
 * the other kinds last. Metadata is checked here as well as before, for all kinds; causes come twice.
 */
export const kindUpdateErrors = (info: ResourceInfo, object: KubeObject, old: KubeObject): FieldError[] => {
  const { validate, validateUpdate } = rulesOf(info)
  const changes = validateUpdate?.(object, old) ?? []
  const whole = [...validateMetadata(object, () => [], info.namespaced), ...validate(object, old)]
  return [
    ...validateMetadataUpdate(object, old),
    ...(info.stored === "services" ? [...changes, ...whole] : [...whole, ...changes]),
  ]
}
