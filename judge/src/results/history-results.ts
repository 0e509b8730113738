import { z } from "zod"
import { resultsFile } from "./results-file.ts"

const count = z.number().int().nonnegative()

const historyResults = z.object({
  seeds: count,
  /** Of each seed. */
  operations: count,
  writes: count,
  restarts: count,
  watches: count,
  events: count,
  lists: count,
  /** Watches and lists whose past had been compacted. */
  expired: count,
  /** By invariant; empty: all hold. */
  breaches: z.record(z.string(), count),
})

export type HistoryResults = z.infer<typeof historyResults>

/** The last saved run of `pnpm judge:history`. */
export const HISTORY_RESULTS = resultsFile("history.json", historyResults)
