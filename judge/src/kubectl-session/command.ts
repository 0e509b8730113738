import { basename, resolve } from "node:path"
import { parseArgs } from "node:util"
import { isUsageError, REPORT_OPTIONS, readReportWish, UsageError } from "../arguments.ts"
import { CaseFileError } from "../case-file.ts"
import { saveSessionRun } from "../results/session-results.ts"
import { recordedVersion } from "./client-version.ts"
import { startCluster } from "./cluster-process.ts"
import { findKubectl } from "./kubectl-program.ts"
import { replaySession, type Verdict } from "./replay.ts"
import { sessionReport, sessionText } from "./report.ts"
import { CLIENT_RULES } from "./rules/client-texts.ts"
import { rulesFor } from "./rules/rule.ts"
import { STATED_RULES } from "./rules/stated-rules.ts"
import { readSession } from "./session-file.ts"
import { createSessionFolder } from "./session-folder.ts"
import { sessionNodes } from "./session-nodes.ts"
import { sessionRun } from "./session-run.ts"

const USAGE =
  "usage: pnpm judge:kubectl FILE [--namespace demo] [--kubectl PATH] [--least 95] [--only NAME] [--save] [--limit N] [-o text|json]"

const readArguments = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: {
      namespace: { type: "string", default: "demo" },
      kubectl: { type: "string" },
      only: { type: "string" },
      least: { type: "string", default: "95" },
      save: { type: "boolean", default: false },
      ...REPORT_OPTIONS,
    },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError("name one recorded session")
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(values.namespace))
    throw new UsageError(`--namespace ${values.namespace} is no name of a namespace`)
  const least = Number(values.least)
  if (!(least >= 0 && least <= 100) || values.least.trim() === "")
    throw new UsageError(`--least ${values.least} is no share of 100`)
  if (values.save && values.only !== undefined)
    throw new UsageError("--save keeps whole sessions, not --only one command")
  return { ...values, least, file: resolve(file), ...readReportWish(values) }
}

interface CommandOutput {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

const judge = async (args: readonly string[], { out, err }: CommandOutput, results?: string): Promise<number> => {
  const asked = readArguments(args)
  const commands = readSession(asked.file)
  if (asked.only !== undefined && !commands.some(({ name }) => name === asked.only))
    throw new UsageError(`--only ${asked.only}: ${basename(asked.file)} has no such command`)
  const recorded = recordedVersion(commands)
  const given = asked.kubectl ?? (process.env.KUBECTL || undefined)
  const kubectl = findKubectl({ given, path: process.env.PATH ?? "", like: recorded })
  if (kubectl === undefined) {
    err(`there is no kubectl ${given === undefined ? "on the PATH" : `at ${given}`}: nothing was judged`)
    return 2
  }
  const rules = rulesFor([...CLIENT_RULES, ...STATED_RULES], { recorded, here: kubectl.version })
  const folder = createSessionFolder(asked.file, kubectl.path)
  const verdicts: Verdict[] = []
  try {
    const { names } = sessionNodes(commands)
    const cluster = await startCluster({
      nodes: names,
      namespace: asked.namespace,
      kubeconfig: folder.kubeconfig,
    })
    try {
      // What comes before the one command makes the cluster that it is asked of; what comes after does not count.
      const last =
        asked.only === undefined ? commands.length : commands.findIndex(({ name }) => name === asked.only) + 1
      await replaySession(commands.slice(0, last), folder, rules, (verdict) => verdicts.push(verdict))
    } finally {
      await cluster.stop()
    }
  } finally {
    folder.remove()
  }
  const report = sessionReport(
    verdicts.filter(({ name }) => asked.only === undefined || name === asked.only),
    { recorded, here: kubectl.version },
    asked.least,
  )
  if (asked.output === "json") out(JSON.stringify({ file: asked.file, kubectl: kubectl.path, ...report }, undefined, 2))
  else for (const line of sessionText(report, asked.limit)) out(line)
  if (asked.save) saveSessionRun(sessionRun(basename(asked.file), report, verdicts), results)
  return report.enough ? 0 : 1
}

/**
 * Replays and prints. The exit code: 0 enough agree, 1 they do not, 2 there is no kubectl, or arguments or files are wrong.
 * `results`: the folder that `--save` writes into, if not the one that docs/fidelity.md is made of.
 */
export const runKubectlJudge = async (
  args: readonly string[],
  output: CommandOutput,
  results?: string,
): Promise<number> => {
  try {
    return await judge(args, output, results)
  } catch (error) {
    if (error instanceof CaseFileError) {
      output.err(error.message)
      return 2
    }
    if (!isUsageError(error)) throw error
    output.err(error.message)
    output.err(USAGE)
    return 2
  }
}
