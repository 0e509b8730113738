import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { isUsageError, REPORT_OPTIONS, readReportWish, UsageError } from "../arguments.ts"
import { CaseFileError } from "../case-file.ts"
import { startCluster } from "../kubectl-session/cluster-process.ts"
import { saveE2eRun } from "../results/e2e-results.ts"
import { runE2eProgram } from "./e2e-process.ts"
import { findE2eProgram } from "./e2e-program.ts"
import { readGinkgoReport } from "./ginkgo-report.ts"
import { e2eGroups, e2eText } from "./report.ts"

const USAGE =
  "usage: pnpm judge:e2e [FOCUS] [--skip REGEXP] [--e2e PATH] [--timeout 2h] [--log FILE] [--save] [-o json]"

const HELP = `Runs upstream's end-to-end tests against a fresh \`pilotage cluster start\`, and tells by group what passed and failed.

${USAGE}

  FOCUS            regular expression over the tests' names; \\[Conformance\\] otherwise
  --skip REGEXP    which of these are left out; \\[Slow\\]|\\[Serial\\]|\\[Disruptive\\] otherwise
  --e2e PATH       the compiled tests; $E2E_TEST otherwise, or e2e.test on the PATH or in ~/.cache/realkind/bin
  --timeout 2h     of the whole run (Go's way to write it)
  --log FILE       keeps all that the tests said
  --limit 20       so many failures of each group are told
  --save           keeps the result for docs/fidelity.md
  -o text|json     how the result is told; how far it is goes to stderr

Exit code 0: all passed; 1: some did not, or Ctrl-C came; 2: there is no e2e.test, or arguments are wrong.`

const readArguments = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: {
      skip: { type: "string", default: "\\[Slow\\]|\\[Serial\\]|\\[Disruptive\\]" },
      e2e: { type: "string" },
      timeout: { type: "string", default: "2h" },
      log: { type: "string" },
      save: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      ...REPORT_OPTIONS,
    },
  })
  const [focus = "\\[Conformance\\]", ...more] = positionals
  if (more.length > 0) throw new UsageError("one regular expression chooses the tests")
  if (!/^(?:\d+(?:\.\d+)?[hms])+$/.test(values.timeout))
    throw new UsageError(`--timeout ${values.timeout} is no duration such as 90m or 1h30m`)
  return { ...values, focus, ...readReportWish(values) }
}

interface CommandSurroundings {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Ctrl-C: the tests and the cluster are ended. */
  readonly signal: AbortSignal
  /** The folder that `--save` writes into, if not the one that docs/fidelity.md is made of. */
  readonly results?: string
}

const judge = async (args: readonly string[], around: CommandSurroundings): Promise<number> => {
  const { out, err, signal, results } = around
  const asked = readArguments(args)
  if (asked.help) {
    out(HELP)
    return 0
  }
  const given = asked.e2e ?? (process.env.E2E_TEST || undefined)
  const program = findE2eProgram({ given, path: process.env.PATH ?? "" })
  if (program === undefined) {
    const where = given === undefined ? "on the PATH or in ~/.cache/realkind/bin" : `at ${given}`
    err(`there is no e2e.test ${where}: nothing was judged`)
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), "pilotage-e2e-"))
  try {
    const [kubeconfig, report] = [join(folder, "kubeconfig"), join(folder, "report.json")]
    const log = asked.log === undefined ? join(folder, "log") : resolve(asked.log)
    const { focus, skip, timeout } = asked
    const cluster = await startCluster({ kubeconfig })
    try {
      await runE2eProgram({ program, kubeconfig, focus, skip, timeout, report, log, progress: err, signal })
    } finally {
      await cluster.stop()
    }
    const groups = e2eGroups(readGinkgoReport(report))
    if (asked.output === "json") out(JSON.stringify({ focus, skip, groups }, undefined, 2))
    else for (const line of e2eText(groups, asked.limit)) out(line)
    if (asked.save && !signal.aborted) saveE2eRun({ focus, skip, groups }, results)
    return signal.aborted || groups.length === 0 || groups.some(({ failed }) => failed.length > 0) ? 1 : 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs the tests and prints what came of them; the exit code is told by `--help`. */
export const runE2eJudge = async (args: readonly string[], around: CommandSurroundings): Promise<number> => {
  try {
    return await judge(args, around)
  } catch (error) {
    if (error instanceof CaseFileError) {
      around.err(error.message)
      return around.signal.aborted ? 1 : 2
    }
    if (!isUsageError(error)) throw error
    around.err(error.message)
    around.err(USAGE)
    return 2
  }
}
