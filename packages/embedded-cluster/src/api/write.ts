import {
  createRandom,
  err,
  formatTime,
  type KubeAnswer,
  type KubeObject,
  ok,
  type Random,
  type Result,
  randomSuffix,
  randomUid,
  type Status,
} from "@pilotage/kube-model"
import { deepEqual } from "../store/deep-equal.ts"
import { readBody } from "./body.ts"
import { type Call, isDryRun, refusal, stored, subjectOf } from "./call.ts"
import { type Decoded, decodeObject, type FieldValidation } from "./decode.ts"
import { type FieldError, invalidObject, notSupported } from "./field-error.ts"
import { without } from "./json-object.ts"
import { nameRuleOf } from "./name-rules.ts"
import { keepServerMetadata, validateMetadata, validateMetadataUpdate } from "./object-metadata.ts"
import { representation } from "./representation.ts"
import { alreadyExists, answer, badRequest, conflict, failure, forbidden, notFound } from "./status.ts"
import type { StrategyContext } from "./strategy.ts"

/** `fieldValidation` and `dryRun` of the query; the options kind is named in the error. */
export const checkWriteOptions = (call: Call, options: string): Status | undefined => {
  const errors: FieldError[] = []
  const dryRun = call.query.get("dryRun")
  if (dryRun !== undefined && dryRun !== "All" && dryRun !== "")
    errors.push({ ...notSupported("dryRun", [dryRun], ["All"]) })
  const validation = call.query.get("fieldValidation")
  if (validation && !["Ignore", "Warn", "Strict"].includes(validation))
    errors.push(notSupported("fieldValidation", validation, ["Ignore", "Strict", "Warn"]))
  return errors.length > 0 ? invalidObject({ kind: options, group: "meta.k8s.io" }, "", errors) : undefined
}

export const fieldValidationOf = (call: Call): FieldValidation => {
  const given = call.query.get("fieldValidation")
  return given === "Ignore" || given === "Strict" ? given : "Warn"
}

/** Chance for a dry run: what would be drawn, without moving the generator. */
export const chanceOf = (call: Call): Random =>
  isDryRun(call) ? createRandom(call.hooks.random.state()) : call.hooks.random

export const contextOf = (call: Call, random: Random): StrategyContext => ({
  store: call.hooks.store,
  random,
  now: call.hooks.now(),
  dryRun: isDryRun(call),
  config: call.config,
})

const decodeBody = (call: Call): Result<Decoded, Status> => {
  const body = readBody(call.body, call.info.kind)
  if (!body.ok) return body
  return decodeObject(body.value.value, call.info, body.value.duplicates, fieldValidationOf(call))
}

/** Namespace and name that the URL gives; what the body says must agree. */
const placed = (call: Call, object: KubeObject): Result<KubeObject, Status> => {
  const { metadata } = object
  if (!call.info.namespaced) return ok({ ...object, metadata: without(metadata, "namespace") })
  if (metadata.namespace && metadata.namespace !== call.namespace)
    return err(badRequest("the namespace of the provided object does not match the namespace sent on the request"))
  return ok({ ...object, metadata: { ...metadata, namespace: call.namespace } })
}

/** The NamespaceLifecycle admission plugin: no namespace, or one that goes, takes no new objects. */
const checkNamespace = (call: Call, object: KubeObject): Status | undefined => {
  if (!call.info.namespaced) return undefined
  const namespace = call.hooks.store.get("namespaces", "", call.namespace)
  if (!namespace) return notFound({ resource: "namespaces", group: "", name: call.namespace })
  if (namespace.metadata.deletionTimestamp === undefined) return undefined
  return {
    ...forbidden(
      subjectOf(call, object.metadata.name),
      `unable to create new content in namespace ${call.namespace} because it is being terminated`,
    ),
    details: {
      name: object.metadata.name,
      ...(call.info.group ? { group: call.info.group } : {}),
      kind: call.info.resource,
      causes: [
        {
          reason: "NamespaceTerminating",
          message: `namespace ${call.namespace} is being terminated`,
          field: "metadata.namespace",
        },
      ],
    },
  }
}

const SERVER_METADATA = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
] as const

/** A created object as it will be stored, still without what the store gives. Nothing is written. */
const prepareNew = (call: Call, given: KubeObject, random: Random): Result<KubeObject, Status> => {
  if (given.metadata.resourceVersion)
    return err(failure(500, "InternalError", "resourceVersion should not be set on objects to be created"))
  const at = placed(call, given)
  if (!at.ok) return at
  const missing = checkNamespace(call, at.value)
  if (missing) return err(missing)
  const { metadata } = at.value
  const name = metadata.name || (metadata.generateName ? `${metadata.generateName}${randomSuffix(random)}` : "")
  const clean = { ...without(metadata, ...SERVER_METADATA), name }
  const context = contextOf(call, random)
  let object = call.strategy.defaults({ ...at.value, metadata: clean })
  const allocated = call.strategy.allocate?.(object, undefined, context) ?? ok(object)
  if (!allocated.ok) return allocated
  object = call.strategy.prepareCreate?.(allocated.value, context) ?? allocated.value
  const errors = [
    ...validateMetadata(object, nameRuleOf(call.info.resource), call.info.namespaced),
    ...call.strategy.validate(object, undefined),
  ]
  if (errors.length > 0) return err(invalidObject(call.info, name, errors))
  if (stored(call, name)) return err(alreadyExists(subjectOf(call, name)))
  return ok(call.strategy.finish?.(object) ?? object)
}

const respond = (
  call: Call,
  status: number,
  object: KubeObject,
  warnings: readonly string[],
): Result<KubeAnswer, Status> => {
  const shown = representation(call)
  if (!shown.ok) return shown
  return ok(answer(status, shown.value.one(object), warnings))
}

