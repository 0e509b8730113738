import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { addResult, bestResult, bestResults, openDatabase } from "@pilotage/db"
import { afterAll, expect, test } from "vitest"
import { startEmbeddedPostgresql } from "./embedded-postgresql.ts"

const data = mkdtempSync(join(tmpdir(), "pilotage-pg-"))
chmodSync(data, 0o700)
afterAll(() => rmSync(data, { recursive: true, force: true }))

const ada = "7f1c3c52-5a0e-4d0b-9f0e-0a4f3f1c2d01"
const bob = "7f1c3c52-5a0e-4d0b-9f0e-0a4f3f1c2d02"
const graded = (learnerId: string, status: "pass" | "fail", score: number) => ({
  learnerId,
  labId: "clusterip",
  labVersion: "v1",
  status,
  score,
  max: 5,
  result: { status, score },
  engineVersion: "e1",
  logSize: 10,
  logHash: "00",
})

const withDatabase = async (work: (database: ReturnType<typeof openDatabase>) => Promise<void>): Promise<void> => {
  const server = await startEmbeddedPostgresql(data)
  const database = openDatabase(server.url, () => undefined)
  try {
    await database.migrate()
    await work(database)
  } finally {
    await database.close()
    await server.stop()
  }
}

test("results survive a restart, and a pass stays the best one", { timeout: 60_000 }, async () => {
  await withDatabase(async (database) => {
    await addResult(database, graded(ada, "fail", 4))
    await addResult(database, graded(ada, "pass", 5))
    await addResult(database, graded(ada, "fail", 1))
    await addResult(database, graded(bob, "fail", 2))
  })
  await withDatabase(async (database) => {
    expect((await bestResult(database, ada, "clusterip"))?.result).toEqual({ status: "pass", score: 5 })
    expect((await bestResults(database, bob)).map((row) => row.result)).toEqual([{ status: "fail", score: 2 }])
    expect(await bestResult(database, bob, "nodeport")).toBeUndefined()
  })
})
