import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { z } from "zod"
import { readJson } from "../case-file.ts"

/** Where the results of the judges' last saved runs lie: what `docs/fidelity.md` tells besides what the code itself says. */
const RESULTS_FOLDER = join(import.meta.dirname, "../../results")

/** One file of saved results. */
export interface ResultsFile<T> {
  /** `undefined` before the first save. Throws a CaseFileError for a file of another shape. */
  readonly read: (folder?: string) => T | undefined
  readonly save: (results: T, folder?: string) => void
}

export const resultsFile = <T>(name: string, schema: z.ZodType<T>): ResultsFile<T> => ({
  read: (folder = RESULTS_FOLDER) => {
    const path = join(folder, name)
    return existsSync(path) ? readJson(path, schema) : undefined
  },
  save: (results, folder = RESULTS_FOLDER) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(results, undefined, 2)}\n`)
  },
})
