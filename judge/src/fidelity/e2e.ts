import type { E2eRun } from "../results/e2e-results.ts"
import { code, table } from "./markdown.ts"

/** Upstream's own tests: counts by group, then those that fail or cannot run, with the first reason. */
export const e2eSection = (runs: readonly E2eRun[]): readonly string[] => {
  if (runs.length === 0) return []
  const groups = runs.flatMap(({ focus, groups: own }) => own.map((group) => ({ focus, ...group })))
  return [
    "### Upstream's end-to-end tests",
    "",
    "The compiled `e2e.test` of v1.36.3 against `pilotage cluster start` (`pnpm judge:e2e FOCUS --save`).",
    "",
    ...table(
      ["focus", "group", "passed", "failed", "skipped"],
      groups.map(({ focus, group, passed, failed, skipped }) => [
        code(focus),
        group,
        passed,
        failed.length,
        skipped.length,
      ]),
    ),
    ...table(
      ["test that fails", "first reason"],
      groups.flatMap(({ group, failed }) => failed.map(({ name, reason }) => [`${group}: ${name}`, reason])),
    ),
  ]
}
