import type { Verdict } from "./verify-lab.ts"

const indent = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `      ${line}`)
    .join("\n")

/** One line for a claim, and below it what is wrong and what the terminal showed. */
export const verdictLines = ({ claim, ok, problem, transcript }: Verdict, seconds: number): string => {
  const head = `  ${ok ? "ok  " : "FAIL"}  ${claim.kind.padEnd(9)} ${claim.name.padEnd(22)} ${claim.expected.padEnd(58)} ${seconds.toFixed(2)} s`
  if (ok) return `${head}\n`
  const shown = transcript.trim() === "" ? "" : `\n    terminal:\n${indent(transcript)}`
  return `${head}\n    found:\n${indent(problem)}${shown}\n`
}

export const summaryLine = (verdicts: readonly Verdict[]): string => {
  const failed = verdicts.filter((verdict) => !verdict.ok)
  return failed.length === 0
    ? `All ${verdicts.length} claims hold.\n`
    : `${failed.length} of ${verdicts.length} claims do not hold: ${failed.map(({ claim }) => `${claim.lab} ${claim.name}`).join(", ")}\n`
}
