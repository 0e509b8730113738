import { expect, test } from "vitest"
import { addCounts, formatCounts, noTests, playwrightCounts, vitestCounts } from "./counts.ts"

test("the closing line names skipped tests only when there are some", () => {
  expect(formatCounts({ passed: 3, failed: 1, skipped: 0 })).toBe("3 passed, 1 failed")
  expect(formatCounts({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped")
})

test("a test file that did not load is a failure, not silence", () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 0,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{}] },
    ],
  }
  expect(vitestCounts(report)).toEqual({ passed: 4, failed: 2, skipped: 0 })
})

test("a flaky browser test is a failed one, and so is an error outside any test", () => {
  const report = { stats: { expected: 2, unexpected: 0, flaky: 1, skipped: 1 }, errors: ["no server"] }
  expect(addCounts(noTests, playwrightCounts(report))).toEqual({ passed: 2, failed: 2, skipped: 1 })
})
