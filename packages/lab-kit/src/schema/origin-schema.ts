import { z } from "zod"

const podOrigin = z.strictObject({
  pod: z
    .strictObject({
      namespace: z.string().optional().describe("Namespace of the pods. Default: the lab's namespace."),
      labels: z
        .string()
        .optional()
        .describe("Label query as `kubectl -l` takes it, `app=frontend`. Every running pod that matches must pass."),
      name: z.string().optional().describe("Name of one pod, where it is known beforehand."),
    })
    .refine((pod) => (pod.labels === undefined) !== (pod.name === undefined), {
      message: "a pod is chosen either by `labels` or by `name`",
    })
    .describe("A pod, or each pod that a label query matches."),
})

/** Where a probe starts. */
export const originSchema = z.union(
  [
    podOrigin,
    z.strictObject({ node: z.string().describe("Name of the node that sends the request, `node-1`.") }),
    z.strictObject({
      outside: z
        .union([z.literal("client"), z.ipv4()])
        .describe(
          "`client` is the learner's own machine, 203.0.113.7; or another address beyond the cluster's border.",
        ),
    }),
    z.strictObject({
      nodeNetwork: z.ipv4().describe("Address of another machine on the nodes' own network, `172.18.0.99`."),
    }),
  ],
  { error: "must be one of: pod: {labels or name}, node: NAME, outside: client, nodeNetwork: ADDRESS" },
)

export type OriginSpec = z.output<typeof originSchema>
