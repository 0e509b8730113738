import { z } from "zod"
import { resultsFile } from "./results-file.ts"

const told = z.array(z.object({ name: z.string(), reason: z.string() })).readonly()

const e2eGroup = z.object({
  group: z.string(),
  passed: z.number().int().nonnegative(),
  failed: told,
  skipped: told,
})

export type E2eGroup = z.infer<typeof e2eGroup>

const e2eRun = z.object({
  /** Regular expressions over the tests' names: which were chosen, and which of these were left out. */
  focus: z.string(),
  skip: z.string(),
  groups: z.array(e2eGroup).readonly(),
})

export type E2eRun = z.infer<typeof e2eRun>

const E2E_RESULTS = resultsFile("e2e.json", z.object({ runs: z.array(e2eRun) }))

/** The last saved run of `pnpm judge:e2e` of each focus. */
export const readE2eRuns = (folder?: string): readonly E2eRun[] => E2E_RESULTS.read(folder)?.runs ?? []

/** Keeps a run in place of the one before of the same focus. */
export const saveE2eRun = (run: E2eRun, folder?: string): void => {
  const others = readE2eRuns(folder).filter(({ focus }) => focus !== run.focus)
  const order = (one: E2eRun, other: E2eRun): number => one.focus.localeCompare(other.focus, "en")
  E2E_RESULTS.save({ runs: [...others, run].sort(order) }, folder)
}
