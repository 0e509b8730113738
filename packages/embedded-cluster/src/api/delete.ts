import {
  err,
  formatTime,
  type KubeAnswer,
  type KubeObject,
  ok,
  type Pod,
  type Result,
  type Status,
} from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import { readBody } from "./body.ts"
import { type Call, isDryRun, refusal, stored, subjectOf } from "./call.ts"
import { deleteInstances, withCleanup } from "./custom/instances.ts"
import { child, isJson, type Json } from "./json-object.ts"
import { selectObjects } from "./read.ts"
import { representation } from "./representation.ts"
import { requestFilter } from "./selectors.ts"
import { answer, conflict, forbidden, notFound } from "./status.ts"
import { checkWriteOptions } from "./write-options.ts"

interface DeleteOptions {
  readonly gracePeriodSeconds?: number
  readonly propagationPolicy?: string
  readonly preconditions: Json
}

/** Options come as a DeleteOptions body or in the query; the body wins. */
const deleteOptions = (call: Call): Result<DeleteOptions, Status> => {
  const body = call.body === undefined || call.body === "" ? ok({ value: {} }) : readBody(call.body, "DeleteOptions")
  if (!body.ok) return body
  const given: Json = isJson(body.value.value) ? body.value.value : {}
  const asked = call.query.get("gracePeriodSeconds")
  const grace = typeof given.gracePeriodSeconds === "number" ? given.gracePeriodSeconds : Number(asked)
  const policy = given.propagationPolicy ?? call.query.get("propagationPolicy")
  return ok({
    ...(typeof given.gracePeriodSeconds === "number" || (asked !== undefined && Number.isInteger(grace) && grace >= 0)
      ? { gracePeriodSeconds: grace }
      : {}),
    ...(typeof policy === "string" ? { propagationPolicy: policy } : {}),
    preconditions: child(given, "preconditions"),
  })
}

/** Seconds that the object may take to go: only running pods on a node take any (core/pod/strategy.go CheckGracefulDelete). */
const graceOf = (object: KubeObject, options: DeleteOptions): number => {
  if (object.kind !== "Pod") return 0
  const pod = object as Pod
  const isOver = pod.status?.phase === "Failed" || pod.status?.phase === "Succeeded"
  if (!pod.spec.nodeName || isOver) return 0
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
}

/** A finalizer that the propagation policy puts on an object with dependents; the garbage collector takes it off. */
const POLICY_FINALIZERS: Readonly<Record<string, string>> = { Foreground: "foregroundDeletion", Orphan: "orphan" }

/** Kinds whose dependents stay unless the deletion says otherwise (their strategy's DefaultGarbageCollectionPolicy). */
const ORPHANS: ReadonlySet<string> = new Set(["Job", "CronJob", "ReplicationController"])

const finalizersOf = (object: KubeObject, given: DeleteOptions): readonly string[] => {
  const isOrphaning = given.propagationPolicy === undefined && ORPHANS.has(object.kind)
  const options = isOrphaning ? { ...given, propagationPolicy: "Orphan" } : given
  const others = (object.metadata.finalizers ?? []).filter((each) => !Object.values(POLICY_FINALIZERS).includes(each))
  const added = options.propagationPolicy ? POLICY_FINALIZERS[options.propagationPolicy] : undefined
  if (options.propagationPolicy === undefined) return object.metadata.finalizers ?? []
  return added ? [...others, added] : others
}

/** The object marked as deleted, or undefined when it may go at once. */
const marked = (call: Call, object: KubeObject, options: DeleteOptions): KubeObject | undefined => {
  const grace = graceOf(object, options)
  const finalizers = finalizersOf(object, options)
  const isNamespace = object.kind === "Namespace"
  const held =
    isNamespace && ((object.spec as { finalizers?: readonly string[] } | undefined)?.finalizers ?? []).length > 0
  if (grace === 0 && finalizers.length === 0 && !held) return undefined
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = object.metadata
  const isShorter = deletionTimestamp === undefined || grace < deletionGracePeriodSeconds
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(finalizers.length > 0 ? { finalizers } : {}),
      ...(isShorter
        ? {
            deletionTimestamp: formatTime(call.hooks.now() + grace * 1000),
            ...(isNamespace ? {} : { deletionGracePeriodSeconds: grace }),
          }
        : {}),
    },
    ...(isNamespace ? { status: { ...(object.status as object | undefined), phase: "Terminating" } } : {}),
  }
}

