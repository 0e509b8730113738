import type { FieldError } from "@pilotage/embedded-cluster/judging"
import type { KubeObject } from "@pilotage/kube-model"
import { z } from "zod"

/** An object as a test of upstream built it; much of what a served object always has may be missing. */
export const objectSchema = z.custom<KubeObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
)

/** Go's list of field errors; a badValue of null is nil or an empty list. */
export const errorsSchema = z.array(
  z.object({
    type: z.custom<FieldError["type"]>((value) => typeof value === "string", "must be a type of field error"),
    field: z.string(),
    detail: z.string(),
    badValue: z.unknown(),
    message: z.string(),
  }),
)

export type ExpectedError = z.infer<typeof errorsSchema>[number]
