import type { Apart, FileReport } from "./verdict.ts"

const apart = (title: string, groups: readonly Apart[], withAgreement: boolean): readonly string[] =>
  groups.map(
    ({ reason, cases, agree }) => `    ${title} ${cases}${withAgreement ? ` (${agree} agree)` : ""}: ${reason}`,
  )

const indent = (text: string): string => text.replaceAll("\n", "\n        ")

const disagreements = (report: FileReport, limit: number): readonly string[] => {
  const hidden = report.disagreements.length - limit
  return [
    ...report.disagreements
      .slice(0, limit)
      .flatMap(({ id, expected, actual }) => [
        `    ${id}`,
        `        expected ${indent(expected)}`,
        `        we say   ${indent(actual)}`,
      ]),
    ...(hidden > 0 ? [`    and ${hidden} more (--limit ${report.disagreements.length} shows them all)`] : []),
  ]
}

/** One line per file, then what does not count and what disagrees. */
export const reportText = (
  reports: readonly FileReport[],
  notJudged: readonly string[],
  limit: number,
): readonly string[] => {
  const width = Math.max(0, ...reports.map(({ file }) => file.length))
  return [
    ...reports.flatMap((report) => [
      `${report.file.padEnd(width)}  ${report.agree}/${report.total}`,
      ...apart("environment", report.environment, true),
      ...apart("not judged", report.notJudged, false),
      ...disagreements(report, limit),
    ]),
    ...(notJudged.length ? [`not judged yet: ${notJudged.join(", ")}`] : []),
  ]
}
