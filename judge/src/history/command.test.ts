import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { HISTORY_RESULTS } from "../results/history-results.ts"
import { runHistoryJudge } from "./command.ts"

const run = (args: readonly string[], folder?: string) => {
  const lines: string[] = []
  const exit = runHistoryJudge(
    args,
    { out: (line) => lines.push(line), err: (line) => lines.push(`error: ${line}`) },
    folder,
  )
  return { exit, text: lines.join("\n") }
}

test("tells how many operations of how many seeds held all invariants, and saves it", () => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-judge-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { exit, text } = run(["--seeds", "2", "--operations", "500", "--save"], folder)
  expect(text).toMatch(/^1,000 operations of 2 seeds: \d+ writes.*\nordered, unique.*all hold$/)
  expect(exit).toBe(0)
  expect(HISTORY_RESULTS.read(folder)).toMatchObject({ seeds: 2, operations: 500, breaches: {} })
})

test("refuses numbers that are none", () => {
  expect(run(["--seeds", "0"])).toMatchObject({
    exit: 2,
    text: expect.stringContaining("--seeds 0 is no whole number"),
  })
  expect(run(["--operations", "many"]).exit).toBe(2)
})
