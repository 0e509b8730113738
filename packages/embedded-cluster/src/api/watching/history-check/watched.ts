import type { KubeObject, KubeStream, Status, WatchEvent } from "@pilotage/kube-model"
import type { Selection } from "./selection.ts"
import type { Written, WrittenLog } from "./written-log.ts"

/** What is wrong with what a watch told: the invariant of etcd's that it breaks, and how. */
export interface Breach {
  readonly invariant: "ordered" | "unique" | "reliable" | "resumable" | "bookmarkable" | "filterable"
  readonly detail: string
}

/** A client that watches, breaks off, and goes on from the last revision it heard of. */
export interface Watched {
  readonly selection: Selection
  /** Checks what came since the last check against the log. */
  readonly check: () => readonly Breach[]
  /** How far the client has come: where it would resume. */
  readonly position: () => number
  readonly hasEnded: () => boolean
  readonly hasExpired: () => boolean
  readonly close: () => void
  /** Events and bookmarks that were checked. */
  readonly count: () => number
}

const revisionOf = (object: WatchEvent["object"]): number =>
  Number((object as KubeObject).metadata.resourceVersion ?? Number.NaN)

/** What a watcher of a selection must hear of a write, if anything. */
const expected = ({ before, after }: Written, { matches }: Selection): "ADDED" | "MODIFIED" | "DELETED" | undefined => {
  const was = before !== undefined && matches(before)
  const is = after !== undefined && matches(after)
  if (is) return was ? "MODIFIED" : "ADDED"
  return was ? "DELETED" : undefined
}

const withoutVersion = ({ metadata: { resourceVersion: _, ...metadata }, ...rest }: KubeObject): string =>
  JSON.stringify({ ...rest, metadata })

/** `from`: the revision that the stream begins after. `present`: what it must tell first, in this order. */
export const watched = (
  selection: Selection,
  stream: KubeStream,
  log: WrittenLog,
  from: number,
  present: readonly KubeObject[],
): Watched => {
  let waiting: WatchEvent[] = []
  let ended = false
  let expired = false
  let position = from
  let next = log.after(from)
  let count = 0
  let awaited = present
  stream.subscribe(
    (chunk) => {
      if (typeof chunk !== "string") waiting.push(chunk)
    },
    () => {
      ended = true
    },
  )

  /** The next write that concerns this watch, up to a revision. */
  const nextExpected = (upTo: number): Written | undefined => {
    for (;;) {
      const written = log.all[next]
      if (!written || written.revision > upTo) return undefined
      next += 1
      if (written.resource === selection.resource && expected(written, selection)) return written
    }
  }
  const checkChange = ({ type, object }: WatchEvent, breaches: Breach[]): void => {
    const told = object as KubeObject
    const revision = revisionOf(object)
    if (revision === position) breaches.push({ invariant: "unique", detail: `${type} at ${revision} told twice` })
    if (revision < position)
      breaches.push({ invariant: "ordered", detail: `${type} at ${revision} told after ${position}` })
    const written = nextExpected(revision)
    if (written?.revision !== revision)
      breaches.push({ invariant: "reliable", detail: `told ${type} at ${revision}, due was ${written?.revision}` })
    else if (expected(written, selection) !== type)
      breaches.push({ invariant: "filterable", detail: `told ${type}, not ${expected(written, selection)}` })
    else {
      const state = type === "DELETED" ? written.before : written.after
      if (state && withoutVersion(state) !== withoutVersion(told))
        breaches.push({ invariant: "filterable", detail: `another state told at ${revision}` })
    }
    position = revision
  }
  const checkBookmark = (object: WatchEvent["object"], breaches: Breach[]): void => {
    const revision = revisionOf(object)
    const missing = nextExpected(revision)
    if (missing)
      breaches.push({
        invariant: "bookmarkable",
        detail: `bookmark ${revision} before the event at ${missing.revision}`,
      })
    if (revision < position) breaches.push({ invariant: "ordered", detail: `bookmark ${revision} after ${position}` })
    position = Math.max(position, revision)
  }

  const checkPresent = (breaches: Breach[]): void => {
    const told = waiting.slice(0, awaited.length)
    const isSame = awaited.every((object, index) => {
      const event = told[index]
      return event?.type === "ADDED" && JSON.stringify(event.object) === JSON.stringify(object)
    })
    if (!isSame) breaches.push({ invariant: "reliable", detail: `not all ${awaited.length} present objects were told` })
    waiting = waiting.slice(awaited.length)
    awaited = []
  }

  return {
    selection,
    check() {
      const breaches: Breach[] = []
      if (awaited.length > 0) checkPresent(breaches)
      for (const event of waiting) {
        count += 1
        if (event.type === "ERROR") {
          expired = true
          if ((event.object as Status).code !== 410)
            breaches.push({ invariant: "resumable", detail: (event.object as Status).message ?? "" })
        } else if (event.type === "BOOKMARK") checkBookmark(event.object, breaches)
        else checkChange(event, breaches)
      }
      waiting = []
      // An open watch has told everything there is: nothing is left to be due.
      const late = expired || ended ? undefined : nextExpected(Number.POSITIVE_INFINITY)
      if (late) breaches.push({ invariant: "reliable", detail: `the event at ${late.revision} was not told` })
      return breaches
    },
    position: () => position,
    hasEnded: () => ended,
    hasExpired: () => expired,
    close: stream.close,
    count: () => count,
  }
}
