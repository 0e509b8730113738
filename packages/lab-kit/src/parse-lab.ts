import { err, ok, type Result } from "@pilotage/kube-model"
import { reviewLab } from "./cross-checks.ts"
import type { Alternative, Lab, LabError, LabFiles, WrongAnswer } from "./lab.ts"
import { parseLesson } from "./lesson.ts"
import { type LabSpec, labSchema, wrongSchema } from "./schema/lab-schema.ts"
import { readStart } from "./start-objects.ts"
import { errorAt, readOne } from "./validate.ts"

const KNOWN =
  /^(lab\.yaml|lesson\.mdx|solution\.sh|start\/[^/]+\.ya?ml|home\/[^/]+|wrong\/[^/]+\/(solution\.sh|expect\.yaml)|alt\/[^/]+\/solution\.sh)$/

const problem = (file: string, message: string, fix: string): LabError => ({
  file,
  path: "",
  line: 0,
  column: 0,
  message,
  fix,
})

const folders = (files: LabFiles, parent: string): readonly string[] =>
  [
    ...new Set(
      Object.keys(files)
        .filter((path) => path.startsWith(`${parent}/`))
        .map((path) => path.split("/")[1] ?? ""),
    ),
  ].toSorted()

const readWrong = (files: LabFiles, lab: LabSpec, errors: LabError[]): readonly WrongAnswer[] => {
  const checks = lab.tasks.flatMap((task) => task.checks)
  return folders(files, "wrong").flatMap((name) => {
    const script = files[`wrong/${name}/solution.sh`]
    const file = `wrong/${name}/expect.yaml`
    const expect = readOne(wrongSchema, file, files[file])
    if (!expect.ok) errors.push(...expect.error)
    if (script === undefined)
      errors.push(
        problem(`wrong/${name}/solution.sh`, "the file is missing", "Write the commands of the wrong answer."),
      )
    if (!expect.ok || script === undefined) return []
    const { value, source } = expect.value
    const refer = (path: readonly string[], message: string): number =>
      errors.push(errorAt(source, path, message, "Name something that lab.yaml has."))
    if (!checks.some((check) => check.id === value.check)) refer(["check"], `lab.yaml has no check ${value.check}`)
    for (const [id, option] of Object.entries(value.answers)) {
      const check = checks.find((each) => each.id === id)
      if (check?.kind !== "answer") refer(["answers", id], `lab.yaml has no question ${id}`)
      else if (!check.options.some((each) => each.id === option))
        refer(["answers", id], `${id} has no option ${option}`)
    }
    return [{ name, script, ...value }]
  })
}

const readAlternatives = (files: LabFiles, errors: LabError[]): readonly Alternative[] =>
  folders(files, "alt").flatMap((name) => {
    const file = `alt/${name}/solution.sh`
    const script = files[file]
    if (script !== undefined) return [{ name, script }]
    errors.push(problem(file, "the file is missing", "Write the commands of the alternative."))
    return []
  })

/**
 * Reads a lab's folder. `version` is the hash of `labContent(files)`; whoever reads the folder computes it, for the core
 * has no hash of its own. Either a complete lab or every problem at once.
 */
export const parseLab = (files: LabFiles, version: string): Result<Lab, readonly LabError[]> => {
  const errors: LabError[] = Object.keys(files)
    .filter((path) => !KNOWN.test(path))
    .map((path) =>
      problem(path, "a lab has no such file", "Remove it, or see docs/authoring-labs.md for where it belongs."),
    )
  const lesson = parseLesson("lesson.mdx", files["lesson.mdx"])
  if (!lesson.ok) errors.push(...lesson.error)
  const solution = files["solution.sh"]
  if (solution === undefined)
    errors.push(problem("solution.sh", "the file is missing", "Write the commands that solve the lab."))
  const spec = readOne(labSchema, "lab.yaml", files["lab.yaml"])
  if (!spec.ok) return err([...spec.error, ...errors])

  const { value, source } = spec.value
  errors.unshift(...reviewLab(value, source))
  const start = readStart(files, value.namespace)
  errors.push(...start.errors)
  const wrong = readWrong(files, value, errors)
  const alternatives = readAlternatives(files, errors)
  if (errors.length > 0 || !lesson.ok || solution === undefined) return err(errors)
  const home = Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith("home/"))
      .map(([path, text]) => [path.slice("home/".length), text]),
  )
  return ok({ ...value, version, start: start.objects, home, solution, wrong, alternatives, lesson: lesson.value })
}

/**
 * The text that a lab's version is the hash of: lab.yaml, `start/` and `home/`, on which the state and the grade depend.
 * A better sentence in the lesson does not make a new version.
 */
export const labContent = (files: LabFiles): string =>
  Object.keys(files)
    .filter((path) => path === "lab.yaml" || path.startsWith("start/") || path.startsWith("home/"))
    .toSorted()
    .map((path) => {
      const text = (files[path] ?? "").replaceAll("\r\n", "\n")
      return `${path} ${text.length}\n${text}\n`
    })
    .join("")
