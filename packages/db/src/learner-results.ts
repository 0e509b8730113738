import { and, desc, eq, sql } from "drizzle-orm"
import type { Database } from "./database.ts"
import { learners, results } from "./schema.ts"

/** A grading as it is stored; `result` is the JSON that was given to `addResult`. */
export interface ResultRow {
  readonly labId: string
  readonly result: unknown
  readonly gradedAt: Date
}

export interface NewResult {
  readonly learnerId: string
  readonly labId: string
  readonly labVersion: string
  readonly status: "pass" | "fail" | "error"
  readonly score: number
  readonly max: number
  readonly result: unknown
  readonly engineVersion: string
  readonly logSize: number
  readonly logHash: string
}

/** Appends a result; the learner is made when this is their first. Both or neither. */
export const addResult = async ({ query }: Database, row: NewResult): Promise<void> => {
  await query.transaction(async (transaction) => {
    await transaction.insert(learners).values({ id: row.learnerId }).onConflictDoNothing()
    await transaction.insert(results).values(row)
  })
}

const columns = { labId: results.labId, result: results.result, gradedAt: results.gradedAt }

/** A pass before any other, then the higher score, then the later. */
const bestFirst = [sql`(${results.status} = 'pass') desc`, desc(results.score), desc(results.gradedAt)] as const

export const bestResult = async (
  { query }: Database,
  learnerId: string,
  labId: string,
): Promise<ResultRow | undefined> => {
  const [best] = await query
    .select(columns)
    .from(results)
    .where(and(eq(results.learnerId, learnerId), eq(results.labId, labId)))
    .orderBy(...bestFirst)
    .limit(1)
  return best
}

/** The best result on each lab, by lab id. */
export const bestResults = ({ query }: Database, learnerId: string): Promise<readonly ResultRow[]> =>
  query
    .selectDistinctOn([results.labId], columns)
    .from(results)
    .where(eq(results.learnerId, learnerId))
    .orderBy(results.labId, ...bestFirst)
