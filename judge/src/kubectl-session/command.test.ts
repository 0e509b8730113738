import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { runKubectlJudge } from "./command.ts"

const sessionFolder = (lines: readonly object[], kubectl: string) => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-judge-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, "manifests"))
  writeFileSync(join(folder, "session.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
  writeFileSync(join(folder, "kubectl"), kubectl, { mode: 0o755 })
  return { file: join(folder, "session.jsonl"), kubectl: join(folder, "kubectl"), folder }
}

const run = async (args: readonly string[]) => {
  const lines: string[] = []
  const errors: string[] = []
  const exit = await runKubectlJudge(args, { out: (line) => lines.push(line), err: (line) => errors.push(line) })
  return { exit, out: lines.join("\n"), err: errors.join("\n") }
}

const row = (n: number, name: string, cmd: string, stdout: string, exit = 0) => ({
  n,
  name,
  cmd,
  stdin: "",
  stdout,
  stderr: "",
  exit,
  ms: 10,
})

test("runs each command in order in a copy of the manifests, and tells agreements and differences", async () => {
  const { file, kubectl } = sessionFolder(
    [
      row(1, "same", "kubectl get svc", "asked: get svc\n"),
      row(2, "piped", "kubectl get svc | tr a-z A-Z > made; cat made", "ASKED: GET SVC\n"),
      row(3, "other", "kubectl get pods", "asked: get nodes\n"),
      row(4, "failing", "false", "", 0),
    ],
    '#!/bin/sh\necho "asked: $*"\n',
  )
  const answer = await run([file, "--kubectl", kubectl])
  expect(answer.exit).toBe(1)
  expect(answer.out).toMatchInlineSnapshot(`
    "kubectl of an unknown version; the session was recorded with one of an unknown version
    2/4 agree (50 %)
    3 other: kubectl get pods
        reason: unexplained
        -stdout asked: get nodes
        +stdout asked: get pods
    4 failing: false
        reason: unexplained
        -exit 0
        +exit 1"
  `)
})

test("asks through a kubeconfig that leads to a cluster with the session's nodes and namespace", async () => {
  const { file, kubectl } = sessionFolder(
    [row(1, "namespace", "grep -c 'namespace: shop' $KUBECONFIG", "1\n"), row(2, "nodes", "kubectl", "rec-worker\n")],
    "#!/bin/sh\necho rec-worker\n",
  )
  expect(await run([file, "--kubectl", kubectl, "--namespace", "shop"])).toEqual({
    exit: 0,
    out: expect.stringContaining("2/2 agree (100 %)"),
    err: "",
  })
})

test("says what is missing or wrong, and exits with 2", async () => {
  const { file, folder, kubectl } = sessionFolder([row(1, "same", "true", "")], "#!/bin/sh\n")
  expect(await run([file, "--kubectl", join(folder, "nowhere")])).toMatchObject({
    exit: 2,
    err: expect.stringContaining("there is no kubectl at"),
  })
  expect(await run([])).toMatchObject({ exit: 2, err: expect.stringContaining("usage: pnpm judge:kubectl FILE") })
  expect(await run([file, "--kubectl", kubectl, "--only", "nope"])).toMatchObject({ exit: 2 })
  expect(await run([join(folder, "missing.jsonl"), "--kubectl", kubectl])).toMatchObject({ exit: 2 })
})
