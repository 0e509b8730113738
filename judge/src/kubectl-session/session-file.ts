import { z } from "zod"
import { readLines } from "../case-file.ts"

/** One recorded command line and what came of it. `ms`: how long it took. */
export interface RecordedCommand {
  readonly n: number
  readonly name: string
  /** A line for a shell, run in the manifests' folder. */
  readonly cmd: string
  readonly stdin: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly ms: number
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "")

const row: z.ZodType<RecordedCommand> = z.object({
  n: z.number(),
  name: z.string(),
  cmd: z.string(),
  stdin: text,
  stdout: text,
  stderr: text,
  exit: z.number(),
  ms: z.number(),
})

/** The commands of a session, in order. Throws a CaseFileError for a file that is no such session. */
export const readSession = (path: string): readonly RecordedCommand[] => readLines(path, row)
