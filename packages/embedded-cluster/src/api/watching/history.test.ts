import { expect, test } from "vitest"
import { checkHistory } from "./history-check/check-history.ts"

/** `pnpm judge:history` runs 50 seeds of 20,000. */
const SEEDS = 10
const OPERATIONS = 10_000

test.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
  "watches are ordered, unique, reliable, atomic, resumable, bookmarkable and filterable, lists snapshots: seed %i",
  (seed) => {
    const report = checkHistory(seed, OPERATIONS)
    expect(report.breaches.slice(0, 3)).toEqual([])
    expect(report.listProblems.slice(0, 3)).toEqual([])
    // The run was worth it.
    expect(report.restarts).toBeGreaterThan(5)
    expect(report.events).toBeGreaterThan(OPERATIONS)
    expect(Math.min(report.expired.watches, report.expired.lists)).toBeGreaterThan(3)
    expect(report.lists).toBeGreaterThan(20)
  },
)
