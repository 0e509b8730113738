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
import { selectObjects } from "./read.ts"
import { representation } from "./representation.ts"
import { apiVersionOf } from "./resources.ts"
import { requestFilter } from "./selectors.ts"
import { expired, failure } from "./status.ts"

/** Chunks a watcher may leave unread before it is dropped as too slow. */
const BACKLOG_LIMIT = 10_000

const HEADERS = { "content-type": "application/json", "cache-control": "no-cache, private" }

const initialEventsEnd = (call: Call): KubeObject => ({
  kind: call.info.kind,
  apiVersion: apiVersionOf(call.info),
  metadata: {
    name: "",
    resourceVersion: String(call.hooks.store.revision),
    annotations: { "k8s.io/initial-events-end": "true" },
  },
})

/**
 * `?watch=true`. Without a resourceVersion (or 0) the present objects come first as ADDED; else what happened since, and
 * one ERROR event (410) when that is no longer kept. An object that leaves the selection is told as DELETED.
 */
export const watchObjects = (call: Call): Result<KubeAnswer, Status> => {
  const filter = requestFilter(call)
  if (!filter.ok) return filter
  const shown = representation(call)
  if (!shown.ok) return shown
  const { store } = call.hooks
  const version = call.query.get("resourceVersion") ?? ""
  if (version !== "" && !/^\d{1,18}$/.test(version))
    return err(
      failure(
        500,
        "",
        `resourceVersion: Invalid value: ${JSON.stringify(version)}: strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`,
      ),
    )
  const wantsInitialEvents = call.query.get("sendInitialEvents") === "true"
  if (wantsInitialEvents && call.query.get("resourceVersionMatch") !== "NotOlderThan")
    return err(
      failure(
        422,
        "Invalid",
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
        {
          group: "meta.k8s.io",
          kind: "ListOptions",
          causes: [
            {
              reason: "FieldValueForbidden",
              message: "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
              field: "resourceVersionMatch",
            },
          ],
        },
      ),
    )

  const fromNow = version === "" || version === "0" || wantsInitialEvents
  /** A watch may begin in the future: it waits. */
  const from = fromNow ? 0 : Number(version)
  const waiting: StreamChunk[] = []
  let tell: ((chunk: StreamChunk) => void) | undefined
  let finish: (() => void) | undefined
  let open = true
  let ended = false
  let stop = (): void => {}
  const send = (event: WatchEvent): void => {
    if (!open) return
    if (tell) tell(event)
    else if (waiting.length < BACKLOG_LIMIT) waiting.push(event)
    else end()
  }
  const end = (): void => {
    if (!open) return
    open = false
    ended = true
    stop()
    finish?.()
  }
  const isHere = (object: KubeObject): boolean =>
    (!call.inNamespace || object.metadata.namespace === call.namespace) && filter.value(object)
  const follow = (event: StoreEvent): void => {
    if (event.resource !== call.info.resource || event.revision <= from) return
    const now = event.type !== "DELETED" && isHere(event.object)
    const before = event.previous !== undefined && isHere(event.previous)
    const left = event.type === "DELETED" ? event.object : withVersionOf(event.previous, event.object)
    if (now) send({ type: before ? "MODIFIED" : "ADDED", object: shown.value.event(event.object) })
    else if (before && left) send({ type: "DELETED", object: shown.value.event(left) })
  }

  if (fromNow)
    for (const object of selectObjects(call, filter.value)) send({ type: "ADDED", object: shown.value.event(object) })
  if (wantsInitialEvents) send({ type: "BOOKMARK", object: initialEventsEnd(call) })
  const past = fromNow ? ok([]) : store.since(from)
  if (past.ok) {
    for (const event of past.value) follow(event)
    stop = store.subscribe(follow)
  } else {
    send({ type: "ERROR", object: expired(`too old resource version: ${version} (${store.revision})`) })
    end()
  }
  return ok({
    status: 200,
    headers: call.strategy.deprecation
      ? { ...HEADERS, warning: `299 - ${JSON.stringify(call.strategy.deprecation)}` }
      : HEADERS,
    subscribe(chunk, onEnd) {
      tell = chunk
      finish = onEnd
      for (const each of waiting.splice(0)) chunk(each)
      if (ended) onEnd()
    },
    close() {
      open = false
      stop()
    },
  })
}

const withVersionOf = (previous: KubeObject | undefined, object: KubeObject): KubeObject | undefined =>
  previous &&
  ({
    ...previous,
    metadata: { ...previous.metadata, resourceVersion: object.metadata.resourceVersion },
  } as KubeObject)
