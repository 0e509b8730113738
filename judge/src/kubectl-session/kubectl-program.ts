import { accessSync, constants, realpathSync, statSync } from "node:fs"
import { delimiter, join, resolve } from "node:path"
import { askVersion, type ClientVersion } from "./client-version.ts"

/** A kubectl that can be run. */
export interface KubectlProgram {
  readonly path: string
  /** `undefined`: it does not tell. */
  readonly version: ClientVersion | undefined
}

export interface KubectlWish {
  /** The one that was asked for; no other will do. */
  readonly given: string | undefined
  /** Folders to look through otherwise, as in `$PATH`. */
  readonly path: string
  /** The version that suits best. */
  readonly like: ClientVersion | undefined
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * The kubectl to ask: the given one, or of those on the path the one whose minor version is nearest to the wanted one, the
 * first of them if several are as near. `undefined`: there is none.
 */
export const findKubectl = ({ given, path, like }: KubectlWish): KubectlProgram | undefined => {
  const candidates = given === undefined ? path.split(delimiter).map((folder) => join(folder, "kubectl")) : [given]
  // Packages link to one another: each program is asked once. The link's name stays, as a wrapper may go by it.
  const programs = new Map<string, string>()
  for (const candidate of candidates.filter(isProgram))
    if (!programs.has(realpathSync(candidate))) programs.set(realpathSync(candidate), resolve(candidate))
  const found = [...programs.values()].map((program) => ({ path: program, version: askVersion(program) }))
  const distance = ({ version }: KubectlProgram): number =>
    version && like ? Math.abs(version.minor - like.minor) : Number.MAX_SAFE_INTEGER
  return found.toSorted((one, other) => distance(one) - distance(other))[0]
}
