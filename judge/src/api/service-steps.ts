import {
  carryAllocatedValues,
  dropDependentFields,
  normalizeClusterIPs,
  serviceWarnings,
  withReadDefaults,
} from "@pilotage/embedded-cluster/judging"
import type { Service } from "@pilotage/kube-model"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import { compared, type JudgedCase, type Outcome } from "../verdict.ts"
import { objectSchema } from "./format.ts"
import { canonicalText } from "./json.ts"

const serviceSchema = objectSchema.transform((object) => object as Service)

const sameObject = (expected: unknown, actual: unknown): Outcome =>
  compared(canonicalText(expected), canonicalText(actual))

const warningsSchema = z.array(
  z.object({
    id: z.string(),
    object: serviceSchema,
    warnings: z.array(z.string()).nullable(),
  }),
)

/** service-warnings. */
export function* judgeServiceWarnings(file: string): Iterable<JudgedCase> {
  for (const { id, object, warnings } of readJson(file, warningsSchema)) {
    const found = serviceWarnings(object)
    yield { id, outcome: compared((warnings ?? []).join("\n"), found.join("\n")) }
  }
}

const typeChangesSchema = z.array(
  z.object({ id: z.string(), oldObject: serviceSchema, newObject: serviceSchema, result: serviceSchema }),
)

/** service-type-dependent-fields: what a change of type drops. */
export function* judgeTypeChanges(file: string): Iterable<JudgedCase> {
  for (const { id, oldObject, newObject, result } of readJson(file, typeChangesSchema))
    yield { id, outcome: sameObject(result, dropDependentFields(newObject, oldObject)) }
}

const unitsSchema = z.array(
  z.object({
    id: z.string(),
    function: z.enum(["normalizeClusterIPs", "patchAllocatedValues", "defaultOnRead"]),
    clusterFamilies: z.array(z.enum(["IPv4", "IPv6"])).default([]),
    old: serviceSchema.nullish(),
    /** A text: the name of a Go type that is no Service. */
    input: z.union([z.string(), serviceSchema]),
    output: z.union([z.string(), serviceSchema]),
  }),
)

type Unit = z.infer<typeof unitsSchema>[number]

const judgeUnit = (unit: Unit): Outcome => {
  const { input, output, clusterFamilies } = unit
  if (typeof input === "string") return { kind: "not-judged", reason: "no Service, and only its Go type is recorded" }
  const old = unit.old ?? undefined
  switch (unit.function) {
    case "normalizeClusterIPs":
      return sameObject(output, normalizeClusterIPs(input, old))
    case "patchAllocatedValues":
      return sameObject(output, old ? carryAllocatedValues(input, old) : input)
    case "defaultOnRead":
      return sameObject(
        output,
        Array.isArray(input.items)
          ? { ...input, items: input.items.map((each: Service) => withReadDefaults(each, clusterFamilies)) }
          : withReadDefaults(input, clusterFamilies),
      )
  }
}

/** service-storage-units. */
export function* judgeStorageUnits(file: string): Iterable<JudgedCase> {
  for (const unit of readJson(file, unitsSchema)) yield { id: unit.id, outcome: judgeUnit(unit) }
}
