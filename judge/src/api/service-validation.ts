import {
  creationErrors,
  kindUpdateErrors,
  strategyOf,
  validateExternalTraffic,
  validateLoadBalancerStatus,
} from "@pilotage/embedded-cluster/judging"
import type { Service } from "@pilotage/kube-model"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import type { JudgedCase } from "../verdict.ts"
import { comparedErrors } from "./field-errors.ts"
import { errorsSchema, objectSchema } from "./format.ts"
import { servedResource } from "./served-resource.ts"

const serviceSchema = objectSchema.transform((object) => object as Service)

/** A server of 1.36 fills in defaults before it validates, and has its feature gates as they come. */
const rowsSchema = z.array(
  z.object({
    id: z.string(),
    object: serviceSchema,
    oldObject: serviceSchema.optional(),
    errorsDefaultGatesAfterDefaulting: errorsSchema,
  }),
)

/** service-validate-create and -update: the whole validation of a Service that has its defaults. */
export function* judgeServiceValidation(file: string): Iterable<JudgedCase> {
  const { defaults } = strategyOf("services")
  const info = servedResource("services")
  for (const { id, object, oldObject, errorsDefaultGatesAfterDefaulting: expected } of readJson(file, rowsSchema)) {
    const found = oldObject
      ? kindUpdateErrors(info, defaults(object), defaults(oldObject))
      : creationErrors(info, defaults(object))
    yield { id, outcome: comparedErrors(expected, found) }
  }
}

/** Rows of one part of the validation, which was asked for alone: no defaults, no gates that matter. */
const partSchema = z.array(z.object({ id: z.string(), object: serviceSchema, errors: errorsSchema }))

/** service-validate-etp. */
export function* judgeExternalTraffic(file: string): Iterable<JudgedCase> {
  for (const { id, object, errors } of readJson(file, partSchema))
    yield { id, outcome: comparedErrors(errors, validateExternalTraffic(object.spec)) }
}

/** service-validate-lbstatus: paths begin at the load balancer's status. */
export function* judgeLoadBalancerStatus(file: string): Iterable<JudgedCase> {
  for (const { id, object, errors } of readJson(file, partSchema))
    yield { id, outcome: comparedErrors(errors, validateLoadBalancerStatus(object, "status")) }
}
