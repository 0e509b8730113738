import { err, type KubeAnswer, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import { type Call, stored, subjectOf } from "./call.ts"
import { type ContinuePlace, decodeContinue, encodeContinue } from "./reading/continue-token.ts"
import type { ListOptions } from "./reading/list-options.ts"
import { readListRequest } from "./reading/list-request.ts"
import { keyIn, type Range, stateAt } from "./reading/past-state.ts"
import { checkNotFuture, parseRevision, plainError } from "./reading/resource-version.ts"
import { representation } from "./representation.ts"
import type { ObjectFilter } from "./selectors.ts"
import { answer, badRequest, expired, notFound } from "./status.ts"

const warningsOf = (call: Call): readonly string[] => (call.strategy.deprecation ? [call.strategy.deprecation] : [])

/** The object as it is now; a resourceVersion says what it must not be older than. */
export const getObject = (call: Call): Result<KubeAnswer, Status> => {
  const shown = representation(call)
  if (!shown.ok) return shown
  const version = call.query.get("resourceVersion") ?? ""
  const revision = parseRevision(version)
  if (!revision.ok) return err(plainError(revision.error))
  const early = checkNotFuture(revision.value, version, call.hooks.store.revision)
  if (early) return err(early)
  const object = stored(call)
  if (!object) return err(notFound(subjectOf(call)))
  return ok(answer(200, shown.value.one(object), warningsOf(call)))
}

export const rangeOf = (call: Call): Range => ({
  resource: call.info.stored,
  namespace: call.inNamespace ? call.namespace : undefined,
})

/** Objects of the call's namespace (or all), in order, that the filter lets through. */
export const selectObjects = (call: Call, filter: ObjectFilter | undefined): readonly KubeObject[] => {
  const { resource, namespace } = rangeOf(call)
  const all = call.hooks.store.list(resource, namespace)
  return filter ? all.filter(filter) : all
}

/** Events are not kept in the API server's memory as the others are: some answers about them come from etcd itself. */
export const isCached = (call: Pick<Call, "info">): boolean => call.info.stored !== "events"

interface Page {
  /** What the list's resourceVersion says. */
  readonly revision: number
  /** All objects of the range, in order, from where the page begins. */
  readonly objects: readonly KubeObject[]
  readonly limit: number
}

const TOO_OLD = "The resourceVersion for the provided list is too old."

/** As apiserver's `storage/etcd3/errors.go` says it. */
const TOO_OLD_TO_CONTINUE =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list."

const FUTURE = "etcdserver: mvcc: required revision is a future revision"

/** 410 with a token that goes on in what is there then. */
const tooOldToContinue = ({ start }: ContinuePlace): Status => ({
  ...expired(TOO_OLD_TO_CONTINUE),
  metadata: { continue: encodeContinue({ revision: -1, start }) },
})

const continued = (call: Call, options: ListOptions): Result<Page, Status> => {
  if (options.resourceVersion !== "" && options.resourceVersion !== "0")
    return err(badRequest("specifying resource version is not allowed when using continue"))
  const place = decodeContinue(options.continue)
  if (!place.ok) return err(badRequest(`invalid continue token: ${place.error}`))
  const { store } = call.hooks
  const { start } = place.value
  const revision = place.value.revision < 0 ? store.revision : place.value.revision
  if (revision > store.revision) return err(plainError(FUTURE))
  const range = rangeOf(call)
  const state = stateAt(store, range, revision)
  if (!state) return err(tooOldToContinue(place.value))
  return ok({ revision, objects: state.filter((object) => keyIn(range, object) >= start), limit: options.limit })
}

/**
 * resourceVersion and resourceVersionMatch (kubernetes.io, API concepts): exact when asked for, and for pages without a
 * match, as ever; else what is there now, which is never too old.
 */
const firstPage = (call: Call, options: ListOptions): Result<Page, Status> => {
  const { resourceVersion: version, resourceVersionMatch: match } = options
  const asked = parseRevision(version)
  if (!asked.ok) return err(badRequest(`invalid resource version: ${asked.error}`))
  const { store } = call.hooks
  const early = checkNotFuture(asked.value, version, store.revision)
  if (early) return err(early)
  const isExact = match === "Exact" || (match === "" && options.limit > 0 && asked.value > 0)
  const revision = isExact ? asked.value : store.revision
  const objects = stateAt(store, rangeOf(call), revision)
  if (!objects) return err(expired(TOO_OLD))
  // The memory of the API server does not cut up what may be of any age.
  const limit = version === "0" && isCached(call) ? 0 : options.limit
  return ok({ revision, objects, limit })
}

/** The members of a page, and how many objects come after the last that was looked at. */
const pageItems = ({ objects, limit }: Page, filter: ObjectFilter | undefined) => {
  if (!filter && limit <= 0) return { items: objects, left: 0 }
  const items: KubeObject[] = []
  for (const [index, object] of objects.entries()) {
    if (!filter || filter(object)) items.push(object)
    if (limit > 0 && items.length >= limit) return { items, left: objects.length - index - 1 }
  }
  return { items, left: 0 }
}

export const listObjects = (call: Call): Result<KubeAnswer, Status> => {
  const request = readListRequest(call)
  if (!request.ok) return request
  const { shown, options, filter } = request.value
  const page = options.continue === "" ? firstPage(call, options) : continued(call, options)
  if (!page.ok) return page
  const { items, left } = pageItems(page.value, filter)
  const last = items.at(-1)
  const { revision } = page.value
  const metadata = {
    resourceVersion: String(revision),
    ...(last && left > 0
      ? {
          continue: encodeContinue({ revision, start: `${isCached(call) ? "/" : ""}${keyIn(rangeOf(call), last)}\0` }),
          // How many of the rest a selector would let through is not known.
          ...(filter ? {} : { remainingItemCount: left }),
        }
      : {}),
  }
  return ok(answer(200, shown.many(items, metadata), warningsOf(call)))
}
