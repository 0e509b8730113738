import { creationErrors, kindUpdateErrors } from "@pilotage/embedded-cluster/judging"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import type { JudgedCase } from "../verdict.ts"
import { comparedErrors } from "./field-errors.ts"
import { errorsSchema, objectSchema } from "./format.ts"
import { servedResource } from "./served-resource.ts"

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    object: objectSchema,
    oldObject: objectSchema.nullish(),
    errors: errorsSchema,
    errorsDefaultGates: errorsSchema.optional(),
    featureGates: z.record(z.string(), z.boolean()).default({}),
  }),
)

/** endpointslice-validate: slices as they were sent, without their defaults. */
export function* judgeSliceValidation(file: string): Iterable<JudgedCase> {
  const info = servedResource("endpointslices")
  for (const { id, object, oldObject, errors, errorsDefaultGates, featureGates } of readJson(file, rowsSchema)) {
    if (!errorsDefaultGates && Object.values(featureGates).includes(false)) {
      yield { id, outcome: { kind: "not-judged", reason: "run with a feature gate off that is on in 1.36" } }
      continue
    }
    const found = oldObject ? kindUpdateErrors(info, object, oldObject) : creationErrors(info, object)
    yield { id, outcome: comparedErrors(errorsDefaultGates ?? errors, found) }
  }
}
