import { z } from "zod"

const texts = z.record(z.string(), z.string())

/** A node port as the recordings write it: a number, its text, or nothing for none. */
const nodePortSchema = z.union([z.number(), z.string().regex(/^\d*$/)]).transform((value) => Number(value || 0))

/** The first line of a recording: the addresses and ports that the manifests' objects had that day. */
export const metaSchema = z
  .object({
    meta: z.object({
      mode: z.enum(["iptables", "nftables", "ipvs"]),
      /** Who announces the addresses of load balancers; nobody, unless it is said. */
      loadBalancer: z.enum(["none", "metallb"]).default("none"),
      nodes: texts,
      zones: texts.default({}),
      pods: texts,
      clusterIPs: texts,
      nodePorts: z.record(z.string(), nodePortSchema),
      healthCheckNodePorts: z.record(z.string(), z.number()).default({}),
      lbIPs: texts.default({}),
      /** LoadBalancer Service to the node address that outside machines send through. */
      "lb route from outside": texts.default({}),
      outside: z
        .object({
          ip: z.string(),
          hostname: z.string(),
          serves: z.string().default(""),
          "route to lb addresses": z.string().default(""),
        })
        .optional(),
      curl: z.string(),
    }),
  })
  .transform(({ meta }) => meta)

export type Meta = z.infer<typeof metaSchema>
