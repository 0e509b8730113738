import type { RoutingTable } from "@pilotage/routing-core"
import { z } from "zod"
import { CaseFileError, readRecording } from "../case-file.ts"
import type { JudgedCase, Outcome } from "../verdict.ts"
import type { Asker } from "./asker.ts"
import { type Command, readCommand, readUrl } from "./commands.ts"
import type { Comparison } from "./comparison.ts"
import { compareCurl } from "./curl.ts"
import { compareConnect, compareDatagram, compareKept } from "./datagrams.ts"
import { environmentReason } from "./dataplane.ts"
import { compareDig, compareNslookup, compareResolvConf } from "./lookups.ts"
import { type Manifests, readManifests } from "./manifests.ts"
import { type Meta, metaSchema } from "./meta.ts"
import { originsOf } from "./origins.ts"
import { comparePing } from "./ping.ts"
import { momentOf, relabelledIn } from "./situation.ts"
import { type Situation, tableOf } from "./world.ts"

const rowSchema = z.object({
  case: z.string(),
  source: z.string(),
  destination: z.string(),
  cmd: z.string(),
  exit: z.number(),
  stdout: z.string(),
  stderr: z.string(),
  seconds: z.number(),
  note: z.string(),
})

type Row = z.infer<typeof rowSchema>

/** Why a command is not a question for an engine that knows packets and names. */
const notARequest = (row: Row, command: Command): string | undefined => {
  if (row.source === "kubectl") return "needs a running cluster: kubectl asks the API server"
  if (command.kind === "other")
    return `needs a running cluster: ${command.program} reads what the kubelet wrote into the pod`
  return undefined
}

const compare = (asker: Asker, command: Command, row: Row): Comparison => {
  switch (command.kind) {
    case "curl":
      return compareCurl(asker, command, row)
    case "datagram":
      return compareDatagram(asker, command, row)
    case "flow":
    case "connection":
      return compareKept(asker, command, row)
    case "connect":
      return compareConnect(asker, command, row)
    case "dig":
      return { ...compareDig(asker, command, row.stdout), traces: [] }
    case "nslookup":
      return { ...compareNslookup(asker, command, row.stdout), traces: [] }
    case "ping":
      return comparePing(asker, command.to, row.stdout)
    case "resolv-conf":
      return { ...compareResolvConf(asker, row.stdout), traces: [] }
    default:
      return { expected: "", actual: "", traces: [] }
  }
}

const outcomeOf = ({ expected, actual, traces, environment }: Comparison): Outcome => {
  const agrees = expected === actual
  const uncertain = traces.find((each) => each.certainty === "environment")
  const reason = environment ?? (uncertain && environmentReason(uncertain))
  if (reason !== undefined) return { kind: "environment", reason, agrees, expected, actual }
  return agrees ? { kind: "agree" } : { kind: "disagree", expected, actual }
}

const address = (command: Command): string | undefined => {
  if (command.kind === "curl") {
    const { to, port } = readUrl(command.runs[0]?.urls[0] ?? "")
    return `${to}:${port}`
  }
  return undefined
}

/** The Service that an address belongs to, by the addresses and ports of the meta line. */
const serviceAt = (meta: Meta, at: string | undefined): string | undefined => {
  const [ip, port] = at?.split(":") ?? []
  const byIP = Object.entries(meta.clusterIPs).find(([, clusterIP]) => clusterIP === ip)
  const byPort = Object.entries(meta.nodePorts).find(([, nodePort]) => nodePort === Number(port))
  return (byIP ?? byPort)?.[0]
}

/** Pods whose label was changed while somebody asked a Service: by case and Service, from the notes that name them. */
const relabelledPods = (rows: readonly Row[]): ReadonlyMap<string, string> =>
  new Map(
    rows.flatMap((row) => {
      const pod = relabelledIn(row.note)
      const service = /^([a-z0-9-]+):/.exec(row.destination)?.[1]
      return pod === undefined || service === undefined ? [] : [[`${row.case} ${service}`, pod]]
    }),
  )

const situationKey = (situation: Situation): string =>
  JSON.stringify(Object.values(situation).map((names) => [...names].sort()))

/** The cluster of each situation, made once. */
const tables = (file: string, meta: Meta, manifests: Manifests): ((situation: Situation) => RoutingTable) => {
  const known = new Map<string, RoutingTable>()
  return (situation) => {
    const key = situationKey(situation)
    const table = known.get(key) ?? tableOf(file, meta, manifests, situation)
    known.set(key, table)
    return table
  }
}

/** Every row of an unsettled recording, in the cluster of `manifests/unsettled.yaml` as its note says it was then. */
export function* judgeUnsettled(file: string): Iterable<JudgedCase> {
  const { meta, rows } = readRecording(file, metaSchema, rowSchema)
  const manifests = readManifests(file, "unsettled.yaml")
  const origin = originsOf(meta, manifests, () => [])
  const table = tables(file, meta, manifests)
  const relabelled = relabelledPods(rows)
  for (const [index, row] of rows.entries()) {
    const id = `${row.case}: ${row.source} -> ${row.destination} [${row.cmd}]`
    const command = readCommand(row.cmd)
    const reason = notARequest(row, command)
    if (reason !== undefined) {
      yield { id, outcome: { kind: "not-judged", reason } }
      continue
    }
    const from = origin(row.source)
    if (!from)
      throw new CaseFileError(file, index + 2, `source ${JSON.stringify(row.source)} is no pod, node or outside host`)
    const here = relabelled.get(`${row.case} ${serviceAt(meta, address(command))}`)
    const { either, later } = momentOf(manifests, row, here)
    if (later && later.gone.size > 0) {
      yield {
        id,
        outcome: { kind: "not-judged", reason: "needs a running cluster: the application ended during its answer" },
      }
      continue
    }
    const outcomes = either.map((situation) => {
      const asker: Asker = { from, table: table(situation), later: later && table(later), meta, manifests }
      return outcomeOf(compare(asker, command, row))
    })
    const best = outcomes.find((each) => each.kind === "agree") ?? outcomes[0]
    if (best) yield { id, outcome: best }
  }
}
