import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { createComparison, type Differences, valuesIn } from "./comparison.ts"
import { knownReason } from "./known-reason.ts"
import { createRenaming } from "./renaming.ts"
import type { Rule } from "./rules/rule.ts"
import type { RecordedCommand } from "./session-file.ts"
import type { SessionFolder } from "./session-folder.ts"
import { sessionNodes } from "./session-nodes.ts"
import { sessionWaits } from "./session-waits.ts"
import { runLine } from "./shell.ts"
import { workerRule } from "./volatile-values.ts"

/** One command's verdict. */
export interface Verdict {
  readonly n: number
  readonly name: string
  readonly cmd: string
  /** Empty: it agrees. */
  readonly differences: Differences
  /** By which rules it agrees, or differs less. */
  readonly rules: readonly Rule[]
  /** Why it differs, as far as a rule knows. */
  readonly reason?: string
}

/** Addresses that every cluster has: those of the API server and of the cluster's DNS. */
const FIXED = ["10.96.0.1", "10.96.0.10", "10.96.0.0", "10.244.0.0"]

/** What the files say that the commands name. */
const namedFiles = (folder: string, commands: readonly RecordedCommand[]): string =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && commands.some(({ cmd }) => cmd.includes(entry.name)))
    .map(({ name }) => readFileSync(join(folder, name), "utf8"))
    .join("\n")

const limitOf = (ms: number): number => Math.max(30_000, 4 * ms)

/**
 * Runs the commands one after another, none earlier than it was recorded after the first, and compares; tells of each as
 * it comes.
 */
export const replaySession = async (
  commands: readonly RecordedCommand[],
  { work, env }: SessionFolder,
  rules: readonly Rule[],
  told: (verdict: Verdict) => void,
): Promise<void> => {
  const renaming = createRenaming()
  const { workers } = sessionNodes(commands)
  const { compare } = createComparison(renaming, {
    worker: workerRule(workers),
    given: [...FIXED, ...valuesIn(namedFiles(work, commands))],
    rules,
  })
  const waits = sessionWaits(commands)
  let due = performance.now()
  for (const [index, recorded] of commands.entries()) {
    due += waits[index] ?? 0
    if (due > performance.now()) await sleep(due - performance.now())
    else due = performance.now()
    const got = await runLine(renaming.translate(recorded.cmd), {
      folder: work,
      env,
      stdin: renaming.translate(recorded.stdin),
      limitMs: limitOf(recorded.ms),
    })
    due += recorded.ms
    const { differences, rules: used } = compare(recorded, got)
    const { n, name, cmd } = recorded
    const reason = differences.length > 0 ? knownReason(recorded, differences) : undefined
    told({ n, name, cmd, differences, rules: used, ...(reason === undefined ? {} : { reason }) })
  }
}
