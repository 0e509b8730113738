import { z } from "zod"
import { parseFieldPath } from "../field-path.ts"
import {
  commonFields,
  countSchema,
  idSchema,
  objectKeySchema,
  podSetSchema,
  serviceKeySchema,
  textPattern,
} from "./check-fields.ts"
import { curlCheckSchema, learnerCurlCheckSchema } from "./curl-schema.ts"
import { originSchema } from "./origin-schema.ts"

const scalar = z.union([z.string(), z.number(), z.boolean()])
const OPERATORS = ["equals", "in", "matches", "absent", "unchangedSinceStart"] as const

const fieldSchema = z
  .strictObject({
    path: z
      .string()
      .refine((text) => parseFieldPath(text) !== undefined, {
        message:
          "is no field path; write `spec.ports[0].port`, `spec.ports[name=http].port`, `metadata.labels['a.b/c']`",
      })
      .describe("Field as `kubectl explain` writes it; list items by index or by one of their fields."),
    equals: z.json().optional().describe("The field must equal this value, lists and maps included."),
    in: z.array(scalar).min(1).optional().describe("The field must be one of these values."),
    matches: textPattern.optional().describe("The field, as text, must match this regular expression."),
    absent: z.literal(true).optional().describe("The field must not be there."),
    why: z.string().min(1).optional().describe("What it means when the condition does not hold, for the learner."),
    unchangedSinceStart: z.literal(true).optional().describe("The field must be what it was when the lab started."),
  })
  .refine((field) => OPERATORS.filter((operator) => field[operator] !== undefined).length === 1, {
    message: `needs exactly one of ${OPERATORS.join(", ")}`,
  })

const objectCheckSchema = z.strictObject({
  kind: z.literal("object").describe("Looks at the fields of one API object."),
  ...commonFields,
  object: objectKeySchema.describe("Which object."),
  exists: z.boolean().default(true).describe("false: the object must be gone."),
  fields: z.array(fieldSchema).default([]).describe("Conditions on its fields; all must hold."),
})

const dnsCheckSchema = z.strictObject({
  kind: z.literal("dns").describe("Resolves a name where a program would."),
  ...commonFields,
  from: originSchema.describe("Where the name is resolved; its search list counts."),
  name: z.string().min(1).describe("Name as typed: `backend`, `backend.shop.svc.cluster.local`."),
  type: z.enum(["A", "AAAA", "SRV", "PTR", "CNAME"]).default("A").describe("Record type."),
  expect: z
    .strictObject({
      rcode: z.enum(["NOERROR", "NXDOMAIN", "SERVFAIL"]).default("NOERROR").describe("Answer code."),
      service: serviceKeySchema.optional().describe("The answer must be this Service's cluster IP."),
      pods: podSetSchema
        .optional()
        .describe("The answers must be the addresses of exactly these ready pods (headless)."),
      answers: z.array(z.string()).optional().describe("The answers must be exactly these, in any order."),
    })
    .describe("What the answer must be."),
})

const endpointsCheckSchema = z.strictObject({
  kind: z.literal("endpoints").describe("Counts the endpoints behind a Service, over all its EndpointSlices."),
  ...commonFields,
  service: serviceKeySchema.describe("Which Service."),
  ready: countSchema.optional().describe("How many endpoints must be ready."),
  total: countSchema.optional().describe("How many endpoints there must be, ready or not."),
  pods: podSetSchema.optional().describe("Every endpoint must be one of these pods."),
})

const eventCheckSchema = z.strictObject({
  kind: z.literal("event").describe("Looks for a Kubernetes event."),
  ...commonFields,
  involved: z
    .strictObject({
      kind: z.string().describe("Kind of the object that the event is about."),
      namespace: z.string().optional().describe("Default: the lab's namespace."),
      name: textPattern.optional().describe("Regular expression for the object's name."),
    })
    .describe("What the event is about."),
  reason: z.string().optional().describe("The event's reason: `EnsuredLoadBalancer`."),
  message: textPattern.optional().describe("Regular expression for the event's message."),
  why: z.string().min(1).optional().describe("What it means when the check fails, for the learner."),
  occurs: z.boolean().default(true).describe("false: there must be no such event."),
})

const logCheckSchema = z.strictObject({
  kind: z.literal("log").describe("Looks into the logs of pods."),
  ...commonFields,
  pods: podSetSchema.describe("Whose logs."),
  matches: textPattern.describe("Regular expression; a line that matches counts."),
  lines: countSchema.default({ atLeast: 1 }).describe("How many lines must match. Default: at least one."),
})

const answerCheckSchema = z.strictObject({
  kind: z.literal("answer").describe("A question that the learner answers: a prediction or a choice."),
  ...commonFields,
  question: z.string().min(1).describe("The question, Markdown."),
  options: z
    .array(z.strictObject({ id: idSchema.describe("Name of the option."), text: z.string().describe("Markdown.") }))
    .min(2)
    .describe("What can be chosen."),
  correct: idSchema.describe("Id of the right option."),
  explanation: z.string().min(1).describe("Shown after answering: why it is so. Markdown."),
})

export const checkSchema = z.discriminatedUnion("kind", [
  objectCheckSchema,
  curlCheckSchema,
  dnsCheckSchema,
  endpointsCheckSchema,
  eventCheckSchema,
  logCheckSchema,
  learnerCurlCheckSchema,
  answerCheckSchema,
])

export type Check = z.output<typeof checkSchema>
export type CheckKind = Check["kind"]
export type CheckOf<K extends CheckKind> = Extract<Check, { kind: K }>
export type FieldCondition = z.output<typeof fieldSchema>
