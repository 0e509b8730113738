import type { E2eGroup } from "../results/e2e-results.ts"
import type { TestResult, TestState } from "./ginkgo-report.ts"

/** Counts of each group, and the tests of it that did not pass. */
export const e2eGroups = (tests: readonly TestResult[]): readonly E2eGroup[] =>
  [...new Set(tests.map(({ group }) => group))].map((group) => {
    const own = tests.filter((test) => test.group === group)
    const named = (state: TestState) =>
      own.filter((test) => test.state === state).map(({ name, reason = "" }) => ({ name, reason }))
    const [failed, skipped] = [named("failed"), named("skipped")]
    return { group, passed: own.length - failed.length - skipped.length, failed, skipped }
  })

/** Each group's counts, then up to `limit` of its failures and what was skipped, each with its reason. */
export const e2eText = (groups: readonly E2eGroup[], limit: number): readonly string[] => {
  const sum = (count: (group: E2eGroup) => number): number => groups.reduce((all, each) => all + count(each), 0)
  return [
    ...groups.flatMap(({ group, passed, failed, skipped }) => [
      `${group}: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
      ...failed.slice(0, limit).flatMap(({ name, reason }) => [`    failed: ${name}`, `        ${reason}`]),
      ...(failed.length > limit ? [`    and ${failed.length - limit} more failures (--limit ${failed.length})`] : []),
      ...skipped.map(({ name, reason }) => `    skipped: ${name}: ${reason}`),
    ]),
    `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed.length)} failed, ${sum(({ skipped }) => skipped.length)} skipped`,
  ]
}
