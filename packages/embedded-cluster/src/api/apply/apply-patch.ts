import { err, type KubeObject, type ManagedFields, ok, type Result, type Status } from "@pilotage/kube-model"
import { readBody } from "../body.ts"
import type { Call } from "../call.ts"
import { type Decoded, decodeObject } from "../decode.ts"
import { invalid, invalidObject } from "../field-error.ts"
import { child, isJson, type Json, text, without } from "../json-object.ts"
import { apiVersionOf } from "../resources.ts"
import { badRequest, failure } from "../status.ts"
import { fieldValidationOf } from "../write-options.ts"
import { applyConflict, type Conflict } from "./conflicts.ts"
import type { FieldSchema } from "./field-schema.ts"
import { difference, isEmptySet } from "./field-set.ts"
import { takenOverFields, withNotedConfig } from "./last-applied.ts"
import { capped, liveOwners, managedFieldsOf, type Owners } from "./managers.ts"
import { type Applied, afterUpdate, applied, type Tracking } from "./ownership.ts"
import { managerOf, trackingOf, unmanaged } from "./tracking.ts"
import { typedErrors } from "./typed-errors.ts"

interface Config {
  readonly value: Json
  readonly warnings: readonly string[]
}

const undecodable = (why: string): Status => badRequest(`error decoding YAML: ${why}`)

/** Keys that are given twice; compact JSON, as kubectl sends it, has them all in line 1. */
const repeated = (paths: readonly string[]): readonly string[] =>
  paths.map((path) => `line 1: key ${JSON.stringify(path.slice(path.lastIndexOf(".") + 1))} already set in map`)

const readConfig = (call: Call): Result<Config, Status> => {
  if (call.body === "" || call.body === undefined) return ok({ value: {}, warnings: [] })
  const body = readBody(call.body, call.info.kind)
  if (!body.ok) {
    if (body.error.code !== 400) return body
    const why = /json parse error: (.*) \(/.exec(body.error.message ?? "")?.[1] ?? body.error.message
    return err(undecodable(`error converting YAML to JSON: yaml: ${why}`))
  }
  const { value, duplicates } = body.value
  if (isJson(value)) return ok({ value, warnings: repeated(duplicates) })
  if (value === null) return ok({ value: {}, warnings: [] })
  const type = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value
  return err(
    undecodable(
      `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${type} into Go value of type map[string]interface {}`,
    ),
  )
}

const groupVersion = (apiVersion: string): string => (apiVersion.includes("/") ? apiVersion : `/${apiVersion}`)

/** What is wrong with a configuration before it is laid on anything. */
const configProblem = (call: Call, config: Json, schema: FieldSchema): Status | undefined => {
  const [apiVersion, kind] = [text(config, "apiVersion"), text(config, "kind")]
  const type = `${groupVersion(apiVersion)}, Kind=${kind}`
  if (apiVersion !== apiVersionOf(call.info) || kind !== call.info.kind)
    return badRequest(`invalid object type: ${type}`)
  const metadata = child(config, "metadata")
  if ((metadata.managedFields ?? null) !== null) return badRequest("metadata.managedFields must be nil")
  const errors = typedErrors(config, schema)
  if (errors.length === 0) return undefined
  const told = errors.length === 1 ? errors[0] : ["errors:", ...errors.map((each) => `  ${each}`)].join("\n")
  const named = `${text(metadata, "namespace")}/${text(metadata, "name")}; ${type}`
  return failure(500, "", `failed to create typed patch object (${named}): ${told}`)
}

const BEFORE_FIRST_APPLY = "before-first-apply"

/** What an object that nobody owned yet consists of is noted under a name of its own. */
const ownersBefore = (call: Call, live: KubeObject | undefined, tracking: Tracking): Owners => {
  const owners = liveOwners(live)
  if (owners.size > 0 || !live) return owners
  return afterUpdate({}, unmanaged(live), owners, managerOf(call, "Update", BEFORE_FIRST_APPLY), tracking)
}

const isForced = (call: Call): boolean => !["", "0", "false"].includes((call.query.get("force") ?? "").toLowerCase())

const KUBECTL = "kubectl"

/** The conflicts that stay; kubectl's own client-side apply is none. */
const standing = ({ conflicts }: Applied, live: object, schema: FieldSchema, name: string): readonly Conflict[] => {
  if (conflicts.length === 0 || name !== KUBECTL) return conflicts
  const allowed = takenOverFields(live, schema)
  return conflicts
    .map(({ owner, set }) => ({ owner, set: difference(set, allowed) }))
    .filter(({ set }) => !isEmptySet(set))
}

/** The object that a write of a configuration asks for, decoded, and who owns what then. */
interface AppliedPatch extends Decoded {
  readonly managedFields: readonly ManagedFields[] | undefined
}

const named = (call: Call, live: KubeObject | undefined, object: KubeObject): Status | undefined => {
  const { name, uid } = object.metadata
  if (!name)
    return badRequest(`the name of the object (${call.name} based on URL) was undeterminable: name must be provided`)
  if (name !== call.name)
    return badRequest(`the name of the object (${name}) does not match the name on the URL (${call.name})`)
  if (live || !uid) return undefined
  const error = invalid("metadata.uid", uid, "field is immutable")
  return invalidObject(call.info, name, [error, error])
}

/** Server-side apply: the body of the call on `live`, or as a new object; nothing is written. */
export const applyPatch = (call: Call, stored: KubeObject | undefined): Result<AppliedPatch, Status> => {
  const live = stored && (call.info.conversion?.fromStored(stored) ?? stored)
  const config = readConfig(call)
  if (!config.ok) return config
  const tracking = trackingOf(call)
  const problem = configProblem(call, config.value.value, tracking.schema)
  if (problem) return err(problem)
  const name = call.query.get("fieldManager") ?? ""
  const before = unmanaged(live)
  const owners = ownersBefore(call, live, tracking)
  const done = applied(before, config.value.value, owners, managerOf(call, "Apply", name), tracking)
  const conflicts = isForced(call) ? [] : standing(done, before, tracking.schema, name)
  if (conflicts.length > 0) return err(applyConflict(conflicts))
  const noted = name === KUBECTL ? withNotedConfig(done.object, config.value.value) : done.object
  const decoded = decodeObject(noted, call.info, [], "Ignore")
  if (!decoded.ok) return decoded
  const validation = fieldValidationOf(call)
  const { warnings } = config.value
  if (validation === "Strict" && warnings.length > 0)
    return err(
      badRequest(
        `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${warnings.join("\n  ")}`,
      ),
    )
  const { object } = decoded.value
  const bad = named(call, live, object)
  if (bad) return err(bad)
  const placed = live ? object : { ...object, metadata: without(object.metadata, "resourceVersion") }
  return ok({
    object: placed,
    warnings: validation === "Warn" ? warnings : [],
    managedFields: managedFieldsOf(capped(done.owners)),
  })
}
