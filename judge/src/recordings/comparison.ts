import type { Trace } from "@pilotage/routing-core"

/** What a row says and what we say, in the same words, and the traces that we say it by. */
export interface Comparison {
  readonly expected: string
  readonly actual: string
  readonly traces: readonly Trace[]
  /** Why it hangs on the environment, where no trace says so. */
  readonly environment?: string
}

/** The same answer may come from any of several backends: ours is the one that was recorded, if it is among them. */
export const likeliest = (recorded: string, possible: readonly string[]): string =>
  possible.includes(recorded) ? recorded : [...new Set(possible)].join(" or ") || "nothing"
