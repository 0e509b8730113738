import { humanDuration, parseTime } from "@pilotage/kube-model"
import { pathOf, requireType } from "../api/discovery.ts"
import { chunksOf } from "../api/streams.ts"
import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import { ALL_NAMESPACES, PRINT_FLAGS } from "../flags/flag-groups.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { objectPrinter } from "../output/object-printer.ts"
import { tableWriter } from "../output/table.ts"
import type { Session } from "../session.ts"

const lastSeen = (event: JsonRecord): number =>
  parseTime(
    text(at(event, "series", "lastObservedTime")) ||
      text(event.lastTimestamp) ||
      text(event.eventTime) ||
      text(at(event, "metadata", "creationTimestamp")),
  ) ?? 0

const firstSeen = (event: JsonRecord): number =>
  parseTime(text(event.firstTimestamp) || text(event.eventTime)) ?? lastSeen(event)

/** `17s`, `17s (x3 over 31s)`: when an event was seen (also in describe). */
export const eventAge = (event: JsonRecord, now: number): string => {
  const age = humanDuration(now - lastSeen(event))
  const count = Number(at(event, "series", "count") ?? event.count ?? 1)
  return count > 1 ? `${age} (x${count} over ${humanDuration(now - firstSeen(event))})` : age
}

const revision = (event: JsonRecord): number => Number(text(at(event, "metadata", "resourceVersion")))

/** Oldest first; within a second in the order in which they were written. */
export const byTime = (left: JsonRecord, right: JsonRecord): number =>
  lastSeen(left) - lastSeen(right) || revision(left) - revision(right)

interface About {
  readonly kind: string
  readonly name: string
}

const aboutOf = async (session: Session): Promise<About | undefined> => {
  const word = session.flags.text("for")
  if (word === "") return undefined
  const [typeWord = "", name, more] = word.split("/")
  if (!name || more !== undefined) throw plainError("--for must be in resource/name form")
  return { kind: requireType(await session.discovery(), typeWord).kind, name }
}

const rowOf = (event: JsonRecord, now: number, withNamespace: boolean): string =>
  [
    ...(withNamespace ? [text(at(event, "metadata", "namespace"))] : []),
    eventAge(event, now),
    text(event.type),
    text(event.reason),
    `${text(at(event, "involvedObject", "kind"))}/${text(at(event, "involvedObject", "name"))}`,
    text(event.message).trim(),
  ].join("\t")

export const events: Command = {
  name: "events",
  summary: "List what happened, oldest first",
  usage: "[--for TYPE/NAME] [--types=Normal,Warning] [--watch]",
  flags: [
    ...PRINT_FLAGS,
    ALL_NAMESPACES,
    { name: "for", kind: "string" },
    { name: "types", kind: "list" },
    { name: "watch", short: "w", kind: "bool" },
    { name: "no-headers", kind: "bool" },
    { name: "chunk-size", kind: "int", default: "500" },
  ],
  async run(session) {
    if (session.args.length > 0) throw plainError(`unknown command "${session.args[0]}" for "kubectl events"`)
    const everywhere = session.flags.bool("all-namespaces")
    const types = session.flags.list("types").map((type) => type.toLowerCase())
    for (const type of types)
      if (!["normal", "warning"].includes(type)) throw plainError(`valid --types are "Normal" or "Warning"`)
    const about = await aboutOf(session)
    const type = requireType(await session.discovery(), "events")
    const path = pathOf(type, everywhere ? undefined : session.namespace)
    const query = about ? { fieldSelector: `involvedObject.kind=${about.kind},involvedObject.name=${about.name}` } : {}
    const wanted = (event: JsonRecord): boolean => types.length === 0 || types.includes(text(event.type).toLowerCase())
    const list = await session.api.send("GET", path, { query })
    const found = records(at(list, "items")).filter(wanted)
    const ordered = [...found].sort(byTime)
    const watch = session.flags.bool("watch")
    if (ordered.length === 0 && !watch) {
      session.printError(everywhere ? "No events found." : `No events found in ${session.namespace} namespace.`)
      return 0
    }
    const print = objectPrinter(session.flags.text("output"), {
      showManagedFields: session.flags.bool("show-managed-fields"),
    })
    if (print) {
      const items = ordered.map((event) => ({ apiVersion: "v1", kind: "Event", ...event }))
      session.io.stdout(print({ apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } }, undefined))
      return 0
    }
    const writer = tableWriter()
    const write = (event: JsonRecord): void => writer.write(`${rowOf(event, session.host.clock.now(), everywhere)}\n`)
    if (!session.flags.bool("no-headers"))
      writer.write(
        `${[...(everywhere ? ["NAMESPACE"] : []), "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"].join("\t")}\n`,
      )
    ordered.forEach(write)
    session.io.stdout(writer.flush())
    if (!watch) return 0
    const stream = await session.api.stream(path, {
      query: { ...query, watch: "true", resourceVersion: text(at(list, "metadata", "resourceVersion")) },
    })
    for await (const chunk of chunksOf(stream, session.io.cancellation)) {
      if (typeof chunk === "string" || chunk.type === "DELETED" || !isRecord(chunk.object) || !wanted(chunk.object))
        continue
      write(chunk.object)
      session.io.stdout(writer.flush())
    }
    session.checkInterrupt()
    return 0
  },
}
