import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { readE2eRuns } from "../results/e2e-results.ts"
import { runE2eJudge } from "./command.ts"

const spec = (texts: readonly string[], State: string, Message?: string) => ({
  ContainerHierarchyTexts: texts.slice(0, -1),
  LeafNodeType: "It",
  LeafNodeText: texts.at(-1),
  State,
  RunTime: State === "skipped" ? 0 : 1_500_000_000,
  ...(Message === undefined ? {} : { Failure: { Message } }),
})

/** As Ginkgo 2.28 wrote it for such a run, without what nobody reads. */
const REPORT = [
  {
    SpecReports: [
      {
        ContainerHierarchyTexts: null,
        LeafNodeType: "SynchronizedBeforeSuite",
        LeafNodeText: "",
        State: "passed",
        RunTime: 1,
      },
      spec(["[sig-network] Services", "should serve a basic endpoint from pods [Conformance]"], "passed"),
      spec(["[sig-network] Services", "should be left out"], "skipped"),
      spec(
        ["[sig-cli] Kubectl client", "Update Demo", "should scale [Conformance]"],
        "interrupted",
        "Timed out\n  after 300s",
      ),
      spec(["[sig-cli] Kubectl client", "Guestbook", "should create [Conformance]"], "passed"),
      spec(["[sig-node] Sysctls", "should support sysctls [Conformance]"], "skipped", "No support for sysctls"),
    ],
  },
]

/** A program that says what e2e.test says, and writes the report where it is told to. */
const testProgram = (script: string) => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-judge-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, "report.json"), JSON.stringify(REPORT))
  const program = join(folder, "e2e.test")
  writeFileSync(program, `#!/bin/sh\ncd ${folder}\necho "$@" > args\nfor last; do :; done\n${script}\n`, {
    mode: 0o755,
  })
  return { folder, program }
}

const run = async (args: readonly string[], folder: string, signal = new AbortController().signal) => {
  const [lines, errors]: [string[], string[]] = [[], []]
  const exit = await runE2eJudge(args, {
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
    signal,
    results: folder,
  })
  return { exit, out: lines.join("\n"), err: errors.join("\n") }
}

const SAYS =
  'echo "Will run 4 of 5 specs"; printf "S•S•"; sleep 0.1; echo; echo "• [FAILED] [300.1 seconds]"; cp report.json "$last"'

test("tells by group what passed, failed and was skipped, with reasons; progress apart; and keeps it", async () => {
  const { folder, program } = testProgram(SAYS)
  const answer = await run(["Services", "--e2e", program, "--save", "--log", join(folder, "log")], folder)
  expect(answer).toEqual({
    exit: 1,
    out: [
      "sig-cli: 1 passed, 1 failed, 0 skipped",
      "    failed: Kubectl client Update Demo should scale [Conformance]",
      "        Timed out after 300s",
      "sig-network: 1 passed, 0 failed, 0 skipped",
      "sig-node: 0 passed, 0 failed, 1 skipped",
      "    skipped: Sysctls should support sysctls [Conformance]: No support for sysctls",
      "2 passed, 1 failed, 1 skipped",
    ].join("\n"),
    err: "4 tests\n2/4 have run, 0 failed\n3/4 have run, 1 failed",
  })
  expect(readFileSync(join(folder, "args"), "utf8")).toMatch(
    /^--kubeconfig \S+ .*--ginkgo\.focus Services --ginkgo\.skip/,
  )
  expect(readFileSync(join(folder, "log"), "utf8")).toContain("[FAILED] [300.1 seconds]")
  expect(readE2eRuns(folder)).toMatchObject([{ focus: "Services", groups: [{ group: "sig-cli", passed: 1 }, {}, {}] }])
})

test("runs against a cluster that answers (401, to who brings nothing) until the tests are over", async () => {
  const { folder, program } = testProgram(
    `sed -n 's/.*server: //p' "$2" > server; NODE_TLS_REJECT_UNAUTHORIZED=0 ${process.execPath} -e 'fetch(process.argv[1] + "/version").then((r) => console.log(r.status))' "$(tr -d '"' < server)" > status 2>/dev/null; cp report.json "$last"`,
  )
  await run(["--e2e", program], folder)
  expect(readFileSync(join(folder, "status"), "utf8")).toBe("401\n")
  await expect(fetch(readFileSync(join(folder, "server"), "utf8").trim().replaceAll('"', ""))).rejects.toThrow()
})

test("Ctrl-C ends the tests and the cluster, and what has run is told", async () => {
  const { folder, program } = testProgram(
    "trap 'cp report.json \"$last\"; exit 1' INT; touch ready; while :; do sleep 0.1; done",
  )
  const stop = new AbortController()
  const answer = run(["--e2e", program, "--save"], folder, stop.signal)
  while (!existsSync(join(folder, "ready"))) await sleep(20)
  stop.abort()
  expect(await answer).toMatchObject({ exit: 1, out: expect.stringContaining("2 passed, 1 failed, 1 skipped") })
  expect(readE2eRuns(folder)).toEqual([])
})

test("says what is missing or wrong, and exits with 2", async () => {
  const { folder, program } = testProgram("exit 1")
  expect(await run(["--e2e", join(folder, "nowhere")], folder)).toMatchObject({
    exit: 2,
    err: expect.stringContaining("there is no e2e.test at"),
  })
  expect(await run(["--e2e", program], folder)).toMatchObject({ exit: 2, err: expect.stringContaining("report.json") })
  expect(await run(["--timeout", "soon"], folder)).toMatchObject({
    exit: 2,
    err: expect.stringContaining("usage: pnpm judge:e2e"),
  })
  expect(await run(["--help"], folder)).toMatchObject({ exit: 0, out: expect.stringContaining("--skip REGEXP") })
})
