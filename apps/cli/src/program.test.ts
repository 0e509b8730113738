import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { runIn } from "./testing/command-line.ts"
import { embeddedPlayer } from "./verify/embedded-player.ts"

const repository = join(import.meta.dirname, "../../..")
const scratch = mkdtempSync(join(tmpdir(), "pilotage-cli-"))
afterAll(() => rmSync(scratch, { recursive: true }))

const run = (folder: string, ...args: readonly string[]) => runIn(folder, args, { home: scratch, play: embeddedPlayer })

/** A copy of the labs in which one text of one file is another. */
const changed = (name: string, file: string, from: string, to: string): string => {
  const folder = join(scratch, name)
  cpSync(join(repository, "labs"), join(folder, "labs"), { recursive: true })
  const path = join(folder, "labs", file)
  const text = readFileSync(path, "utf8")
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  writeFileSync(path, text.replace(from, to))
  return folder
}

test("lab list names every lab of the course, from any folder below", async () => {
  const { exitCode, out } = await run(join(repository, "apps/cli"), "lab", "list")
  expect(exitCode).toBe(0)
  expect(out).toMatch(/clusterip +20 min/)
  expect(out).toContain("loadbalancer")
})

test("lab verify plays one lab and says that all claims hold", async () => {
  const { exitCode, out } = await run(repository, "lab", "verify", "nodeport")
  expect(out).toContain("ok    wrong     number-only")
  expect(out).toContain("claims hold.")
  expect(out).not.toContain("clusterip:")
  expect(exitCode).toBe(0)
})

test("lab verify fails when a wrong answer fails for another reason than it says", async () => {
  const file = "02-nodeport/wrong/number-only/expect.yaml"
  const folder = changed("reason", file, "policy-local-no-endpoint", "wrong-target-port")
  const { exitCode, out } = await run(folder, "lab", "verify", "nodeport")
  expect(out).toContain("FAIL  wrong     number-only")
  expect(out).toContain("node-1-answers fails for policy-local-no-endpoint")
  expect(exitCode).toBe(1)
})

test("a mistake in a lab is shown with file, line and what to do", async () => {
  const folder = changed("typo", "03-loadbalancer/lab.yaml", "minutes: 25", "minuets: 25")
  const { exitCode, err } = await run(folder, "lab", "verify")
  expect(err).toMatch(/03-loadbalancer\/lab\.yaml:\d+:1: minuets: there is no field `minuets` here/)
  expect(err).toContain("How long a learner needs.")
  expect(exitCode).toBe(1)
})

test("a lab that is not there, a folder without labs and an unknown command are told apart", async () => {
  expect(await run(repository, "lab", "verify", "ingress")).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining("There is no lab ingress. Labs: clusterip, nodeport, loadbalancer"),
  })
  expect(await run(scratch, "lab", "list")).toMatchObject({ exitCode: 1, err: expect.stringContaining("--labs") })
  expect((await run(repository, "lab", "sail")).err).toContain("unknown command 'sail'")
})
