import { pathOf, requireType } from "../api/discovery.ts"
import { byTime, eventAge } from "../commands/events.ts"
import { at, type JsonRecord, records, text } from "../json-value.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import type { Description } from "./writer.ts"

/** Events about an object, oldest first. */
const eventsOf = async (
  session: Session,
  { type, object, name, namespace }: LiveObject,
): Promise<readonly JsonRecord[]> => {
  const events = requireType(await session.discovery(), "events")
  // A node's events are told of its name as uid (kubelet), so nodes are looked for by name.
  const uid = type.kind === "Node" ? "" : text(at(object, "metadata", "uid"))
  const fields = [
    `involvedObject.name=${name}`,
    ...(namespace === undefined ? [] : [`involvedObject.namespace=${namespace}`]),
    `involvedObject.kind=${type.kind}`,
    ...(uid === "" ? [] : [`involvedObject.uid=${uid}`]),
  ]
  const list = await session.api.send("GET", pathOf(events, namespace), { query: { fieldSelector: fields.join(",") } })
  return [...records(at(list, "items"))].sort(byTime)
}

const messageOf = (event: JsonRecord): string => {
  const field = text(at(event, "involvedObject", "fieldPath"))
  return `${field === "" ? "" : `${field}: `}${text(event.message).trim()}`
}

export const writeEvents = async (session: Session, to: Description, live: LiveObject): Promise<void> => {
  const events = await eventsOf(session, live)
  if (events.length === 0) {
    to.line(0, "Events:\t<none>")
    return
  }
  to.section()
  to.line(0, "Events:")
  to.line(1, "Type\tReason\tAge\tFrom\tMessage")
  to.line(1, "----\t------\t----\t----\t-------")
  const now = session.host.clock.now()
  for (const event of events) {
    const source = text(at(event, "source", "component")) || text(event.reportingComponent)
    to.line(1, `${text(event.type)}\t${text(event.reason)}\t${eventAge(event, now)}\t${source}\t${messageOf(event)}`)
  }
}
