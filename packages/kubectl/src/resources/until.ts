import type { Cancellation, WatchEvent } from "@pilotage/kube-model"
import { pathOf } from "../api/discovery.ts"
import { chunksOf, statusOf } from "../api/streams.ts"
import { ApiError } from "../failure.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import type { Session } from "../session.ts"
import type { Target } from "./arguments.ts"

/** What is known of one object: there, or gone. */
export type Sight = { readonly object: JsonRecord } | { readonly gone: true }

/** Between a watch that the server ended and the next one. */
const RETRY_MS = 1000

const sightOf = (event: WatchEvent): Sight | undefined => {
  if (event.type === "DELETED") return { gone: true }
  return (event.type === "ADDED" || event.type === "MODIFIED") && isRecord(event.object)
    ? { object: event.object }
    : undefined
}

/**
 * Looks at one object now and after each change until `done` says so. False when `stop` came first. A watch that ends
 * is begun anew.
 */
export const untilSeen = async (
  session: Session,
  target: Target & { readonly name: string },
  stop: Cancellation,
  done: (sight: Sight) => boolean,
): Promise<boolean> => {
  const path = pathOf(target.type, target.namespace)
  const fieldSelector = `metadata.name=${target.name}`
  while (!stop.cancelled) {
    const list = await session.api.send("GET", path, { query: { fieldSelector } })
    const [item] = records(at(list, "items"))
    if (done(item ? { object: item } : { gone: true })) return true
    const stream = await session.api.stream(path, {
      query: { fieldSelector, watch: "true", resourceVersion: text(at(list, "metadata", "resourceVersion")) },
    })
    for await (const event of chunksOf(stream, stop)) {
      if (typeof event === "string") continue
      if (event.type === "ERROR") {
        const status = statusOf(event)
        if (status.code === 410) break
        throw new ApiError(status)
      }
      const sight = sightOf(event)
      if (sight && done(sight)) return true
    }
    await session.host.clock.sleep(RETRY_MS, stop)
  }
  return false
}
