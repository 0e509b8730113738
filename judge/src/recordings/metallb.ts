import { type Origin, type RoutingTable, trace } from "@pilotage/routing-core"
import { z } from "zod"
import { CaseFileError, readLines } from "../case-file.ts"
import type { JudgedCase, Outcome } from "../verdict.ts"
import { readUrl } from "./commands.ts"
import { environmentReason } from "./dataplane.ts"
import { type Manifests, readManifests } from "./manifests.ts"
import type { Meta } from "./meta.ts"
import { metaOfTranscript, type Transcript } from "./metallb-world.ts"
import { type FindOrigin, originsOf } from "./origins.ts"
import { ALL_IS_WELL, tableOf } from "./world.ts"

const rowSchema = z.object({ name: z.string(), cmd: z.string(), stdout: z.string(), exit: z.number() })

/** Where a command of the transcript ran, in the words that other recordings have for it. */
const sourceOf = (cmd: string): string => {
  const pod = /^kubectl exec -n \S+ (\S+) --/.exec(cmd)?.[1]
  if (pod !== undefined) return `pod ${pod}`
  const container = /^docker exec (\S+)/.exec(cmd)?.[1]
  if (container === undefined) return "docker host"
  return container === "outside" ? "container on the kind network" : `node ${container}`
}

const seenBy = (row: Transcript): string | undefined => /^(\d+(?:\.\d+){3}):\d+ /.exec(row.stdout)?.[1]

const outcomeOf = (table: RoutingTable, from: Origin, url: string, row: Transcript): Outcome => {
  const { to, port } = readUrl(url)
  const found = trace(table, { from, to, port, protocol: "TCP" })
  const seen = seenBy(row)
  const sources = new Set(found.backends.map((each) => each.sourceSeen))
  const ours = seen !== undefined && sources.has(seen) ? seen : [...sources].join(" or ")
  const text = (exit: number, source: string | undefined) => `exit ${exit}${exit === 0 ? `, sees ${source}` : ""}`
  const expected = text(row.exit, seen)
  const actual = text(found.curl.exitCode, ours)
  const agrees = expected === actual
  if (found.certainty === "environment")
    return { kind: "environment", reason: environmentReason(found), agrees, expected, actual }
  return agrees ? { kind: "agree" } : { kind: "disagree", expected, actual }
}

const originOf = (meta: Meta, manifests: Manifests, rows: readonly Transcript[]): FindOrigin =>
  originsOf(meta, manifests, (source) =>
    rows.filter((row) => sourceOf(row.cmd) === source).flatMap((row) => seenBy(row) ?? []),
  )

/** The curls of a MetalLB transcript, in the cluster of `manifests/dataplane.yaml` with the addresses that kubectl printed. */
export function* judgeMetallb(file: string): Iterable<JudgedCase> {
  const rows = readLines(file, rowSchema)
  const manifests = readManifests(file, "dataplane.yaml")
  const meta = metaOfTranscript(rows, manifests)
  const gone = new Set(manifests.pods.map((pod) => pod.metadata.name).filter((name) => meta.pods[name] === undefined))
  const table = tableOf(file, meta, manifests, { ...ALL_IS_WELL, gone })
  const origin = originOf(meta, manifests, rows)
  for (const [index, row] of rows.entries()) {
    const url = /\bcurl .*?(http:\/\/\S+)/.exec(row.cmd)?.[1]
    const id = `${row.name} [${row.cmd}]`
    if (url === undefined) {
      yield { id, outcome: { kind: "not-judged", reason: "needs a running cluster: not a curl" } }
      continue
    }
    const from = origin(sourceOf(row.cmd))
    if (!from) throw new CaseFileError(file, index + 1, `${sourceOf(row.cmd)} is no pod, node or outside host`)
    yield { id, outcome: outcomeOf(table, from, url, row) }
  }
}