const allWarnings = (
  call: Call,
  decoded: readonly string[],
  object: KubeObject,
  old?: KubeObject,
): readonly string[] => [
  ...decoded,
  ...(call.strategy.deprecation ? [call.strategy.deprecation] : []),
  ...(call.strategy.warnings?.(object, old) ?? []),
]

export const createObject = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "CreateOptions")
  if (bad) return err(bad)
  const decoded = decodeBody(call)
  if (!decoded.ok) return decoded
  return createDecoded(call, decoded.value)
}

const createDecoded = (call: Call, decoded: Decoded): Result<KubeAnswer, Status> => {
  const random = chanceOf(call)
  const prepared = prepareNew(call, decoded.object, random)
  if (!prepared.ok) return prepared
  const warnings = allWarnings(call, decoded.warnings, prepared.value)
  if (isDryRun(call)) {
    const dry = { uid: randomUid(random), creationTimestamp: formatTime(call.hooks.now()) }
    return respond(call, 201, { ...prepared.value, metadata: { ...prepared.value.metadata, ...dry } }, warnings)
  }
  const done = call.hooks.commit({ kind: "create", resource: call.info.resource, object: prepared.value })
  if (!done.ok) return err(refusal(call, done.error))
  return respond(call, 201, done.value?.object ?? prepared.value, warnings)
}

/** Status and spec have different writers: `/status` changes only the status, everything else leaves it. */
const onlyStatus = (next: KubeObject, old: KubeObject): KubeObject => {
  const { status: _, ...rest } = old
  return next.status === undefined ? (rest as KubeObject) : { ...old, status: next.status }
}

const withoutStatusChange = (next: KubeObject, old: KubeObject): KubeObject => {
  const { status: _, ...rest } = next
  return old.status === undefined ? (rest as KubeObject) : { ...(rest as KubeObject), status: old.status }
}

const HAS_STATUS: ReadonlySet<string> = new Set([
  "namespaces",
  "nodes",
  "pods",
  "services",
  "deployments",
  "replicasets",
])

/** The next version of `old` that a PUT or PATCH asks for, complete and valid; nothing is written. */
const prepareNext = (call: Call, given: KubeObject, old: KubeObject): Result<KubeObject, Status> => {
  const at = placed(call, given)
  if (!at.ok) return at
  const version = at.value.metadata.resourceVersion
  if (version && version !== old.metadata.resourceVersion) return err(conflict(subjectOf(call)))
  const merged = keepServerMetadata(at.value, old)
  if (call.subresource === "status") {
    const object = onlyStatus(call.strategy.defaults(merged), old)
    const errors = [...validateMetadataUpdate(merged, old), ...(call.strategy.validateStatus?.(object, old) ?? [])]
    return errors.length > 0 ? err(invalidObject(call.info, old.metadata.name, errors)) : ok(object)
  }
  if (call.subresource === "finalize") return ok({ ...old, spec: merged.spec ?? {} })
  let object = call.strategy.defaults(merged)
  const allocated = call.strategy.allocate?.(object, old, contextOf(call, chanceOf(call))) ?? ok(object)
  if (!allocated.ok) return allocated
  object = call.strategy.prepareUpdate?.(allocated.value, old) ?? allocated.value
  if (HAS_STATUS.has(call.info.resource) && !call.strategy.ownsStatus) object = withoutStatusChange(object, old)
  if (deepEqual(object, old)) return ok(old)
  const errors = [
    // Upstream checks metadata twice, once for all kinds and once in each kind's rules; causes come twice.
    ...validateMetadataUpdate(object, old),
    ...validateMetadataUpdate(object, old),
    ...validateMetadata(object, () => [], call.info.namespaced),
    ...call.strategy.validate(object, old),
    ...(call.strategy.validateUpdate?.(object, old) ?? []),
  ]
  if (errors.length > 0) return err(invalidObject(call.info, old.metadata.name, errors))
  return ok(call.strategy.finish?.(object) ?? object)
}

/** Writes the next version of `old` and answers with it. Used by PUT, PATCH and scale. */
export const storeNext = (
  call: Call,
  decoded: Decoded,
  old: KubeObject,
  show: (object: KubeObject, warnings: readonly string[]) => Result<KubeAnswer, Status> = (object, warnings) =>
    respond(call, 200, object, warnings),
): Result<KubeAnswer, Status> => {
  const prepared = prepareNext(call, decoded.object, old)
  if (!prepared.ok) return prepared
  const warnings = allWarnings(call, decoded.warnings, prepared.value, old)
  if (isDryRun(call)) return show(prepared.value, warnings)
  const done = call.hooks.commit({ kind: "update", resource: call.info.resource, object: prepared.value })
  if (!done.ok) return err(refusal(call, done.error))
  return show(done.value?.object ?? old, warnings)
}

export const replaceObject = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "UpdateOptions")
  if (bad) return err(bad)
  const decoded = decodeBody(call)
  if (!decoded.ok) return decoded
  const { name } = decoded.value.object.metadata
  if (name && name !== call.name)
    return err(badRequest(`the name of the object (${name}) does not match the name on the URL (${call.name})`))
  const named = { ...decoded.value.object, metadata: { ...decoded.value.object.metadata, name: call.name } }
  const old = stored(call)
  if (old) return storeNext(call, { ...decoded.value, object: named }, old)
  if (named.metadata.resourceVersion || call.subresource !== "" || call.info.resource !== "services")
    return err(notFound(subjectOf(call)))
  return createDecoded(call, { ...decoded.value, object: named })
}
