import { createHash } from "node:crypto"
import { addResult, bestResult, bestResults, type Database, type ResultRow } from "@pilotage/db"
import { ENGINE_VERSION } from "@pilotage/embedded-cluster"
import type { ResultStore, StoredResult } from "@pilotage/lab-api"
import type { LabResult } from "@pilotage/lab-kit"

const toStored = (row: ResultRow): StoredResult => ({
  labId: row.labId,
  gradedAt: row.gradedAt.toISOString(),
  // The column holds what `add` wrote, and nobody else writes it.
  result: row.result as LabResult,
})

/** The API's results in PostgreSQL. */
export const storedResults = (database: Database): ResultStore => ({
  add: (learnerId, labId, log, result) =>
    addResult(database, {
      learnerId,
      labId,
      labVersion: result.labVersion,
      status: result.status,
      score: result.score,
      max: result.max,
      result,
      engineVersion: ENGINE_VERSION,
      logSize: log.length,
      logHash: createHash("sha256").update(log).digest("hex"),
    }),
  async best(learnerId, labId) {
    const row = await bestResult(database, learnerId, labId)
    return row && toStored(row)
  },
  bestOfAll: async (learnerId) => (await bestResults(database, learnerId)).map(toStored),
})
