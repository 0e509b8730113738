import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { CaseFileError } from "./case-file.ts"
import { judgeFor } from "./judges.ts"

/** Recordings lie one folder above their case files, or in the folder itself. */
const RECORDINGS = /^(dataplane|unsettled|metallb).*\.jsonl$/

/** Read with another file, never on their own. */
const COMPANIONS = /^dns-worlds.*\.json$/

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.jsonl?$/.test(name) && statSync(join(folder, name)).isFile())
    .sort()

export interface CaseFiles {
  readonly judged: readonly string[]
  readonly notJudged: readonly string[]
}

/**
 * The case files of a folder, and the recordings of the folder above when their manifests are there. `pattern` is a part
 * of the file's name, with `*` for anything.
 */
export const caseFiles = (folder: string, pattern: string | undefined): CaseFiles => {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CaseFileError(folder, undefined, "there is no such folder; name one that holds case files")
  const above = join(folder, "..")
  const wanted = new RegExp(
    (pattern ?? "*")
      .split("*")
      .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
      .join(".*"),
  )
  const own = filesIn(folder)
  const recordings = existsSync(join(above, "manifests")) ? filesIn(above).filter((name) => RECORDINGS.test(name)) : []
  const all = [
    ...own.map((name) => ({ name, path: join(folder, name) })),
    ...recordings.map((name) => ({ name, path: join(above, name) })),
  ].filter(({ name }) => wanted.test(name) && !COMPANIONS.test(name))
  const known = (name: string) => judgeFor(name) !== undefined
  const judged = all.filter(({ name }) => known(name)).map(({ path }) => path)
  if (own.length + recordings.length === 0)
    throw new CaseFileError(folder, undefined, "there are no case files (*.json, *.jsonl) in this folder")
  if (all.length === 0) throw new CaseFileError(folder, undefined, `no case file's name has ${pattern} in it`)
  return { judged, notJudged: all.filter(({ name }) => !known(name)).map(({ path }) => path) }
}
