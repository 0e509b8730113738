import { z } from "zod"

/** What is relied upon in an object that nobody validated; everything else is let through as it is. */
const labels = z.record(z.string(), z.string()).optional()

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  labels,
  annotations: z.record(z.string(), z.unknown()).optional(),
  uid: z.string().optional(),
  ownerReferences: z.array(z.looseObject({ kind: z.string(), name: z.string() })).optional(),
})

const list = <Item extends z.ZodType>(item: Item) => z.array(item).optional()

const conditions = list(z.looseObject({ type: z.string(), status: z.string() }))

const container = z.looseObject({
  name: z.string(),
  image: z.string().optional(),
  command: list(z.string()),
  args: list(z.string()),
  ports: list(z.looseObject({ name: z.string().optional(), containerPort: z.int(), hostPort: z.int().optional() })),
  env: list(z.looseObject({ name: z.string() })),
})

const podSpec = z.looseObject({
  containers: z.array(container),
  initContainers: list(container),
  nodeName: z.string().optional(),
})

const template = z.looseObject({ metadata: z.looseObject({ labels }).optional(), spec: podSpec })

const workload = z.looseObject({
  metadata,
  spec: z.looseObject({ replicas: z.int().optional(), selector: z.looseObject({}).optional(), template }),
})

const port = z.looseObject({
  name: z.string().optional(),
  port: z.int(),
  protocol: z.string().optional(),
  targetPort: z.union([z.int(), z.string()]).optional(),
  nodePort: z.int().optional(),
})

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  Node: z.looseObject({
    metadata,
    spec: z.looseObject({ podCIDR: z.string().optional(), podCIDRs: list(z.string()) }).optional(),
    status: z
      .looseObject({ addresses: list(z.looseObject({ type: z.string(), address: z.string() })), conditions })
      .optional(),
  }),
  Pod: z.looseObject({
    metadata,
    spec: podSpec,
    status: z
      .looseObject({
        podIP: z.string().optional(),
        podIPs: list(z.looseObject({ ip: z.string() })),
        hostIP: z.string().optional(),
        conditions,
      })
      .optional(),
  }),
  Service: z.looseObject({
    metadata,
    spec: z.looseObject({
      type: z.string().optional(),
      clusterIP: z.string().optional(),
      clusterIPs: list(z.string()),
      externalIPs: list(z.string()),
      selector: labels,
      ports: list(port),
    }),
    status: z.looseObject({ loadBalancer: z.looseObject({ ingress: list(z.looseObject({})) }).optional() }).optional(),
  }),
  EndpointSlice: z.looseObject({
    metadata,
    endpoints: list(z.looseObject({ addresses: z.array(z.string()), conditions: z.looseObject({}).optional() })),
    ports: list(z.looseObject({ port: z.int().optional() })),
  }),
  NetworkPolicy: z.looseObject({ metadata, spec: z.looseObject({}).optional() }),
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: workload,
  DaemonSet: workload,
}

const anyObject = z.looseObject({ metadata })

interface ShapeProblem {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

const WORDS: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text: put it in quotes",
  boolean: "true or false",
  array: "a list",
}

const sentence = (issue: z.core.$ZodIssue): string => {
  if (issue.code !== "invalid_type") return issue.message
  if (issue.message.endsWith("received undefined")) return "is missing"
  return `must be ${WORDS[issue.expected] ?? "an object"}`
}

/** The first thing in the object that cannot be read; undefined for none. */
export const shapeProblem = (kind: string, value: unknown): ShapeProblem | undefined => {
  const checked = (SHAPES[kind] ?? anyObject).safeParse(value)
  const [issue] = checked.error?.issues ?? []
  return issue && { path: issue.path, message: sentence(issue) }
}
