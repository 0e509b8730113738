import { accessSync, constants, realpathSync, statSync } from "node:fs"
import { delimiter, join, resolve } from "node:path"

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The kubectl to ask: `given`, or the one on the PATH. `undefined`: there is none. */
export const findKubectl = (given: string | undefined, path = process.env.PATH ?? ""): string | undefined => {
  const candidates = given === undefined ? path.split(delimiter).map((folder) => join(folder, "kubectl")) : [given]
  const found = candidates.find(isProgram)
  return found === undefined ? undefined : realpathSync(resolve(found))
}
