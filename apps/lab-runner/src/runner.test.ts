import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedPostgresql, startEmbeddedPostgresql } from "./embedded-postgresql.ts"
import { type Runner, startRunner } from "./runner.ts"

const data = mkdtempSync(join(tmpdir(), "pilotage-runner-"))
const labsFolder = join(import.meta.dirname, "../../../labs")
let database: EmbeddedPostgresql
let runner: Runner
let server: Server
let address: string

beforeAll(async () => {
  database = await startEmbeddedPostgresql(data)
  runner = await startRunner({ dataFolder: data, databaseUrl: database.url, labsFolder })
  server = createServer((request, response) => {
    if (!runner.handle(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)

afterAll(async () => {
  server.close()
  await runner.close()
  await database.stop()
  rmSync(data, { recursive: true, force: true })
})

const check = (log: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${address}/api/trpc/lab.check`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ labId: "clusterip", log, answers: {} }),
  })

test("a browser that comes for the first time gets a learner's cookie, and keeps its learner with it", async () => {
  const first = await fetch(`${address}/api/trpc/lab.results`)
  const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? ""
  expect(cookie).toMatch(/^pilotage_learner=/)
  const second = await fetch(`${address}/api/trpc/lab.results`, { headers: { cookie } })
  expect(second.headers.get("set-cookie")).toBeNull()
  expect(await second.json()).toEqual({ result: { data: [] } })
})

test("a log above 1 MiB is refused by its size, one far above it before it is read", async () => {
  const large = await check("x".repeat(1_048_577))
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ error: { data: { reason: "too-large" } } })
  expect((await check("x".repeat(3_000_000))).status).toBe(413)
})

test("a page elsewhere is refused", async () => {
  expect((await check("{}", { origin: "https://elsewhere.example" })).status).toBe(403)
})

test("a database that does not answer is said in one line", async () => {
  const start = startRunner({ dataFolder: data, databaseUrl: "postgresql://nobody@127.0.0.1:9/none", labsFolder })
  await expect(start).rejects.toThrow(/^The database cannot be used .*DATABASE_URL/)
})
