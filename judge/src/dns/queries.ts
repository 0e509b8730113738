import { basename, dirname, join } from "node:path"
import type { Pod } from "@pilotage/kube-model"
import {
  answerQuery,
  compile,
  type DnsMessage,
  plainZone,
  type ResourceRecord,
  type RoutingTable,
  recordText,
  stateFromObjects,
  type ZoneConfig,
} from "@pilotage/routing-core"
import { problemIn, readJson } from "../case-file.ts"
import { compared, type JudgedCase } from "../verdict.ts"
import { type DnsQuery, type DnsWorld, queriesSchema, worldsSchema } from "./format.ts"

const tableOf = (file: string, world: DnsWorld, index: number): RoutingTable => {
  const pods = (world.pods ?? []).map(
    (pod): Pod => ({ spec: { containers: [] }, ...pod, apiVersion: "v1", kind: "Pod" }),
  )
  const state = stateFromObjects({
    nodes: [],
    pods,
    services: world.services ?? [],
    endpointSlices: world.endpointSlices ?? [],
  })
  const namespaces = (world.namespaces ?? []).filter(({ exists }) => exists).map(({ name }) => ({ name, labels: {} }))
  const table = compile({ ...state, namespaces })
  if (!table.ok) throw problemIn(file, [index], `${table.error.path}: ${table.error.message}`)
  return table.value
}

const zoneOf = ({ config }: DnsQuery): ZoneConfig => ({ ...plainZone, ...config, namespaces: config.namespaces ?? [] })

/** The serial of an SOA record is the time of the last change: it says nothing. */
const withoutSerial = (text: string): string => text.replace(/\s+/g, " ").replace(/( SOA \S+ \S+) \d+/, "$1 *")

const set = (texts: readonly string[]): string => [...new Set(texts.map(withoutSerial))].sort().join("; ")

const messageText = (message: {
  readonly rcode: string
  readonly authoritative: boolean
  readonly truncated: boolean
  readonly answer: readonly string[]
  readonly ns: readonly string[]
  readonly extra: readonly string[]
}): string => {
  const flags = `${message.authoritative ? " aa" : ""}${message.truncated ? " tc" : ""}`
  return `${message.rcode}${flags} answer {${set(message.answer)}} ns {${set(message.ns)}} extra {${set(message.extra)}}`
}

const NO_MESSAGE = "no message: the next plugin's to answer"

const ourText = (message: DnsMessage | undefined): string => {
  if (!message) return NO_MESSAGE
  const texts = (records: readonly ResourceRecord[]) => records.map(recordText)
  return messageText({
    ...message,
    answer: texts(message.answer),
    ns: texts(message.ns),
    extra: texts(message.extra),
  })
}

const RECORD = /^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.*)$/

/** The canned answer of a resolver, whatever it is asked. */
const upstreamOf = ({ upstreamAnswer }: DnsQuery): Parameters<typeof answerQuery>[3] =>
  upstreamAnswer &&
  ((_name, type) => ({
    answer: upstreamAnswer.answer.flatMap((text): readonly ResourceRecord[] => {
      const [, name = "", ttl, kind, data = ""] = RECORD.exec(text) ?? []
      return kind === type || kind === "CNAME"
        ? [{ name, ttl: Number(ttl), type: kind === "CNAME" ? "CNAME" : type, data }]
        : []
    }),
    truncated: upstreamAnswer.truncated,
  }))

/** dns-queries: what CoreDNS's plugin kubernetes answers, in the clusters of the dns-worlds file beside it. */
export function* judgeQueries(file: string): Iterable<JudgedCase> {
  const worldsFile = join(dirname(file), basename(file).replace("dns-queries", "dns-worlds"))
  const queries = readJson(file, queriesSchema)
  const worlds = new Map(
    readJson(worldsFile, worldsSchema).map((world, index) => [world.id, tableOf(worldsFile, world, index)]),
  )
  for (const [index, query] of queries.entries()) {
    const table = worlds.get(query.world)
    if (!table) throw problemIn(file, [index, "world"], `there is no world ${query.world} in ${basename(worldsFile)}`)
    const ours = answerQuery(table, zoneOf(query), query.query, upstreamOf(query))
    const id = `${query.id} ${query.query.type} ${query.query.name}`
    yield { id, outcome: compared(query.expect ? messageText(query.expect) : NO_MESSAGE, ourText(ours)) }
  }
}