const remove = (call: Call, object: KubeObject, options: DeleteOptions): Result<KubeObject, Status> => {
  const isDefinition = call.info.stored === "customresourcedefinitions"
  if (isDefinition && !isDryRun(call)) deleteInstances(call, object)
  const next = marked(call, (isDefinition && withCleanup(call, object)) || object, options)
  if (isDryRun(call)) return ok(next ?? object)
  const { stored: resource } = call.info
  const { name, namespace = "" } = object.metadata
  const done = next
    ? call.hooks.commit({ kind: "update", resource, object: next })
    : call.hooks.commit({ kind: "remove", resource, namespace, name })
  if (!done.ok) return err(refusal(call, done.error))
  return ok(done.value?.object ?? object)
}

const IMMORTAL: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public", "kube-node-lease"])

const checkPreconditions = (call: Call, object: KubeObject, { preconditions }: DeleteOptions): Status | undefined => {
  const { uid, resourceVersion } = object.metadata
  if (typeof preconditions.uid === "string" && preconditions.uid !== uid)
    return conflict(
      { resource: call.info.kind, group: call.info.group, name: object.metadata.name },
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    )
  if (typeof preconditions.resourceVersion === "string" && preconditions.resourceVersion !== resourceVersion)
    return conflict(
      { resource: call.info.kind, group: call.info.group, name: object.metadata.name },
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    )
  return undefined
}

/** Kinds whose deletion is answered with the object that went; the others are answered with a Status. */
const TELLS_OBJECT: ReadonlySet<ResourceName> = new Set<ResourceName>([
  "persistentvolumeclaims",
  "persistentvolumes",
  "pods",
  "podtemplates",
  "resourcequotas",
  "serviceaccounts",
  "services",
  "storageclasses",
])

const success = (call: Call, { metadata }: KubeObject): object => ({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Success",
  details: {
    name: metadata.name,
    ...(call.info.group ? { group: call.info.group } : {}),
    kind: call.info.resource,
    uid: metadata.uid,
  },
})

/** Answers with the object as it is marked when it goes later; when it went at once, with it or with a Status. */
export const deleteObject = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "DeleteOptions")
  if (bad) return err(bad)
  const options = deleteOptions(call)
  if (!options.ok) return options
  const object = stored(call)
  if (call.info.resource === "namespaces" && IMMORTAL.has(call.name))
    return err(forbidden(subjectOf(call), "this namespace may not be deleted"))
  if (!object) return err(notFound(subjectOf(call)))
  const failed = checkPreconditions(call, object, options.value)
  if (failed) return err(failed)
  const done = remove(call, object, options.value)
  if (!done.ok) return done
  const isLeft = marked(call, object, options.value) !== undefined
  const told = isLeft || TELLS_OBJECT.has(call.info.stored) ? done.value : success(call, done.value)
  return ok(answer(200, told, call.strategy.deprecation ? [call.strategy.deprecation] : []))
}

export const deleteObjects = (call: Call): Result<KubeAnswer, Status> => {
  const bad = checkWriteOptions(call, "DeleteOptions")
  if (bad) return err(bad)
  const options = deleteOptions(call)
  if (!options.ok) return options
  const filter = requestFilter(call)
  if (!filter.ok) return filter
  const shown = representation(call)
  if (!shown.ok) return shown
  const gone: KubeObject[] = []
  for (const object of selectObjects(call, filter.value)) {
    const done = remove(call, object, options.value)
    if (done.ok) gone.push(done.value)
    else if (done.error.code !== 404) return done
  }
  return ok(answer(200, shown.value.many(gone, { resourceVersion: String(call.hooks.store.revision) })))
}
