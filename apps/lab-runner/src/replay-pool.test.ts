import { join } from "node:path"
import type { Cluster } from "@pilotage/embedded-cluster"
import { readLab } from "@pilotage/lab-files"
import { recordSession, startCluster } from "@pilotage/lab-session"
import { afterEach, expect, test } from "vitest"
import { createReplayPool, defaultReplayLimits, type ReplayPool } from "./replay-pool.ts"

const read = readLab(join(import.meta.dirname, "../../../labs"), "02-nodeport")
if (!read.ok) throw new Error(read.error[0]?.message)
const lab = read.value
const labs = new Map([["02-nodeport", lab]])

const logOf = (work: (cluster: Cluster) => void): string => {
  const cluster = startCluster(lab, 7)
  if (!cluster.ok) throw new Error(cluster.error.message)
  work(cluster.value)
  return JSON.stringify(recordSession(lab, 7, cluster.value))
}

/** A learner who looked for three seconds and changed nothing. */
const idleLog = (): string => logOf((cluster) => cluster.advance(3_000))

const repair = {
  method: "PATCH",
  path: "/api/v1/namespaces/default/services/tickets",
  headers: { "content-type": "application/strategic-merge-patch+json" },
  body: { spec: { externalTrafficPolicy: "Cluster", ports: [{ port: 80, nodePort: 30036 }] } },
} as const

const pools: ReplayPool[] = []
const opened = (...args: Parameters<typeof createReplayPool>): ReplayPool => {
  const pool = createReplayPool(...args)
  pools.push(pool)
  return pool
}
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
})

const request = { labId: lab.id, log: "{}", answers: {} }
const endless = new URL("./testing/endless-worker.ts", import.meta.url)
const greedy = new URL("./testing/greedy-worker.ts", import.meta.url)

test("a learner who changed nothing fails, for reasons, on the version of the lab that the server has", async () => {
  const graded = await opened(labs).grade({ ...request, log: idleLog() })
  if (!graded.ok) throw new Error(graded.error.message)
  expect(graded.value).toMatchObject({ status: "fail", backend: "embedded", labVersion: lab.version })
  expect(graded.value.checks.filter((check) => check.status === "fail").every((check) => check.why !== "")).toBe(true)
  expect(graded.value.checks.map((check) => check.status)).not.toContain("error")
})

test("a worker thread replays a log and passes what it leads to", async () => {
  const log = logOf((cluster) => {
    cluster.advance(2_000)
    cluster.request(repair)
    cluster.advance(3_000)
    cluster.http({ kind: "outside", ip: "203.0.113.7" }, { method: "GET", url: "http://node-1:30036/hostname" })
  })
  const graded = await opened(labs).grade({ ...request, log, answers: { "whose-address": "node-1" } })
  expect(graded).toMatchObject({ ok: true, value: { status: "pass", labVersion: lab.version } })
})

test("what the thread refuses comes back as a value; the pool grades on", async () => {
  const pool = opened(labs)
  const edited = idleLog().replace('"until":', '"until":1')
  expect(await pool.grade({ ...request, log: "not a log" })).toMatchObject({ ok: false, error: { code: "malformed" } })
  expect((await pool.grade({ ...request, log: edited })).ok).toBe(false)
  expect((await pool.grade({ ...request, log: idleLog() })).ok).toBe(true)
})

test("a lab that is not in the course is unknown", async () => {
  const graded = await opened(labs).grade({ ...request, labId: "ingress" })
  expect(graded).toMatchObject({ ok: false, error: { code: "unknown-lab" } })
})

test("a replay without end is stopped, and a log that waits behind it is not blamed for it", async () => {
  const pool = opened(labs, { ...defaultReplayLimits, timeMs: 900, waitMs: 300, threads: 1 }, endless)
  const first = pool.grade(request)
  // The second may not wait longer than the first may run.
  const second = first.then(() => pool.grade(request))
  const third = pool.grade(request)
  expect(await third).toMatchObject({ ok: false, error: { code: "busy" } })
  expect(await first).toMatchObject({ ok: false, error: { code: "grading-timed-out" } })
  expect(await second).toMatchObject({ ok: false, error: { code: "grading-timed-out" } })
})

test("a replay that takes too much memory ends its thread, not the server", { timeout: 30_000 }, async () => {
  const pool = opened(labs, { ...defaultReplayLimits, memoryMiB: 64, waitMs: 20_000, timeMs: 20_000 }, greedy)
  expect(await pool.grade(request)).toMatchObject({ ok: false, error: { code: "grading-memory" } })
})

test("more logs than the queue holds are told to try again", async () => {
  const pool = opened(labs, { waitMs: 300, timeMs: 300, memoryMiB: 64, queue: 1, threads: 1 }, endless)
  const answers = await Promise.all(Array.from({ length: 5 }, () => pool.grade(request)))
  expect(answers.some((answer) => !answer.ok && answer.error.code === "busy")).toBe(true)
})
