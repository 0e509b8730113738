import { addResult, bestResult, bestResults, type Database, type ResultRow } from "@pilotage/db"
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
  add: (learnerId, labId, logSize, result) =>
    addResult(database, {
      learnerId,
      labId,
      labVersion: result.labVersion,
      status: result.status,
      score: result.score,
      max: result.max,
      result,
      logSize,
    }),
  async best(learnerId, labId) {
    const row = await bestResult(database, learnerId, labId)
    return row && toStored(row)
  },
  bestOfAll: async (learnerId) => (await bestResults(database, learnerId)).map(toStored),
})
