import { basename, join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { isUsageError, REPORT_OPTIONS, readReportWish, UsageError } from "./arguments.ts"
import { CaseFileError } from "./case-file.ts"
import { caseFiles } from "./folder.ts"
import { judgeFor } from "./judges.ts"
import { reportText } from "./report-text.ts"
import { CASE_RESULTS } from "./results/case-results.ts"
import { type Apart, type FileReport, tally } from "./verdict.ts"

const DEFAULT_FOLDER = join(import.meta.dirname, "../../../shared/golden/cases")
const USAGE = "usage: pnpm judge [FOLDER] [--file PATTERN] [--save] [--limit N] [-o text|json]"

const readArguments = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: {
      file: { type: "string" },
      save: { type: "boolean", default: false },
      ...REPORT_OPTIONS,
    },
  })
  const [folder, ...more] = positionals
  if (more.length > 0) throw new UsageError("one folder at a time")
  if (values.save && values.file !== undefined) throw new UsageError("--save keeps the whole folder, not --file")
  return {
    folder: folder === undefined ? DEFAULT_FOLDER : resolve(folder),
    ...readReportWish(values),
    file: values.file,
    save: values.save,
  }
}

export interface CommandOutput {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

interface Judged {
  readonly reports: readonly FileReport[]
  /** Files that could not be judged, and why. */
  readonly errors: readonly CaseFileError[]
  /** What went wrong while judging, which is our own fault. */
  readonly bugs: readonly Error[]
}

/** A file that is not what its name promises keeps nobody from judging the others. */
const judgeFiles = (paths: readonly string[]): Judged => {
  const reports: FileReport[] = []
  const errors: CaseFileError[] = []
  const bugs: Error[] = []
  for (const path of paths) {
    const judge = judgeFor(basename(path))
    if (!judge) continue
    try {
      reports.push(tally(basename(path), judge(path)))
    } catch (error) {
      if (error instanceof CaseFileError) errors.push(error)
      else bugs.push(new Error(`${path}: judging it failed`, { cause: error }))
    }
  }
  return { reports, errors, bugs }
}

const counts = (groups: readonly Apart[]) => groups.map(({ reason, cases, agree }) => ({ reason, cases, agree }))

const save = (reports: readonly FileReport[], results: string | undefined): void =>
  CASE_RESULTS.save(
    {
      files: reports.map((report) => ({
        ...report,
        environment: counts(report.environment),
        notJudged: counts(report.notJudged),
        disagreements: report.disagreements.map(({ id }) => id),
      })),
    },
    results,
  )

const judgeFolder = (args: readonly string[], { out, err }: CommandOutput, results?: string): number => {
  const { folder, file, limit, output, ...wish } = readArguments(args)
  const { judged, notJudged } = caseFiles(folder, file)
  const names = notJudged.map((path) => basename(path))
  const { reports, errors, bugs } = judgeFiles(judged)
  const messages = errors.map((error) => error.message)
  if (output === "json")
    out(JSON.stringify({ folder, files: reports, notJudged: names, errors: messages }, undefined, 2))
  else for (const line of reportText(reports, names, limit)) out(line)
  for (const message of messages) err(message)
  const [bug] = bugs
  if (bug) throw bug
  if (errors.length > 0) return 2
  if (wish.save) save(reports, results)
  return reports.some((report) => report.disagreements.length > 0) ? 1 : 0
}

/**
 * Judges and prints. The exit code: 0 all agree, 1 some do not, 2 the arguments or files are not what they should be.
 * `results`: the folder that `--save` writes into, if not the one that docs/fidelity.md is made of.
 */
export const runJudge = (args: readonly string[], output: CommandOutput, results?: string): number => {
  try {
    return judgeFolder(args, output, results)
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
