/** `pnpm test`: unit, property and contract tests, then the browser tests on the built product. Ends with the counts. */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ensureChromium } from "./test/chromium.ts"
import { addCounts, type Counts, formatCounts, noTests, playwrightCounts, vitestCounts } from "./test/counts.ts"

const root = join(import.meta.dirname, "..")
const reports = mkdtempSync(join(tmpdir(), "pilotage-test-"))

const run = (program: string, args: readonly string[], env: Record<string, string> = {}): number =>
  spawnSync(join(root, "node_modules/.bin", program), args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  }).status ?? 1

/** Counts out of a report; a run that left no readable report failed as a whole. */
const readCounts = <T>(file: string, count: (report: T) => Counts): Counts => {
  try {
    return count(JSON.parse(readFileSync(file, "utf8")) as T)
  } catch (error) {
    console.error(`No test report at ${file}: ${error instanceof Error ? error.message : String(error)}`)
    return { ...noTests, failed: 1 }
  }
}

const unitTests = (): Counts => {
  const file = join(reports, "vitest.json")
  run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`])
  return readCounts(file, vitestCounts)
}

const browserTests = (): Counts => {
  const chromium = ensureChromium()
  if (!chromium) {
    console.error(
      "The browser tests need Chromium: install it (Debian: apt-get install chromium) or name one in CHROMIUM_PATH.",
    )
    return { ...noTests, failed: 1 }
  }
  if (run("turbo", ["run", "build"]) !== 0) {
    console.error("The production build failed, so the browser tests had nothing to run on.")
    return { ...noTests, failed: 1 }
  }
  const file = join(reports, "playwright.json")
  run("playwright", ["test", "--reporter=list,json"], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  return readCounts(file, playwrightCounts)
}

const counts = addCounts(unitTests(), browserTests())
rmSync(reports, { recursive: true, force: true })
console.log(formatCounts(counts))
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
