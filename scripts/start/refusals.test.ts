import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { takeDataFolder } from "../../apps/lab-runner/src/data-folder.ts"

const folder = mkdtempSync(join(tmpdir(), "pilotage-start-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `pnpm start`'s script where it must refuse before it builds anything. */
const refused = (env: Record<string, string>) => {
  const script = join(import.meta.dirname, "../start.ts")
  const { status, stdout, stderr } = spawnSync("node", [script], {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...process.env, ...env },
  })
  return { status, stdout, lines: stderr.trim().split("\n") }
}

test("a port that is none is said in one line", { timeout: 30_000 }, () => {
  expect(refused({ PORT: "http", PILOTAGE_DATA: join(folder, "a") })).toEqual({
    status: 1,
    stdout: "",
    lines: ['PORT must be a number from 1 to 65535, not "http".'],
  })
})

test.each(["127.0.0.1", "::1"])("a port in use on %s is said in one line", { timeout: 30_000 }, async (host) => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, host, resolve))
  const address = other.address()
  const port = typeof address === "object" && address ? address.port : 0
  const data = join(folder, "b")
  const { status, lines } = refused({ PORT: String(port), PILOTAGE_DATA: data })
  other.close()
  expect([status, lines]).toEqual([
    1,
    [`Port ${port} is in use. Stop what uses it or choose another: PORT=${port + 1}.`],
  ])
  expect(existsSync(join(data, "instance.lock"))).toBe(false)
})

test("a data folder that cannot be made is said in one line", { timeout: 30_000 }, () => {
  writeFileSync(join(folder, "file"), "")
  const { status, lines } = refused({ PORT: "41999", PILOTAGE_DATA: join(folder, "file/data") })
  expect([status, lines.length]).toEqual([1, 1])
  expect(lines[0]).toMatch(/cannot be written .*PILOTAGE_DATA/)
})

test("a second instance is told who has the data, and takes nothing from them", { timeout: 30_000 }, () => {
  const data = takeDataFolder(join(folder, "c"), "http://localhost:3000")
  const { status, lines } = refused({ PORT: "41999", PILOTAGE_DATA: data.path })
  expect([status, lines.length]).toEqual([1, 1])
  expect(lines[0]).toContain(`process ${process.pid}, http://localhost:3000`)
  expect(existsSync(join(data.path, "instance.lock"))).toBe(true)
  data.release()
})
