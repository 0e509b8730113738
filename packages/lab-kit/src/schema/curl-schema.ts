import { z } from "zod"
import { commonFields, podSetSchema, textPattern } from "./check-fields.ts"
import { originSchema } from "./origin-schema.ts"

const share = z.strictObject({
  atLeast: z.number().min(0).max(1).optional().describe("Smallest part of the connections that each backend must get."),
  atMost: z.number().min(0).max(1).optional().describe("Largest part of the connections that one backend may get."),
})

/** What a curl must come back with. Everything given must hold; what is absent is not looked at. */
const curlOutcomeSchema = z.strictObject({
  exitCode: z
    .number()
    .int()
    .default(0)
    .describe(
      "curl's exit code: 0 answered, 6 name not found, 7 refused or unreachable, 28 timeout. A check may well want a failure.",
    ),
  status: z.number().int().min(100).max(599).optional().describe("HTTP status of the answer."),
  body: textPattern.optional().describe("Regular expression that the body must match."),
  backends: podSetSchema.optional().describe("The pods that may answer; an answer from any other pod fails."),
  source: z
    .union([z.ipv4(), z.cidrv4()], { error: "must be an IPv4 address or a CIDR" })
    .optional()
    .describe("Address or CIDR that the backend must see as its client."),
  share: share.optional().describe("How the connections must spread over `backends`. Needs `connections` above 1."),
})

export type CurlOutcome = z.output<typeof curlOutcomeSchema>

const url = z
  .string()
  .min(1)
  .describe(
    "As typed after curl. `{clusterIP:web}`, `{nodePort:web}`, `{loadBalancerIP:web}` (or `shop/web`), `{nodeIP:node-1}` and `{env:frontend/BACKEND_URL}` (of a Deployment) are filled in from the cluster.",
  )

export const curlCheckSchema = z.strictObject({
  kind: z.literal("curl").describe("Sends requests and judges what comes back."),
  ...commonFields,
  from: originSchema.describe("Where curl runs."),
  url,
  maxTimeMs: z.number().int().min(100).max(30_000).default(3_000).describe("curl --max-time, in milliseconds."),
  connections: z.number().int().min(1).max(200).default(1).describe("How many requests, one connection each."),
  expect: curlOutcomeSchema.describe("What each of them must come back with."),
})

export const learnerCurlCheckSchema = z.strictObject({
  kind: z.literal("learnerCurl").describe("The learner has run a curl and seen what came back."),
  ...commonFields,
  from: originSchema.describe("Where the learner must have run it."),
  urls: z.array(url).min(1).describe("The URLs that count. Without a path any path will do."),
  expect: curlOutcomeSchema.omit({ share: true }).describe("What the learner's curl must have come back with."),
  holds: z
    .enum(["now", "then"])
    .default("now")
    .describe(
      "`now`: the same curl must still come back so when the check runs. `then`: what the learner saw is enough.",
    ),
})
