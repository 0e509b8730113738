import { z } from "zod"
import { resultsFile } from "./results-file.ts"

const count = z.number().int().nonnegative()

const apart = z.array(z.object({ reason: z.string(), cases: count, agree: count }))

const caseResults = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      agree: count,
      total: count,
      environment: apart,
      notJudged: apart,
      disagreements: z.array(z.string()),
    }),
  ),
})

type CaseResults = z.infer<typeof caseResults>
export type CaseFileResult = CaseResults["files"][number]

/** The last saved run of `pnpm judge`. */
export const CASE_RESULTS = resultsFile("cases.json", caseResults)
