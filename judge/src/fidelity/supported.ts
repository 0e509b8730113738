import type { CaseFileResult } from "../results/case-results.ts"
import type { HistoryResults } from "../results/history-results.ts"
import type { SessionRun } from "../results/session-results.ts"
import { code, number, share, table } from "./markdown.ts"
import type { ServedResource } from "./served.ts"

const EVERYTHING = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

const verbText = (verbs: readonly string[]): string => {
  const lacking = EVERYTHING.filter((verb) => !verbs.includes(verb))
  if (lacking.length === 0) return "all"
  return lacking.length <= 2 && verbs.length > 4 ? `all but ${lacking.join(", ")}` : verbs.join(", ")
}

const columnText = ({ columns }: ServedResource): string => {
  const names = (isWide: boolean) => columns.filter((each) => each.isWide === isWide).map(({ name }) => name)
  return `${names(false).join(", ")}${names(true).length > 0 ? `; wide: ${names(true).join(", ")}` : ""}`
}

export const resourceSection = (served: readonly ServedResource[]): readonly string[] => [
  "### Types",
  "",
  `${served.length} resources. Verbs: all are ${EVERYTHING.join(", ")}. Columns are those of \`kubectl get\`.`,
  "",
  ...table(
    ["API version", "resource", "short", "verbs", "subresources", "columns"],
    served.map((each) => [
      each.apiVersion,
      each.namespaced ? each.resource : `${each.resource} (cluster)`,
      each.shortNames.join(", "),
      verbText(each.verbs),
      each.subresources.map(({ name, verbs }) => `${name} (${verbs.join(", ")})`).join("; "),
      columnText(each),
    ]),
  ),
]

export const sessionSection = (runs: readonly SessionRun[]): readonly string[] => [
  "### kubectl",
  "",
  "Recorded sessions, replayed with a real kubectl (`pnpm judge:kubectl FILE --save`): stdout, stderr and exit code agree.",
  "",
  ...table(
    ["session", "recorded with", "kubectl here", "agree", "as recorded", "by the client's version", "by a stated rule"],
    runs.map((run) => [
      code(run.session),
      run.recorded,
      run.kubectl,
      share(run.agree, run.total),
      run.asRecorded,
      run.byClient,
      run.byStatedRule,
    ]),
  ),
  ...runs
    .slice(0, 1)
    .flatMap((run) => [
      `By subcommand, with kubectl ${run.kubectl}: ${run.subcommands
        .map(({ subcommand, agree, total }) => `${subcommand} ${agree}/${total}`)
        .join(", ")}.`,
      "",
    ]),
]

export const watchSection = (history: HistoryResults | undefined): readonly string[] => {
  if (!history) return []
  const breaches = Object.entries(history.breaches)
  return [
    "### Watches and lists",
    "",
    `\`pnpm judge:history --save\`: ${number(history.seeds * history.operations)} operations of ${history.seeds} seeds with ` +
      `${number(history.restarts)} restarts; ${number(history.watches)} watches, ${number(history.events)} events and bookmarks ` +
      `and ${number(history.lists)} whole lists were checked, ${number(history.expired)} of them had to begin anew after compaction.`,
    breaches.length === 0
      ? "All seven invariants hold (ordered, unique, reliable, atomic, resumable, bookmarkable, filterable), and every list is a snapshot of one revision."
      : `Broken: ${breaches.map(([name, count]) => `${name} ${count} times`).join(", ")}.`,
    "",
  ]
}

const MODES = [
  { mode: "iptables", name: /iptables/ },
  { mode: "nftables", name: /nftables/ },
  { mode: "every mode", name: /^(?:proxy-|dns-|metallb)/ },
] as const

const modeOf = (file: string): string | undefined => MODES.find(({ name }) => name.test(file))?.mode

const caseRows = (files: readonly CaseFileResult[]) =>
  files.map(({ file, agree, total, environment, notJudged }) => {
    const [cases, right] = environment.reduce(([all, some], each) => [all + each.cases, some + each.agree], [0, 0])
    const left = notJudged.reduce((sum, each) => sum + each.cases, 0)
    return [code(file), share(agree, total), cases === 0 ? "" : `${cases} (${right} agree)`, left === 0 ? "" : left]
  })

export const caseSections = (files: readonly CaseFileResult[]): readonly string[] => [
  "### API server and controllers",
  "",
  "Cases that others recorded, run through our code one by one (`pnpm judge --save`).",
  "",
  ...table(["file", "agree", "apart", "not judged"], caseRows(files.filter(({ file }) => modeOf(file) === undefined))),
  "Besides these the tests hold the API server to [recorded answers of a real one](../packages/embedded-cluster/src/golden/README.md).",
  "",
  "### Data plane and names",
  "",
  "Apart: what hangs on the network around the cluster, by our own words, and how many of these we say too.",
  "",
  ...MODES.flatMap(({ mode }) => {
    const own = files.filter(({ file }) => modeOf(file) === mode)
    const [agree, total] = own.reduce(([some, all], each) => [some + each.agree, all + each.total], [0, 0])
    return own.length === 0
      ? []
      : [`**${mode}**: ${share(agree, total)}`, "", ...table(["file", "agree", "apart", "not judged"], caseRows(own))]
  }),
]
