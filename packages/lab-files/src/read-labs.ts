import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { err, ok, type Result } from "@pilotage/kube-model"
import {
  type Course,
  type Lab,
  type LabError,
  type LabFiles,
  labContent,
  parseCourse,
  parseLab,
} from "@pilotage/lab-kit"

/** The course and its labs by folder name, in the course's order. */
export interface Curriculum {
  readonly course: Course
  readonly labs: ReadonlyMap<string, Lab>
}

const filesBelow = (folder: string): LabFiles =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  )

/** Reads one lab's folder; errors name their file relative to `labs/`. */
export const readLab = (root: string, name: string): Result<Lab, readonly LabError[]> => {
  const folder = join(root, name)
  if (!existsSync(folder))
    return err([
      {
        file: name,
        path: "",
        line: 0,
        column: 0,
        message: "there is no such folder",
        fix: "Make it, or correct the name.",
      },
    ])
  const files = filesBelow(folder)
  const version = createHash("sha256").update(labContent(files)).digest("hex")
  const lab = parseLab(files, version)
  return lab.ok ? lab : err(lab.error.map((error) => ({ ...error, file: `${name}/${error.file}` })))
}

/** Reads `course.yaml` below `root` and every lab that it names. Either all of it, or every problem at once. */
export const readCurriculum = (root: string): Result<Curriculum, readonly LabError[]> => {
  const file = join(root, "course.yaml")
  const course = parseCourse(existsSync(file) ? readFileSync(file, "utf8") : undefined)
  if (!course.ok) return course
  const labs = new Map<string, Lab>()
  const errors: LabError[] = []
  for (const name of course.value.modules.flatMap((module) => module.labs)) {
    const lab = readLab(root, name)
    if (lab.ok) labs.set(name, lab.value)
    else errors.push(...lab.error)
  }
  return errors.length > 0 ? err(errors) : ok({ course: course.value, labs })
}
