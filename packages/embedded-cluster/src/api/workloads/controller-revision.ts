import { deepEqual } from "../../store/deep-equal.ts"
import { invalid, required } from "../field-error.ts"
import { isJson } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE, notNegative } from "./template-errors.ts"

/** A former template of a StatefulSet or DaemonSet: its data is written once. */
export const controllerRevisionStrategy: Strategy = {
  defaults: (object) => ({ ...object, revision: object.revision ?? 0 }),
  validate: (object) => [
    ...notNegative("revision", object.revision),
    ...(object.data === undefined ? [required("data", "data is mandatory")] : []),
    ...(object.data === undefined || isJson(object.data) ? [] : [required("data", "data must be a valid JSON object")]),
  ],
  validateUpdate: (object, old) =>
    deepEqual(object.data, old.data) ? [] : [invalid("data", object.data ?? null, IMMUTABLE)],
}
