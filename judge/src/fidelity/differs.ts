import { STATED_RULES } from "../kubectl-session/rules/stated-rules.ts"
import type { CaseFileResult } from "../results/case-results.ts"
import type { SessionRun } from "../results/session-results.ts"
import { code, table } from "./markdown.ts"

const sessionRows = (runs: readonly SessionRun[]) => {
  const rows = new Map<string, { readonly reason: string; readonly cmd: string; readonly clients: string[] }>()
  for (const { session, kubectl, disagreements } of runs)
    for (const { name, cmd, reason } of disagreements) {
      const key = `${session} ${name} ${reason}`
      const row = rows.get(key) ?? { reason: reason ?? "unexplained", cmd, clients: [] }
      rows.set(key, { ...row, clients: [...row.clients, kubectl] })
    }
  return [...rows.values()].map(({ cmd, reason, clients }) => [
    code(cmd.split("\n")[0] ?? ""),
    reason,
    clients.join(", "),
  ])
}

const disagreements = (files: readonly CaseFileResult[]): readonly string[] => [
  ...table(
    ["file", "case"],
    files.flatMap(({ file, disagreements: ids }) => ids.map((id) => [code(file), id])),
  ),
]

const apartRows = (files: readonly CaseFileResult[], group: "environment" | "notJudged") => {
  const sums = new Map<string, { readonly cases: number; readonly agree: number }>()
  for (const each of files.flatMap((file) => file[group])) {
    const sum = sums.get(each.reason) ?? { cases: 0, agree: 0 }
    sums.set(each.reason, { cases: sum.cases + each.cases, agree: sum.agree + each.agree })
  }
  return [...sums].map(([reason, sum]) => ({ reason, ...sum })).sort((one, other) => other.cases - one.cases)
}

export const differsSection = (runs: readonly SessionRun[], files: readonly CaseFileResult[]): readonly string[] => [
  "## What differs",
  "",
  "### From the recorded sessions",
  "",
  ...(runs.some((run) => run.disagreements.length > 0)
    ? table(["command", "why", "with kubectl"], sessionRows(runs))
    : ["Nothing.", ""]),
  "Texts that count as the same by a stated rule:",
  "",
  ...STATED_RULES.map(({ name, reason }) => `- ${name}: ${reason}`),
  "",
  "### From the recorded cases",
  "",
  ...(files.some((file) => file.disagreements.length > 0) ? disagreements(files) : ["Nothing.", ""]),
  "Left to the network around the cluster:",
  "",
  ...table(
    ["why", "cases", "agree all the same"],
    apartRows(files, "environment").map(({ reason, cases, agree }) => [reason, cases, agree]),
  ),
  "Not judged:",
  "",
  ...table(
    ["why", "cases"],
    apartRows(files, "notJudged").map(({ reason, cases }) => [reason, cases]),
  ),
]
