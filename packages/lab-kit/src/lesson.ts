import { err, ok, type Result } from "@pilotage/kube-model"
import type { LabError, Lesson } from "./lab.ts"
import { type Course, courseSchema, lessonSchema } from "./schema/course-schema.ts"
import { readOne } from "./validate.ts"

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/

/** Splits a lesson.mdx into its checked front matter and its MDX. */
export const parseLesson = (file: string, text: string | undefined): Result<Lesson, readonly LabError[]> => {
  const match = text === undefined ? undefined : FRONT_MATTER.exec(text)
  if (text !== undefined && !match)
    return err([
      {
        file,
        path: "",
        line: 1,
        column: 1,
        message: "the lesson has no front matter",
        fix: "Begin the file with a block between two lines of `---` that holds title, summary, minutes and objectives.",
      },
    ])
  // The opening line of dashes is kept as an empty line, so that line numbers are those of the file.
  const meta = readOne(lessonSchema, file, match ? `\n${match[1]}\n` : undefined)
  if (!meta.ok) return meta
  return ok({ meta: meta.value.value, body: (text ?? "").slice(match?.[0].length ?? 0) })
}

/** Reads labs/course.yaml. */
export const parseCourse = (text: string | undefined): Result<Course, readonly LabError[]> => {
  const course = readOne(courseSchema, "course.yaml", text)
  return course.ok ? ok(course.value.value) : course
}
