import type { KubeObject } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import type { FieldError } from "./field-error.ts"
import { nameRuleOf } from "./name-rules.ts"
import { contentErrors, finalizerNameErrors, validateMetadata, validateMetadataUpdate } from "./object-metadata.ts"
import type { ResourceInfo } from "./resources.ts"
import { strategyOf } from "./strategies.ts"
import type { Strategy } from "./strategy.ts"

const rulesOf = (info: ResourceInfo): Strategy => info.custom?.strategy ?? strategyOf(info.stored)

/** What is wrong with a new object, complete with its defaults. */
export const creationErrors = (info: ResourceInfo, object: KubeObject): FieldError[] => [
  ...validateMetadata(object, nameRuleOf(info.stored), info.namespaced),
  ...rulesOf(info).validate(object, undefined),
]

/** Kinds whose rules of a change ask for the whole of the metadata again. */
const TWICE: ReadonlySet<ResourceName> = new Set([
  "pods",
  "configmaps",
  "secrets",
  "namespaces",
  "nodes",
  "endpoints",
  "ingresses",
  "jobs",
])

/** Kinds whose own rules know no metadata. */
const NEVER: ReadonlySet<ResourceName> = new Set(["poddisruptionbudgets"])

/** What is common to all changes, before the kind's own rules (apiserver `rest.BeforeUpdate`); contents come twice. */
export const commonUpdateErrors = (object: KubeObject, old: KubeObject): FieldError[] => [
  ...validateMetadataUpdate(object, old),
  ...contentErrors(object),
]

/** What the rules of most kinds say of changed metadata (core/validation ValidateObjectMetaUpdate). */
export const ownUpdateErrors = (resource: ResourceName, object: KubeObject, old: KubeObject): FieldError[] =>
  NEVER.has(resource)
    ? []
    : [
        ...validateMetadataUpdate(object, old),
        ...finalizerNameErrors(object.metadata.finalizers ?? [], "metadata.finalizers"),
      ]

/**
 * What a kind's own rules say of a change, in their order: the rules of a Service ask first what may not change, those of
 * the other kinds last. Metadata is checked here as well as before; causes come as often as upstream tells them.
 */
export const kindUpdateErrors = (info: ResourceInfo, object: KubeObject, old: KubeObject): FieldError[] => {
  const { validate, validateUpdate } = rulesOf(info)
  const resource = info.stored
  const changes = validateUpdate?.(object, old) ?? []
  const whole = [
    ...(TWICE.has(resource) ? validateMetadata(object, () => [], info.namespaced) : []),
    ...validate(object, old),
  ]
  return [
    ...ownUpdateErrors(resource, object, old),
    ...(resource === "services" ? [...changes, ...whole] : [...whole, ...changes]),
  ]
}
