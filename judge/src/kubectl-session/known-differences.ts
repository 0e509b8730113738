import type { Differences } from "./comparison.ts"
import type { RecordedCommand } from "./session-file.ts"

interface KnownDifference {
  readonly reason: string
  readonly applies: (recorded: RecordedCommand, differences: Differences) => boolean
}

const missing = (differences: Differences): readonly string[] =>
  differences.filter((line) => line.startsWith("-")).map((line) => line.slice(1))

const added = (differences: Differences): readonly string[] =>
  differences.filter((line) => line.startsWith("+")).map((line) => line.slice(1))

const KNOWN: readonly KnownDifference[] = [
  {
    reason: "the embedded API server serves the types that the course needs",
    applies: ({ cmd }, differences) => /api-(?:resources|versions)/.test(cmd) && added(differences).length === 0,
  },
  {
    reason: "the server's message ends with a dump of its inner types, which there are none of here",
    applies: (_, differences) => missing(differences).some((line) => /^stderr @@ -\d+/.test(line)),
  },
]

/** Why a command differs, if a rule knows it. */
export const knownReason = (recorded: RecordedCommand, differences: Differences): string | undefined =>
  KNOWN.find(({ applies }) => applies(recorded, differences))?.reason
