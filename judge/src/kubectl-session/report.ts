import type { Verdict } from "./replay.ts"

/** The share of commands that has to agree. */
const WANTED = 0.95

export interface SessionReport {
  readonly agree: number
  readonly total: number
  readonly enough: boolean
  readonly disagreements: readonly Verdict[]
}

export const sessionReport = (verdicts: readonly Verdict[]): SessionReport => {
  const disagreements = verdicts.filter(({ differences }) => differences.length > 0)
  const [total, agree] = [verdicts.length, verdicts.length - disagreements.length]
  return { agree, total, enough: agree >= total * WANTED, disagreements }
}

const MOST_LINES = 12

const disagreement = ({ n, name, cmd, differences, reason }: Verdict): readonly string[] => [
  `${n} ${name}: ${cmd}`,
  `    reason: ${reason ?? "not known"}`,
  ...differences.slice(0, MOST_LINES).map((line) => `    ${line}`),
  ...(differences.length > MOST_LINES
    ? [`    and ${differences.length - MOST_LINES} more lines (-o json has them)`]
    : []),
]

/** `agree/total`, then up to `limit` disagreements: `-` was recorded, `+` is what came. */
export const sessionText = ({ agree, total, disagreements }: SessionReport, limit: number): readonly string[] => [
  `${agree}/${total} agree (${total === 0 ? 0 : Math.floor((1000 * agree) / total) / 10} %)`,
  ...disagreements.slice(0, limit).flatMap(disagreement),
  ...(disagreements.length > limit
    ? [`and ${disagreements.length - limit} more (--limit ${disagreements.length} shows them all)`]
    : []),
]
