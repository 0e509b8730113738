import { z } from "zod"

const ID = /^[a-z][a-z0-9-]*$/

export const idSchema = z.string().regex(ID, "must be lower case letters, digits and dashes, and start with a letter")

/** What every kind of check carries. */
export const commonFields = {
  id: idSchema.describe("Name of the check in results, unique in the lab. Never changes once learners have results."),
  title: z.string().min(1).describe("What must be true, as the learner reads it. It does not give the fix away."),
  weight: z.number().int().min(1).max(100).default(1).describe("Points for passing."),
  hint: idSchema.optional().describe("Id of the hint to offer when the check fails."),
}

export const textPattern = z.string().refine(
  (text) => {
    try {
      new RegExp(text, "mu")
      return true
    } catch {
      return false
    }
  },
  { message: "is no regular expression (JavaScript, flags m and u)" },
)

export const objectKeySchema = z.strictObject({
  apiVersion: z.string().default("v1").describe("`v1`, `apps/v1`, `discovery.k8s.io/v1`. Default `v1`."),
  kind: z.string().describe("Kind as in manifests: `Service`."),
  namespace: z.string().optional().describe("Default: the lab's namespace."),
  name: z.string().describe("Name of the object."),
})

export const serviceKeySchema = z.strictObject({
  namespace: z.string().optional().describe("Default: the lab's namespace."),
  name: z.string().describe("Name of the Service."),
})

export const podSetSchema = z.strictObject({
  namespace: z.string().optional().describe("Default: the lab's namespace."),
  labels: z.string().describe("Label query: `app=backend`."),
})

export const countSchema = z
  .strictObject({
    equals: z.number().int().min(0).optional().describe("Exactly so many."),
    atLeast: z.number().int().min(0).optional().describe("So many or more."),
    atMost: z.number().int().min(0).optional().describe("So many or fewer."),
  })
  .refine((count) => Object.values(count).some((each) => each !== undefined), {
    message: "needs `equals`, `atLeast` or `atMost`",
  })

export type Count = z.output<typeof countSchema>
