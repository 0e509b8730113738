import {
  addressTypesOf,
  distributeTraffic,
  endpointFor,
  portsFor,
  sliceLabels,
} from "@pilotage/embedded-cluster/judging"
import type { EndpointSlice, Node, Pod, Service } from "@pilotage/kube-model"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import { compared, type JudgedCase, type Outcome } from "../verdict.ts"
import { objectSchema } from "./format.ts"
import { canonicalText } from "./json.ts"

const as = <T>() => objectSchema.transform((object) => object as T)

const slicesSchema = z
  .array(as<EndpointSlice>())
  .nullable()
  .transform((list): readonly EndpointSlice[] => list ?? [])

const hintedSchema = z.object({ create: slicesSchema, update: slicesSchema, unchanged: slicesSchema })

const unitsSchema = z.array(
  z.discriminatedUnion("function", [
    z.object({
      id: z.string(),
      function: z.literal("podToEndpoint"),
      pod: as<Pod>(),
      node: as<Node>().nullish(),
      service: as<Service>(),
      addressType: z.enum(["IPv4", "IPv6", "FQDN"]),
      endpoint: z.unknown(),
    }),
    z.object({
      id: z.string(),
      function: z.literal("getEndpointPorts"),
      pod: as<Pod>(),
      service: as<Service>(),
      ports: z.array(z.looseObject({})).nullable(),
    }),
    z.object({
      id: z.string(),
      function: z.literal("setEndpointSliceLabels"),
      controllerName: z.string(),
      service: as<Service>(),
      slice: as<EndpointSlice>(),
      labels: z.unknown(),
      updated: z.boolean(),
    }),
    z.object({
      id: z.string(),
      function: z.literal("getAddressTypesForService"),
      service: as<Service>(),
      addressTypes: z.array(z.string()).nullable(),
    }),
    z.object({
      id: z.string(),
      function: z.literal("trafficdist.ReconcileHints"),
      trafficDistribution: z.string().nullish(),
      input: hintedSchema,
      output: hintedSchema,
    }),
  ]),
)

type Unit = z.infer<typeof unitsSchema>[number]

/** Go writes what it has in a port, our controller what the server would make of it. */
const portText = (port: object): string => canonicalText({ name: "", ...port, protocol: protocolOf(port) })

const protocolOf = (port: object): unknown => ("protocol" in port && port.protocol) || "TCP"

const sortedText = (texts: readonly string[]): string => [...texts].sort().join(" ")

const judgeUnit = (unit: Unit): Outcome => {
  switch (unit.function) {
    case "podToEndpoint": {
      const { service, pod, node, addressType, endpoint } = unit
      return compared(canonicalText(endpoint), canonicalText(endpointFor(service, pod, node ?? undefined, addressType)))
    }
    case "getEndpointPorts":
      return compared(
        sortedText((unit.ports ?? []).map(portText)),
        sortedText(portsFor(unit.service, unit.pod).map(portText)),
      )
    case "setEndpointSliceLabels": {
      const { labels, changed } = sliceLabels(unit.slice, unit.service, unit.controllerName)
      return compared(`${canonicalText(unit.labels)} ${unit.updated}`, `${canonicalText(labels)} ${changed}`)
    }
    case "getAddressTypesForService":
      return compared(sortedText(unit.addressTypes ?? []), sortedText(addressTypesOf(unit.service)))
    case "trafficdist.ReconcileHints":
      return compared(
        canonicalText(unit.output),
        canonicalText(distributeTraffic(unit.trafficDistribution ?? undefined, unit.input)),
      )
  }
}

/** endpointslice-units: the parts of the EndpointSlice controller one by one. */
export function* judgeSliceUnits(file: string): Iterable<JudgedCase> {
  for (const unit of readJson(file, unitsSchema)) yield { id: unit.id, outcome: judgeUnit(unit) }
}
