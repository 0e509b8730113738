import type { EndpointSlice, Protocol, Service } from "@pilotage/kube-model"
import { z } from "zod"

/** API objects are checked where they are used: the engine's own error says which field is odd. */
const apiObject = <T>(kind: string) =>
  z.custom<T>((value) => typeof value === "object" && value !== null && !Array.isArray(value), `must be a ${kind}`)

export const serviceSchema = apiObject<Service>("Service")
export const sliceSchema = apiObject<EndpointSlice>("EndpointSlice")
const protocolSchema = z.custom<Protocol>((value) => ["TCP", "UDP", "SCTP"].includes(String(value)), {
  error: "must be TCP, UDP or SCTP",
})

const proxyConfigSchema = z.object({
  ipFamily: z.enum(["IPv4", "IPv6"]),
  nodeName: z.string(),
  nodeIP: z.string(),
  localIPs: z.array(z.string()),
  localDetector: z.enum(["ClusterCIDR", "None"]),
  clusterCIDR: z.string().nullable(),
  masqueradeAll: z.boolean(),
  nodePortAddresses: z.array(z.string()),
  nodeLabels: z.record(z.string(), z.string()).nullable(),
  localhostNodePorts: z.boolean().optional(),
  serviceCIDRs: z.array(z.string()).nullish(),
})

const worldSchema = z.object({
  id: z.string(),
  mode: z.enum(["iptables", "nftables", "ipvs"]),
  config: proxyConfigSchema,
  services: z.array(serviceSchema).nullable(),
  endpointSlices: z.array(sliceSchema).nullable(),
})

/** What one node's kube-proxy had when the packets came. */
export type ProxyWorld = z.infer<typeof worldSchema>

/** sourceIP, protocol, destIP, destPort, output, masq (null: not to be compared). */
const flowSchema = z.tuple([
  z.string(),
  protocolSchema,
  z.string(),
  z.number(),
  z.string(),
  z
    .boolean()
    .nullish()
    .transform((masq) => masq ?? null),
])

export type Flow = z.infer<typeof flowSchema>

/** A row of proxy-MODE-*.json: a world with one flow and what came of it, or with many. */
export const proxyRowSchema = worldSchema
  .extend({
    flow: z
      .object({ sourceIP: z.string(), protocol: protocolSchema, destIP: z.string(), destPort: z.number() })
      .optional(),
    expect: z.object({ output: z.string(), masq: z.boolean().nullable().default(null) }).optional(),
    flows: z.array(flowSchema).optional(),
  })
  .refine((row) => row.flows !== undefined || (row.flow !== undefined && row.expect !== undefined), {
    message: "has neither flows nor a flow with its expect",
  })

export type ProxyRow = z.infer<typeof proxyRowSchema>

export const flowsOf = ({ flow, expect, flows }: ProxyRow): readonly Flow[] =>
  flows ??
  (flow && expect ? [[flow.sourceIP, flow.protocol, flow.destIP, flow.destPort, expect.output, expect.masq]] : [])
