import { existsSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { err, ok, type Result } from "@pilotage/kube-model"
import { type Curriculum, readCurriculum } from "@pilotage/lab-files"
import type { LabError } from "@pilotage/lab-kit"

/** The `labs` folder given, or the nearest one above `from` that has a course.yaml. */
const findLabsFolder = (from: string, given: string | undefined): string | undefined => {
  if (given !== undefined) return resolve(from, given)
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "labs", "course.yaml"))) return join(folder, "labs")
    if (dirname(folder) === folder) return undefined
  }
}

const errorLine = (root: string, error: LabError): string =>
  `${join(root, error.file)}${error.line > 0 ? `:${error.line}:${error.column}` : ""}: ${error.path === "" ? "" : `${error.path}: `}${error.message}\n    ${error.fix}\n`

/** Reads the course; an error is what to print. */
export const openLabs = (from: string, given: string | undefined): Result<Curriculum, string> => {
  const root = findLabsFolder(from, given)
  if (root === undefined)
    return err("There is no labs/course.yaml here or above. Go to the repository, or name the folder with --labs.\n")
  const curriculum = readCurriculum(root)
  return curriculum.ok ? ok(curriculum.value) : err(curriculum.error.map((error) => errorLine(root, error)).join(""))
}
