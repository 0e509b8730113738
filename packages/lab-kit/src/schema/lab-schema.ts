import { z } from "zod"
import { idSchema } from "./check-fields.ts"
import { checkSchema } from "./check-schema.ts"

const clusterSchema = z.strictObject({
  nodes: z.number().int().min(1).max(10).default(3).describe("How many nodes: node-1 172.18.0.2, node-2 172.18.0.3…"),
  proxyMode: z.enum(["iptables", "nftables", "ipvs"]).default("iptables").describe("How kube-proxy writes its rules."),
  loadBalancer: z
    .enum(["none", "vip", "proxy"])
    .default("none")
    .describe(
      "`none`: nobody serves Services of type LoadBalancer. `vip`: kube-proxy owns their address. `proxy`: a machine of its own.",
    ),
  seed: z
    .number()
    .int()
    .min(0)
    .max(0xffffffff)
    .default(1)
    .describe("Start of the cluster's generator of names and choices."),
})

const hintSchema = z.strictObject({
  id: idSchema.describe("Name of the hint, unique in the lab."),
  text: z.string().min(1).describe("Markdown. Points at where to look before it says what to do."),
})

const taskSchema = z.strictObject({
  id: idSchema.describe("Name of the task, unique in the lab; the anchor of its instructions."),
  title: z.string().min(1).describe("Heading."),
  instructions: z.string().min(1).describe("What the learner is to achieve. Markdown."),
  checks: z.array(checkSchema).min(1).describe("What proves that it is done."),
  hints: z.array(hintSchema).default([]).describe("Help, from gentle to plain; checks name them by id."),
})

/** lab.yaml as authors write it. */
export const labSchema = z.strictObject({
  id: idSchema.describe("Name of the lab in links and results; the folder's name without its number."),
  title: z.string().min(1).describe("What the lab is called."),
  summary: z.string().min(1).describe("One or two sentences: the story and what is learned."),
  minutes: z.number().int().min(1).max(240).describe("How long a learner needs."),
  namespace: z.string().default("default").describe("Namespace of the learner's kubectl and of keys without one."),
  cluster: clusterSchema.prefault({}).describe("The cluster that the lab needs."),
  tasks: z.array(taskSchema).min(1).describe("The steps of the lab, in order. Checks all run each time."),
  debrief: z.string().min(1).describe("Shown when all checks pass: what was wrong, and why the fix works. Markdown."),
})

export type LabSpec = z.output<typeof labSchema>
export type LabTask = z.output<typeof taskSchema>
export type LabHint = z.output<typeof hintSchema>

/** wrong/NAME/expect.yaml */
export const wrongSchema = z.strictObject({
  check: idSchema.describe("Id of the first check that must fail."),
  reason: z.string().min(1).describe("Reason code that it must fail with."),
  says: z.string().min(1).describe("The misunderstanding behind this answer, for authors and instructors."),
  answers: z
    .record(z.string(), z.string())
    .default({})
    .describe("Answers to `answer` checks, by check id; the right ones where absent."),
})

export type WrongSpec = z.output<typeof wrongSchema>
