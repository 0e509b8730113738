import { parseArgs } from "node:util"
import { checkHistory, type HistoryReport } from "@pilotage/embedded-cluster/judging"
import { isUsageError, UsageError } from "../arguments.ts"
import { HISTORY_RESULTS, type HistoryResults } from "../results/history-results.ts"

const USAGE = "usage: pnpm judge:history [--seeds 50] [--operations 20000] [--first-seed 0] [--save]"

const readArguments = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: {
      seeds: { type: "string", default: "50" },
      operations: { type: "string", default: "20000" },
      "first-seed": { type: "string", default: "0" },
      save: { type: "boolean", default: false },
    },
  })
  const whole = (name: "seeds" | "operations" | "first-seed", least: number): number => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < least || values[name].trim() === "")
      throw new UsageError(`--${name} ${values[name]} is no whole number from ${least} on`)
    return value
  }
  return {
    seeds: whole("seeds", 1),
    operations: whole("operations", 1),
    firstSeed: whole("first-seed", 0),
    save: values.save,
  }
}

const problemsOf = ({ breaches, listProblems }: HistoryReport): readonly (readonly [string, string])[] => [
  ...breaches.map(({ invariant, detail }) => [invariant, detail] as const),
  ...listProblems.map((detail) => ["list", detail] as const),
]

interface CommandOutput {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

const SHOWN = 3

const judge = (args: readonly string[], { out }: CommandOutput, folder?: string): number => {
  const { seeds, operations, firstSeed, save } = readArguments(args)
  const sum = { writes: 0, restarts: 0, watches: 0, events: 0, lists: 0, expired: 0 }
  const breaches = new Map<string, number>()
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const report = checkHistory(seed, operations)
    for (const name of ["writes", "restarts", "watches", "events", "lists"] as const) sum[name] += report[name]
    sum.expired += report.expired.watches + report.expired.lists
    const problems = problemsOf(report)
    for (const [invariant] of problems) breaches.set(invariant, (breaches.get(invariant) ?? 0) + 1)
    for (const [invariant, detail] of problems.slice(0, SHOWN)) out(`seed ${seed}: not ${invariant}: ${detail}`)
  }
  const results: HistoryResults = { seeds, operations, ...sum, breaches: Object.fromEntries(breaches) }
  const number = (value: number): string => value.toLocaleString("en")
  out(
    `${number(seeds * operations)} operations of ${seeds} seeds: ${number(sum.writes)} writes, ${number(sum.watches)} watches, ` +
      `${number(sum.events)} events and bookmarks, ${number(sum.lists)} lists, ${number(sum.restarts)} restarts, ` +
      `${number(sum.expired)} times the past was compacted`,
  )
  const all = [...breaches.values()].reduce((total, each) => total + each, 0)
  out(
    all === 0
      ? "ordered, unique, reliable, atomic, resumable, bookmarkable, filterable; lists are snapshots: all hold"
      : `${number(all)} breaches`,
  )
  if (save) HISTORY_RESULTS.save(results, folder)
  return all === 0 ? 0 : 1
}

/**
 * Holds random histories of watches and lists to etcd's seven invariants, and prints. The exit code: 0 all hold, 1 some do
 * not, 2 the arguments are wrong. `folder`: where `--save` writes, if not where docs/fidelity.md looks.
 */
export const runHistoryJudge = (args: readonly string[], output: CommandOutput, folder?: string): number => {
  try {
    return judge(args, output, folder)
  } catch (error) {
    if (!isUsageError(error)) throw error
    output.err(error.message)
    output.err(USAGE)
    return 2
  }
}
