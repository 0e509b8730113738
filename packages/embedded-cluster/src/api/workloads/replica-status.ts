import { type FieldError, invalid } from "../field-error.ts"
import type { Json } from "../json-object.ts"
import { notNegative } from "./template-errors.ts"

/** Counts of pods that can be no more than there are (apps/validation ValidateDeploymentStatus and ValidateReplicaSetStatus). */
export const replicaStatusErrors = (
  status: Json,
  parts: readonly string[],
  others: readonly string[],
): FieldError[] => {
  const count = (key: string): number => Number(status[key] ?? 0)
  return [
    ...["replicas", ...parts, ...others].flatMap((key) => notNegative(`status.${key}`, status[key])),
    ...parts
      .filter((key) => count(key) > count("replicas"))
      .map((key) => invalid(`status.${key}`, count(key), "cannot be greater than status.replicas")),
    ...(count("availableReplicas") > count("readyReplicas")
      ? [invalid("status.availableReplicas", count("availableReplicas"), "cannot be greater than readyReplicas")]
      : []),
  ]
}
