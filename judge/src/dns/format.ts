import type { Pod } from "@pilotage/kube-model"
import { z } from "zod"
import { serviceSchema, sliceSchema } from "../proxy/format.ts"

const podSchema = z.custom<Pick<Pod, "metadata" | "status"> & Partial<Pod>>(
  (value) => typeof value === "object" && value !== null && "metadata" in value,
  "must be a Pod",
)

/** A cluster as CoreDNS sees it. A namespace that does not exist is named for the queries that ask for it. */
export const worldsSchema = z.array(
  z.object({
    id: z.string(),
    services: z.array(serviceSchema).nullable(),
    endpointSlices: z.array(sliceSchema).nullable(),
    pods: z.array(podSchema).nullable(),
    namespaces: z.array(z.object({ name: z.string(), exists: z.boolean() })).nullable(),
  }),
)

export type DnsWorld = z.infer<typeof worldsSchema>[number]

/** The zones of `fallthrough`: a list, CoreDNS's own struct, their text, or yes for every zone. */
const fallthroughSchema = z
  .union([z.null(), z.array(z.string()), z.object({ Zones: z.array(z.string()).nullable() }), z.string(), z.boolean()])
  .transform((value): readonly string[] => {
    if (value === null || value === false) return []
    if (value === true) return ["."]
    if (typeof value === "string") return value.split(/[[\],\s]+/).filter(Boolean)
    return "Zones" in value ? (value.Zones ?? []) : value
  })

/** Texts anywhere within a value. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The canned answer of the resolver behind CoreDNS: records in presentation form, however they are wrapped. */
const upstreamSchema = z.unknown().transform((value) => {
  const answer = textsIn(value).filter((text) => /\sIN\s/.test(text))
  const isTruncated = z.looseObject({ truncated: z.literal(true) }).safeParse(value).success
  return answer.length > 0 ? { answer, truncated: isTruncated } : undefined
})

const records = z
  .array(z.string())
  .nullable()
  .transform((value): readonly string[] => value ?? [])

export const queriesSchema = z.array(
  z.object({
    id: z.string(),
    world: z.string(),
    config: z.object({
      zones: z.array(z.string()),
      namespaces: z.array(z.string()).nullable(),
      podMode: z.enum(["disabled", "insecure", "verified"]),
      endpointNameMode: z.boolean(),
      ttl: z.number(),
      ignoreEmptyService: z.boolean(),
      zonal: z.boolean(),
      fallthrough: fallthroughSchema,
      hasSynced: z.boolean(),
    }),
    query: z.object({ name: z.string(), type: z.string() }),
    /** What the resolver behind CoreDNS answers for names outside. */
    upstreamAnswer: upstreamSchema.optional(),
    /** Absent: the plugin wrote no message. */
    expect: z
      .object({
        rcode: z.string(),
        authoritative: z.boolean(),
        truncated: z.boolean(),
        answer: records,
        ns: records,
        extra: records,
      })
      .nullish(),
  }),
)

export type DnsQuery = z.infer<typeof queriesSchema>[number]
