import type { Curriculum } from "@pilotage/lab-files"
import type { Output } from "../terminal-output.ts"
import { summaryLine, verdictLines } from "../verify/report.ts"
import { claimsOf, type Player, type Verdict, verifyClaim } from "../verify/verify-lab.ts"

/**
 * Plays everything that the named labs (all, when none is named) claim, and says after each claim whether it holds.
 * Exit code 0 when all hold, 1 when not, 2 when a named lab is not there. `now`: milliseconds, for the times printed.
 */
export const verifyLabs = async (
  { labs }: Curriculum,
  ids: readonly string[],
  play: Player,
  output: Output,
  now: () => number,
): Promise<number> => {
  const all = [...labs.values()]
  const unknown = ids.filter((id) => !all.some((lab) => lab.id === id))
  if (unknown.length > 0) {
    output.err(`There is no lab ${unknown.join(", ")}. Labs: ${all.map((lab) => lab.id).join(", ")}\n`)
    return 2
  }
  const verdicts: Verdict[] = []
  for (const lab of all.filter((each) => ids.length === 0 || ids.includes(each.id))) {
    output.out(`${lab.id}: ${lab.title}\n`)
    for (const claim of claimsOf(lab)) {
      const started = now()
      const verdict = await verifyClaim(lab, claim, play)
      verdicts.push(verdict)
      output.out(verdictLines(verdict, (now() - started) / 1000))
    }
    output.out("\n")
  }
  output.out(summaryLine(verdicts))
  return verdicts.every((verdict) => verdict.ok) ? 0 : 1
}
