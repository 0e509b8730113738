import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { readSessionRuns, saveSessionRun } from "../results/session-results.ts"
import type { Verdict } from "./replay.ts"
import { sessionReport } from "./report.ts"
import { sessionRun, subcommandOf } from "./session-run.ts"

test.each([
  ["kubectl -n demo rollout status deploy/web", "rollout"],
  ["echo a; kubectl --namespace=demo get svc | head", "get"],
  ["cat x | kubectl apply -f -", "apply"],
  ["timeout 4 kubectl port-forward svc/web 1:80 & curl localhost", "port-forward"],
  ["kubectl", undefined],
  ["grep kubectl-x file", undefined],
])("%s is about %s", (cmd, subcommand) => {
  expect(subcommandOf(cmd)).toBe(subcommand)
})

test("of runs the last one of each session and kubectl is kept, the newest kubectl first", () => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-judge-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const run = (minor: number, ...differences: readonly string[]) => {
    const verdicts: readonly Verdict[] = [
      { n: 1, name: "a", cmd: "kubectl get svc", differences, rules: [] },
      { n: 2, name: "b", cmd: "kubectl get pods", differences: [], rules: [] },
    ]
    const versions = { recorded: { text: "v1.36.3", minor: 36 }, here: { text: `v1.${minor}.0`, minor } }
    return sessionRun("kubectl.jsonl", sessionReport(verdicts, versions, 95), verdicts)
  }
  for (const each of [run(9), run(36, "-stdout x"), run(36)]) saveSessionRun(each, folder)
  expect(readSessionRuns(folder).map(({ kubectl, agree }) => [kubectl, agree])).toEqual([
    ["v1.36.0", 2],
    ["v1.9.0", 2],
  ])
  expect(run(36, "-stdout x")).toMatchObject({
    subcommands: [{ subcommand: "get", agree: 1, total: 2 }],
    disagreements: [{ name: "a", cmd: "kubectl get svc", reason: null }],
  })
})
