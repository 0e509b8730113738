import type { Differences } from "./comparison.ts"
import { KNOWN_DIFFERENCES, type KnownDifference } from "./known-differences.ts"
import type { RecordedCommand } from "./session-file.ts"

const side = (differences: Differences, sign: "-" | "+"): readonly string[] =>
  differences.filter((line) => line.startsWith(sign)).map((line) => line.slice(1))

/** Why a command differs, if the table knows. */
export const knownReason = (
  { cmd }: Pick<RecordedCommand, "cmd">,
  differences: Differences,
  table: readonly KnownDifference[] = KNOWN_DIFFERENCES,
): string | undefined => {
  const [recorded, here] = [side(differences, "-"), side(differences, "+")]
  const holds = (known: KnownDifference): boolean =>
    (known.cmd?.test(cmd) ?? true) &&
    (known.recorded === undefined || recorded.some((line) => known.recorded?.test(line))) &&
    (known.here === undefined || here.some((line) => known.here?.test(line))) &&
    (known.every === undefined || [...recorded, ...here].every((line) => known.every?.test(line))) &&
    (known.onlyLess === undefined || here.length === 0)
  return table.find(holds)?.reason
}
