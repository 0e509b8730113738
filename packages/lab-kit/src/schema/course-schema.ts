import { z } from "zod"
import { idSchema } from "./check-fields.ts"

/** labs/course.yaml */
export const courseSchema = z.strictObject({
  title: z.string().min(1).describe("Name of the course."),
  summary: z.string().min(1).describe("Who it is for and what it leads to."),
  modules: z
    .array(
      z.strictObject({
        id: idSchema.describe("Name of the module in links."),
        title: z.string().min(1).describe("Heading."),
        summary: z.string().min(1).describe("One or two sentences."),
        labs: z
          .array(z.string().regex(/^\d{2}-[a-z][a-z0-9-]*$/, "must be a folder name below labs/, `01-clusterip`"))
          .min(1)
          .describe("Folder names below labs/, in order."),
      }),
    )
    .min(1)
    .describe("The parts of the course, in order."),
})

/** Front matter of a lesson.mdx. */
export const lessonSchema = z.strictObject({
  title: z.string().min(1).describe("Heading of the lesson."),
  summary: z.string().min(1).describe("One or two sentences for lists and search."),
  minutes: z.number().int().min(1).max(120).describe("How long reading and playing takes."),
  objectives: z.array(z.string().min(1)).min(1).describe("What the reader can do afterwards; each starts with a verb."),
})

export type Course = z.output<typeof courseSchema>
export type LessonMeta = z.output<typeof lessonSchema>
