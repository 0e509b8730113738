import { expect, test } from "vitest"
import { gradeSession } from "./grade-session.ts"
import { startCluster } from "./lab-cluster.ts"
import { parseSessionLog, recordSession, replaySession, type SessionLog } from "./session-log.ts"
import { demoLab, repair } from "./testing/demo-lab.ts"

const start = () => {
  const cluster = startCluster(demoLab, 7)
  if (!cluster.ok) throw new Error(cluster.error.message)
  return cluster.value
}

/** A session in which the learner repairs the Service and asks it once. */
const played = (): SessionLog => {
  const cluster = start()
  cluster.advance(4_000)
  cluster.request(repair)
  cluster.advance(3_000)
  cluster.http({ kind: "outside", ip: "203.0.113.7" }, { method: "GET", url: "http://172.18.0.2:80" })
  cluster.advance(500)
  return recordSession(demoLab, 7, cluster)
}

const send = (log: unknown): string => JSON.stringify(log)

test("a log that is replayed elsewhere gives the state and the grade of the session", async () => {
  const log = parseSessionLog(demoLab, send(played()))
  if (!log.ok) throw new Error(log.error.message)
  const replayed = replaySession(demoLab, log.value)
  if (!replayed.ok) throw new Error(replayed.error.message)
  expect(recordSession(demoLab, 7, replayed.value)).toEqual(log.value)
  const before = await gradeSession(demoLab, start(), start(), {})
  const after = await gradeSession(demoLab, replayed.value, start(), {})
  expect([before.status, after.status]).toEqual(["fail", "pass"])
  expect(before.checks[0]?.reason).toBe("no-endpoints-selector-mismatch")
})

test("grading changes nothing of the learner's cluster", async () => {
  const cluster = start()
  const before = JSON.stringify(cluster.snapshot())
  await gradeSession(demoLab, cluster, start(), {})
  expect(JSON.stringify(cluster.snapshot())).toBe(before)
})

const changed = (change: (log: SessionLog) => unknown): string => send(change(played()))

test.each([
  ["too-large", "x".repeat(1_048_577)],
  ["malformed", "{"],
  ["malformed", "[]"],
  [
    "malformed",
    changed((log) => ({ ...log, inputs: { ...log.inputs, entries: [{ at: 0, input: { kind: "win" } }] } })),
  ],
  ["engine-version", changed((log) => ({ ...log, inputs: { ...log.inputs, engine: "0" } }))],
  ["lab-version", changed((log) => ({ ...log, labVersion: "v0" }))],
])("%s is refused in words before anything is replayed", (code, text) => {
  const log = parseSessionLog(demoLab, text)
  expect(log.ok ? "accepted" : log.error.code).toBe(code)
  if (!log.ok) expect(log.error.message).toMatch(/\.$/)
})

test("a log whose inputs were changed does not lead to the state that it claims", () => {
  const log = played()
  const forged: SessionLog = {
    ...log,
    inputs: {
      ...log.inputs,
      entries: log.inputs.entries.filter((entry) => entry.input.kind !== "request"),
    },
  }
  const replayed = replaySession(demoLab, forged)
  expect(replayed.ok ? "accepted" : replayed.error.code).toBe("diverged")
})

test("a log that goes back in time is refused", () => {
  const log = played()
  const entries = log.inputs.entries.map((entry, index) => (index === 1 ? { ...entry, at: 0 } : entry))
  const replayed = replaySession(demoLab, { ...log, inputs: { ...log.inputs, entries } })
  expect(replayed.ok ? "accepted" : replayed.error.code).toBe("malformed")
})

test("a log that asks for more virtual time than a session has is refused", () => {
  const log = played()
  const replayed = replaySession(demoLab, { ...log, inputs: { ...log.inputs, until: log.inputs.until + 1e9 } })
  expect(replayed.ok ? "accepted" : replayed.error.code).toBe("malformed")
})
