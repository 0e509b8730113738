import type { SessionRun } from "../results/session-results.ts"
import type { Verdict } from "./replay.ts"
import type { SessionReport } from "./report.ts"

const FLAG_WITH_VALUE = /^(?:-n|--namespace|-v|--v|--context|--kubeconfig|-s|--server|--as)$/

/** The subcommand of the first kubectl of a line: `rollout` of `kubectl -n a rollout status x`. Nothing for lines without. */
export const subcommandOf = (cmd: string): string | undefined => {
  const words = /(?:^|[\s;&|(])kubectl\s+([^;&|]*)/.exec(cmd)?.[1]?.split(/\s+/) ?? []
  return words.find((word, index) => !word.startsWith("-") && !FLAG_WITH_VALUE.test(words[index - 1] ?? "") && word)
}

const bySubcommand = (verdicts: readonly Verdict[]): SessionRun["subcommands"] => {
  const counts = new Map<string, { agree: number; total: number }>()
  for (const { cmd, differences } of verdicts) {
    const name = subcommandOf(cmd) ?? "(none)"
    const count = counts.get(name) ?? { agree: 0, total: 0 }
    counts.set(name, { agree: count.agree + (differences.length === 0 ? 1 : 0), total: count.total + 1 })
  }
  return [...counts]
    .map(([subcommand, count]) => ({ subcommand, ...count }))
    .sort((one, other) => (one.subcommand < other.subcommand ? -1 : 1))
}

/** What is kept of a run. */
export const sessionRun = (session: string, report: SessionReport, verdicts: readonly Verdict[]): SessionRun => ({
  session,
  kubectl: report.clients.here ?? "unknown",
  recorded: report.clients.recorded ?? "unknown",
  agree: report.agree,
  total: report.total,
  asRecorded: report.asRecorded,
  byClient: report.byClient,
  byStatedRule: report.byStatedRule,
  rules: report.rules.map(({ commands, ...rule }) => ({ ...rule, commands: commands.length })),
  subcommands: bySubcommand(verdicts),
  disagreements: report.disagreements.map(({ name, cmd, reason }) => ({ name, cmd, reason: reason ?? null })),
})
