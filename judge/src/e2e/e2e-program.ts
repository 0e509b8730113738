import { accessSync, constants, statSync } from "node:fs"
import { homedir } from "node:os"
import { delimiter, join, resolve } from "node:path"

interface E2eProgramWish {
  /** The one that was asked for; no other will do. */
  readonly given: string | undefined
  /** Folders to look through otherwise, as in `$PATH`. */
  readonly path: string
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where `realkind` builds it. */
const CACHE = join(homedir(), ".cache/realkind/bin")

/** Upstream's compiled end-to-end tests: the given file, or the first `e2e.test` on the path and in realkind's cache. */
export const findE2eProgram = ({ given, path }: E2eProgramWish): string | undefined => {
  const folders = [...path.split(delimiter), CACHE].filter((folder) => folder !== "")
  const candidates = given === undefined ? folders.map((folder) => join(folder, "e2e.test")) : [given]
  const found = candidates.find(isProgram)
  return found === undefined ? undefined : resolve(found)
}
