import { formatTime, type KubeEvent, type KubeObject, parseTime, type Random } from "@pilotage/kube-model"
import type { StoreView, Write } from "../store-types.ts"
import type { Report } from "./controller.ts"

/** How long Events are kept (kube-apiserver --event-ttl). */
export const EVENT_TTL_MS = 3_600_000

/** And how many at most: a cluster in a browser tab has no disk. */
const EVENT_LIMIT = 4000

export interface EventRecorder {
  /** The write that records a report: a new Event, or an old one counted once more. */
  readonly record: (report: Report, view: StoreView, now: number, random: Random) => readonly Write[]
  /** Writes that remove what is too old, and when to look again. */
  readonly sweep: (
    view: StoreView,
    now: number,
  ) => { readonly writes: readonly Write[]; readonly nextMs: number | undefined }
  readonly forget: (event: KubeObject) => void
  readonly fork: () => EventRecorder
}

const hex = (random: Random): string =>
  (random.below(4294967296).toString(16) + random.below(4294967296).toString(16).padStart(8, "0")).padStart(16, "0")

const sameness = (
  uid: string | undefined,
  reason: string | undefined,
  message: string | undefined,
  path: string | undefined,
) => `${uid}\n${reason}\n${path ?? ""}\n${message}`

const keyOfEvent = (event: KubeEvent): string =>
  sameness(event.involvedObject.uid, event.reason, event.message, event.involvedObject.fieldPath)

const newEvent = (report: Report, now: number, random: Random): KubeEvent => {
  const { about } = report
  const time = formatTime(now)
  const namespace = about.metadata.namespace ?? "default"
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `${about.metadata.name}.${hex(random)}`, namespace },
    involvedObject: {
      kind: about.kind,
      ...(about.metadata.namespace === undefined ? {} : { namespace }),
      name: about.metadata.name,
      uid: about.metadata.uid ?? "",
      apiVersion: about.apiVersion,
      ...(about.metadata.resourceVersion === undefined ? {} : { resourceVersion: about.metadata.resourceVersion }),
      ...(report.fieldPath === undefined ? {} : { fieldPath: report.fieldPath }),
    },
    reason: report.reason,
    message: report.message,
    source: { component: report.component, ...(report.host === undefined ? {} : { host: report.host }) },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    type: report.type,
    eventTime: null,
    reportingComponent: report.component,
    reportingInstance: report.host ?? "",
  }
}

const createEventRecorder = (known: ReadonlyMap<string, string> = new Map()): EventRecorder => {
  // Sameness to `namespace/name`, in the order in which the Events were made.
  const names = new Map(known)
  // A Map remembers the places of those that left it: who begins anew each time passes thousands of them.
  const fromOldest = names.keys()
  const locate = (place: string) => {
    const at = place.indexOf("/")
    return { namespace: place.slice(0, at), name: place.slice(at + 1) }
  }
  return {
    record(report, view, now, random) {
      const key = sameness(report.about.metadata.uid, report.reason, report.message, report.fieldPath)
      const place = names.get(key)
      const at = place === undefined ? undefined : locate(place)
      const event = at && view.get("events", at.namespace, at.name)
      if (event)
        return [
          {
            kind: "update",
            resource: "events",
            object: { ...event, count: (event.count ?? 1) + 1, lastTimestamp: formatTime(now) },
          },
        ]
      const object = newEvent(report, now, random)
      names.set(key, `${object.metadata.namespace}/${object.metadata.name}`)
      const created: Write = { kind: "create", resource: "events", object }
      const oldest = names.size > EVENT_LIMIT ? fromOldest.next().value : undefined
      const old = oldest === undefined ? undefined : names.get(oldest)
      if (oldest === undefined || old === undefined) return [created]
      names.delete(oldest)
      return [{ kind: "remove", resource: "events", ...locate(old) }, created]
    },
    sweep(view, now) {
      const writes: Write[] = []
      let oldest: number | undefined
      let surplus = names.size - EVENT_LIMIT
      for (const event of view.list("events")) {
        const last = parseTime(event.lastTimestamp ?? event.metadata.creationTimestamp ?? "") ?? now
        const { namespace = "default", name } = event.metadata
        if (last + EVENT_TTL_MS <= now) {
          writes.push({ kind: "remove", resource: "events", namespace, name })
          surplus -= 1
        } else oldest = Math.min(oldest ?? last, last)
      }
      for (const place of names.values()) {
        if (surplus <= 0) break
        surplus -= 1
        writes.push({ kind: "remove", resource: "events", ...locate(place) })
      }
      return { writes, nextMs: oldest === undefined ? undefined : oldest + EVENT_TTL_MS }
    },
    forget(event) {
      names.delete(keyOfEvent(event as KubeEvent))
    },
    fork: () => createEventRecorder(names),
  }
}

/** Events of a restored store are known again. */
export const recorderFor = (view: StoreView): EventRecorder => {
  const events = [...view.list("events")].sort(
    (a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
  )
  return createEventRecorder(
    new Map(events.map((event) => [keyOfEvent(event), `${event.metadata.namespace}/${event.metadata.name}`])),
  )
}
