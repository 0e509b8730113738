import { existsSync } from "node:fs"
import { REASONS, type ReasonCode, type RoutingTable, type Trace, trace } from "@pilotage/routing-core"
import { z } from "zod"
import { CaseFileError, readRecording } from "../case-file.ts"
import type { JudgedCase, Outcome } from "../verdict.ts"
import { readManifests } from "./manifests.ts"
import { metaSchema } from "./meta.ts"
import { originsOf } from "./origins.ts"
import { ALL_IS_WELL, type Situation, tableOf } from "./world.ts"

const rowSchema = z.object({
  source: z.string(),
  destination: z.string(),
  url: z.string().regex(/^http:\/\/[^/]+:\d+\//, "must be http://HOST:PORT/PATH"),
  exit: z.number(),
  /** The status of the answer, `000` without one. */
  http: z.string().optional(),
  client_seen: z.string().optional(),
  backend: z.string().optional(),
})

type Row = z.infer<typeof rowSchema>

const keyOf = ({ source, destination }: Row): string => `${source} -> ${destination}`

/** `10.244.1.2:50516` without the port. A body that is no address (an answer of TLS, or of somebody else) tells nothing. */
const ipOf = (address: string | undefined): string | undefined => /^(\d+(?:\.\d+){3}):\d+$/.exec(address ?? "")?.[1]

/** host and port as curl reads them; the trailing dot of a full name stays. */
const target = (url: string): { readonly to: string; readonly port: number } => {
  const authority = url.slice("http://".length).split("/")[0] ?? ""
  const at = authority.lastIndexOf(":")
  return { to: authority.slice(0, at), port: Number(authority.slice(at + 1)) }
}

/** Pods that were made to be deleted before the first try. */
const GONE = /^gone-/

/** `exit 0, web-1 sees 10.244.2.11`; what kube-proxy says of a node's health, `exit 0, status 503`. */
const recordedText = (row: Row, health: boolean): string => {
  if (health) return `exit ${row.exit}, status ${row.http}`
  return row.backend === undefined || ipOf(row.client_seen) === undefined
    ? `exit ${row.exit}`
    : `exit ${row.exit}, ${row.backend} sees ${ipOf(row.client_seen)}`
}

const isHealthCheck = (row: Row, found: Trace): boolean =>
  found.chosen?.healthCheck !== undefined && row.http !== undefined

/** What we say about a row, in the words of the row: of the backends that may answer, the one that did, if it is among them. */
const tracedText = (found: Trace, row: Row): string => {
  const exitText = `exit ${found.curl.exitCode}`
  if (isHealthCheck(row, found)) return `${exitText}, status ${found.chosen?.healthCheck?.status}`
  if (row.backend === undefined || ipOf(row.client_seen) === undefined || found.curl.exitCode !== 0 || row.exit !== 0)
    return exitText
  const answered = found.backends.find((each) => each.pod === row.backend) ?? found.chosen
  return `${exitText}, ${answered?.pod ?? answered?.ip} sees ${answered?.sourceSeen}`
}

const isReason = (code: string): code is ReasonCode => Object.hasOwn(REASONS, code)

/** The reason in our words, for a verdict that we leave to the network around the cluster. */
export const environmentReason = ({ failure }: Trace): string => {
  if (!failure) return "answered from outside the cluster"
  return isReason(failure.code) ? `${failure.code}: ${REASONS[failure.code]}` : failure.code
}

/** A refusal that travels as an ICMP error, of which the kernel sends few a second to one peer. */
const isIcmpRefusal = (found: Trace): boolean => {
  const last = found.hops.at(-1)?.action
  return found.curl.exitCode === 7 && (last === "reject" || last === "unreachable")
}

/**
 * What shows that a timeout among many tries at once was the kernel's limit: the same try alone, or a try of somebody
 * else that we refuse by the same rule and that was refused.
 */
type FindWitness = (row: Row, found: Trace) => Row | undefined

const outcomeOf = (row: Row, found: Trace, witness: FindWitness): Outcome => {
  const expected = recordedText(row, isHealthCheck(row, found))
  const actual = tracedText(found, row)
  const agrees = expected === actual
  if (found.certainty === "environment")
    return { kind: "environment", reason: environmentReason(found), agrees, expected, actual }
  if (agrees) return { kind: "agree" }
  const other = row.exit === 28 && isIcmpRefusal(found) ? witness(row, found) : undefined
  if (other)
    return {
      kind: "environment",
      reason: "ICMP rate limit: a timeout among 24 tries at once, refused otherwise",
      agrees: false,
      expected: `${expected} (${other.source}: ${recordedText(other, false)})`,
      actual,
    }
  return { kind: "disagree", expected, actual }
}

/** The same tries one at a time, by source and destination: the `-serial` file beside a recording of many at once. */
const triesAlone = (file: string): ReadonlyMap<string, Row> => {
  const serial = file.replace(/\.jsonl$/, "-serial.jsonl")
  if (file.includes("-serial") || !existsSync(serial)) return new Map()
  return new Map(readRecording(serial, metaSchema, rowSchema).rows.map((row) => [keyOf(row), row]))
}

/** Health check ports are in no meta line; the URLs that asked for them tell. */
const healthCheckPorts = (rows: readonly Row[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    rows.flatMap(({ destination, url }) => {
      const service = /^(\S+): .*healthCheckNodePort$/.exec(destination)?.[1]
      return service === undefined ? [] : [[service, target(url).port]]
    }),
  )

/** Every row of a data plane recording, from and to where it went, in the cluster of `manifests/dataplane.yaml`. */
export function* judgeDataplane(file: string): Iterable<JudgedCase> {
  const { meta, rows } = readRecording(file, metaSchema, rowSchema)
  const manifests = readManifests(file, "dataplane.yaml")
  const alone = triesAlone(file)
  const healthChecks = { ...healthCheckPorts([...rows, ...alone.values()]), ...meta.healthCheckNodePorts }
  const gone = new Set(manifests.pods.map((pod) => pod.metadata.name).filter((name) => GONE.test(name)))
  const situation: Situation = { ...ALL_IS_WELL, gone }
  const table: RoutingTable = tableOf(file, { ...meta, healthCheckNodePorts: healthChecks }, manifests, situation)
  const origin = originsOf(meta, manifests, (source) =>
    rows.filter((row) => row.source === source).flatMap((row) => ipOf(row.client_seen) ?? []),
  )
  const traced = rows.map((row, index) => {
    const from = origin(row.source)
    if (!from)
      throw new CaseFileError(file, index + 2, `source ${JSON.stringify(row.source)} is no pod, node or outside host`)
    return { row, found: trace(table, { from, ...target(row.url), protocol: "TCP" }) }
  })
  const witness: FindWitness = (row, found) => {
    const repeated = alone.get(keyOf(row))
    if (repeated) return repeated.exit === found.curl.exitCode ? repeated : undefined
    return traced.find(
      (each) =>
        each.row.destination === row.destination &&
        each.row.exit === found.curl.exitCode &&
        each.found.hops.at(-1)?.rule === found.hops.at(-1)?.rule,
    )?.row
  }
  for (const { row, found } of traced)
    yield { id: `${keyOf(row)} (${row.url})`, outcome: outcomeOf(row, found, witness) }
}
