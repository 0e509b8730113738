import { err, type KubeAnswer, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import { type Call, stored, subjectOf } from "./call.ts"
import { representation } from "./representation.ts"
import { type ObjectFilter, requestFilter } from "./selectors.ts"
import { answer, badRequest, expired, failure, notFound } from "./status.ts"

const warningsOf = (call: Call): readonly string[] => (call.strategy.deprecation ? [call.strategy.deprecation] : [])

export const getObject = (call: Call): Result<KubeAnswer, Status> => {
  const object = stored(call)
  if (!object) return err(notFound(subjectOf(call)))
  const shown = representation(call)
  if (!shown.ok) return shown
  return ok(answer(200, shown.value.one(object), warningsOf(call)))
}

/** Objects of the call's namespace (or all), in order, that the filter lets through. */
export const selectObjects = (call: Call, filter: ObjectFilter): readonly KubeObject[] =>
  call.hooks.store.list(call.info.resource, call.inNamespace ? call.namespace : undefined).filter(filter)

/** A resourceVersion that a list may ask for; undefined when it gives none. */
const checkRevision = (call: Call): Status | undefined => {
  const version = call.query.get("resourceVersion") ?? ""
  if (version === "") return undefined
  if (!/^\d{1,18}$/.test(version))
    return badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(version)}: strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`,
    )
  const current = call.hooks.store.revision
  if (Number(version) > current)
    return failure(504, "Timeout", `Timeout: Too large resource version: ${version}, current: ${current}`, {
      causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    })
  return undefined
}

/** The objects as they were at the revision that an exact list asks for: what happened since is taken back. */
const objectsAt = (call: Call, filter: ObjectFilter): Result<readonly KubeObject[], Status> => {
  const version = Number(call.query.get("resourceVersion") ?? "0")
  const { store } = call.hooks
  if (call.query.get("resourceVersionMatch") !== "Exact" || version === store.revision)
    return ok(selectObjects(call, filter))
  const since = store.since(version)
  if (!since.ok) return err(expired("The resourceVersion for the provided list is too old."))
  const before = new Map<string, KubeObject>(
    store.list(call.info.resource).map((object) => [placeOf(object).join("/"), object]),
  )
  for (const { resource, object, previous } of [...since.value].reverse()) {
    if (resource !== call.info.resource) continue
    if (previous) before.set(placeOf(previous).join("/"), previous)
    else before.delete(placeOf(object).join("/"))
  }
  const isHere = (object: KubeObject): boolean => !call.inNamespace || object.metadata.namespace === call.namespace
  return ok([...before.values()].filter((object) => isHere(object) && filter(object)).sort(byPlace))
}

const byPlace = (a: KubeObject, b: KubeObject): number => {
  const [left, right] = [placeOf(a), placeOf(b)]
  const at = left[0] === right[0] ? 1 : 0
  return left[at] < right[at] ? -1 : left[at] > right[at] ? 1 : 0
}

/** Namespace and name of the last object told. The list goes on from the current state. */
const encodeContinue = (object: KubeObject): string => `v1:${object.metadata.namespace ?? ""}/${object.metadata.name}`

const decodeContinue = (token: string): string | undefined => {
  return /^v1:(.*\/.+)$/.exec(token)?.[1]
}

const placeOf = (object: KubeObject): readonly [string, string] => [
  object.metadata.namespace ?? "",
  object.metadata.name,
]

const isAfter = (object: KubeObject, place: string): boolean => {
  const at = place.indexOf("/")
  const [namespace, name] = placeOf(object)
  const [otherNamespace, otherName] = [place.slice(0, at), place.slice(at + 1)]
  return namespace === otherNamespace ? name > otherName : namespace > otherNamespace
}

export const listObjects = (call: Call): Result<KubeAnswer, Status> => {
  const filter = requestFilter(call)
  if (!filter.ok) return filter
  const bad = checkRevision(call)
  if (bad) return err(bad)
  const shown = representation(call)
  if (!shown.ok) return shown
  const token = call.query.get("continue") ?? ""
  const after = token === "" ? undefined : decodeContinue(token)
  if (token !== "" && after === undefined)
    return err(badRequest("invalid continue token: continue key is not valid: illegal base64 data"))
  const found = objectsAt(call, filter.value)
  if (!found.ok) return found
  const all = found.value.filter((object) => after === undefined || isAfter(object, after))
  const limit = Number(call.query.get("limit") ?? "0")
  const items = limit > 0 ? all.slice(0, limit) : all
  const last = items.at(-1)
  const exact = call.query.get("resourceVersionMatch") === "Exact" ? call.query.get("resourceVersion") : undefined
  const metadata = {
    resourceVersion: exact ?? String(call.hooks.store.revision),
    ...(last && items.length < all.length
      ? {
          continue: encodeContinue(last),
          ...(call.query.get("labelSelector") ? {} : { remainingItemCount: all.length - items.length }),
        }
      : {}),
  }
  return ok(answer(200, shown.value.many(items, metadata), warningsOf(call)))
}
