import {
  err,
  type KubeAnswer,
  type KubeObject,
  ok,
  type Result,
  type Status,
  type StreamChunk,
  type WatchEvent,
} from "@pilotage/kube-model"
import type { StoreEvent } from "../store-types.ts"
import type { Call } from "./call.ts"
import { isCached, rangeOf, selectObjects } from "./read.ts"
import { type ListRequest, readListRequest } from "./reading/list-request.ts"
import { checkNotFuture, parseRevision, plainError } from "./reading/resource-version.ts"
import { expired } from "./status.ts"
import { bookmark } from "./watching/bookmark.ts"
import { createChunkQueue } from "./watching/chunk-queue.ts"
import { lastState, sharedEvent } from "./watching/shared-event.ts"
import { nextBookmark, watchDuration } from "./watching/watch-times.ts"

const HEADERS = { "content-type": "application/json", "cache-control": "no-cache, private" }

/** What a watch asks for, read and checked. */
interface Wish extends ListRequest {
  /** The revision that the watch begins after; undefined: whatever is current. */
  readonly from: number | undefined
  /** What is there already is told first, as ADDED. */
  readonly tellsPresent: boolean
}

const wishOf = (call: Call): Result<Wish, Status> => {
  const request = readListRequest(call)
  if (!request.ok) return request
  const { resourceVersion: version, sendInitialEvents } = request.value.options
  const asked = parseRevision(version)
  if (!asked.ok) return err(plainError(asked.error))
  const early = sendInitialEvents && checkNotFuture(asked.value, version, call.hooks.store.revision)
  if (early) return err(early)
  return ok({
    ...request.value,
    from: asked.value === 0 || sendInitialEvents ? undefined : asked.value,
    tellsPresent: sendInitialEvents ?? asked.value === 0,
  })
}

/** What a watcher of this selection is told of an event; undefined: nothing. Who leaves the selection is DELETED from it. */
const tellingOf = (call: Call, { filter, shown }: Wish): ((event: StoreEvent) => WatchEvent | undefined) => {
  const { namespace } = rangeOf(call)
  const isHere = (object: KubeObject): boolean =>
    (namespace === undefined || object.metadata.namespace === namespace) && (!filter || filter(object))
  const told = (type: WatchEvent["type"], object: KubeObject): WatchEvent => sharedEvent(type, shown.event(object))
  return (event) => {
    const isNow = event.type !== "DELETED" && isHere(event.object)
    const wasBefore = event.previous !== undefined && isHere(event.previous)
    if (isNow) return told(wasBefore ? "MODIFIED" : "ADDED", event.object)
    return wasBefore ? told("DELETED", lastState(event)) : undefined
  }
}

/** The words of the memory that serves most watches, and of etcd's for those of Events. */
const tooOld = (call: Call, version: number): Status =>
  expired(
    isCached(call)
      ? `too old resource version: ${version} (${call.hooks.store.oldestRevision})`
      : "The resourceVersion for the provided watch is too old.",
  )

const eventsSince = (call: Call, from: number): readonly StoreEvent[] | undefined => {
  const { store } = call.hooks
  if (!isCached(call) && from + 1 < store.compactedRevision) return undefined
  const since = store.since(from)
  return since.ok ? since.value.filter(({ resource }) => resource === call.info.stored) : undefined
}

/**
 * `?watch=true`: a stream of events that ends when its time is over. Without a resourceVersion (or with 0) the present
 * objects come first as ADDED; else what happened since, and one ERROR event (410) when that is no longer kept. A watch
 * may begin in the future: it waits.
 */
export const watchObjects = (call: Call): Result<KubeAnswer, Status> => {
  const wished = wishOf(call)
  if (!wished.ok) return wished
  const { options, shown, filter, from, tellsPresent } = wished.value
  const { watches, hooks, info } = call
  const { store } = hooks
  const telling = tellingOf(call, wished.value)
  /** Of the last event that was looked at. */
  let seen = from ?? store.revision
  const mark = (isEndOfInitial: boolean): WatchEvent => ({
    type: "BOOKMARK",
    object: shown.bookmark(bookmark(info, Math.max(seen, store.revision), isEndOfInitial)),
  })

  const past = from === undefined ? [] : eventsSince(call, from)
  const first: StreamChunk[] = []
  if (tellsPresent)
    for (const object of selectObjects(call, filter)) first.push(sharedEvent("ADDED", shown.event(object)))
  if (tellsPresent && options.sendInitialEvents && options.allowWatchBookmarks) first.push(mark(true))
  for (const event of past ?? []) {
    const told = telling(event)
    if (told) first.push(told)
  }
  if (!past) first.push({ type: "ERROR", object: tooOld(call, seen) })
  seen = Math.max(seen, store.revision)

  let leave = (): void => {}
  const queue = createChunkQueue(
    call.strategy.deprecation ? { ...HEADERS, warning: `299 - ${JSON.stringify(call.strategy.deprecation)}` } : HEADERS,
    () => leave(),
  )
  queue.begin(first)
  if (!past) {
    queue.end()
    return ok(queue.stream)
  }
  const end = hooks.now() + watchDuration(options.timeoutSeconds, hooks.random, watches.opened())
  const bookmarkAfter = (now: number): number =>
    options.allowWatchBookmarks ? nextBookmark(now, end) : Number.POSITIVE_INFINITY
  let bookmarkAt = bookmarkAfter(hooks.now())
  leave = watches.join({
    resource: info.stored,
    offer(event) {
      if (event.revision <= seen) return
      seen = event.revision
      const told = telling(event)
      if (told) queue.send(told)
    },
    nextAt: () => Math.min(end, bookmarkAt),
    onTime(now) {
      if (now >= end) queue.end()
      else {
        bookmarkAt = bookmarkAfter(now)
        queue.send(mark(false))
      }
    },
  })
  return ok(queue.stream)
}
