import { join } from "node:path"
import { readCurriculum } from "@pilotage/lab-files"
import type { LabBrief } from "@pilotage/lab-kit"
import { recordSession, startCluster } from "@pilotage/lab-session"
import { afterEach, expect, test } from "vitest"
import { createReplayPool, type ReplayPool } from "./replay-pool.ts"

const curriculum = readCurriculum(join(import.meta.dirname, "../../../labs"))
if (!curriculum.ok) throw new Error("the labs cannot be read")
const { labs } = curriculum.value
const lab = [...labs.values()].find((each) => each.id === "nodeport")
if (!lab) throw new Error("there is no lab nodeport")

const logOf = (played: LabBrief, work: (cluster: ReturnType<typeof start>) => void): string => {
  const cluster = start(played)
  work(cluster)
  return JSON.stringify(recordSession(played, 1, cluster))
}

const start = (played: LabBrief) => {
  const cluster = startCluster(played, 1)
  if (!cluster.ok) throw new Error(cluster.error.message)
  return cluster.value
}

const repair = {
  method: "PATCH",
  path: "/api/v1/namespaces/default/services/tickets",
  headers: { "content-type": "application/strategic-merge-patch+json" },
  body: { spec: { externalTrafficPolicy: "Cluster", ports: [{ port: 80, nodePort: 30036 }] } },
} as const

let pool: ReplayPool | undefined
afterEach(async () => {
  await pool?.close()
  pool = undefined
})

test("a worker thread replays a log and grades what it leads to", { timeout: 30_000 }, async () => {
  pool = createReplayPool(labs)
  const log = logOf(lab, (cluster) => {
    cluster.advance(2_000)
    cluster.request(repair)
    cluster.advance(3_000)
    cluster.http({ kind: "outside", ip: "203.0.113.7" }, { method: "GET", url: "http://node-1:30036/hostname" })
  })
  const graded = await pool.grade({ labId: "nodeport", log, answers: { "whose-address": "node-1" } })
  expect(graded).toMatchObject({ ok: true, value: { status: "pass", labVersion: lab.version } })
})

test("an unknown lab and a log that is none are refused, each for its own reason", { timeout: 30_000 }, async () => {
  pool = createReplayPool(labs)
  const unknown = await pool.grade({ labId: "nope", log: "{}", answers: {} })
  const malformed = await pool.grade({ labId: "nodeport", log: "{}", answers: {} })
  expect([unknown, malformed].map((each) => (each.ok ? "graded" : each.error.code))).toEqual([
    "unknown-lab",
    "malformed",
  ])
})

test("a log that takes too long is stopped, and the next one is graded all the same", { timeout: 30_000 }, async () => {
  const log = logOf(lab, () => undefined)
  pool = createReplayPool(labs, { timeMs: 1, memoryMiB: 256, queue: 10 })
  const stopped = await pool.grade({ labId: "nodeport", log, answers: {} })
  expect(stopped.ok ? "graded" : stopped.error.code).toBe("grading-timed-out")
  await pool.close()
  pool = createReplayPool(labs)
  expect(await pool.grade({ labId: "nodeport", log, answers: {} })).toMatchObject({
    ok: true,
    value: { status: "fail" },
  })
})
