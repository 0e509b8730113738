import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, refused, tooLong } from "../field-error.ts"
import { child, type Json } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { configKeyProblems } from "./config-keys.ts"

const SIZE_LIMIT = 1024 * 1024

const dataErrors = (object: Json): FieldError[] => {
  const errors: FieldError[] = []
  let size = 0
  const binary = child(object, "binaryData")
  for (const [part, data] of [
    ["data", child(object, "data")],
    ["binaryData", binary],
  ] as const)
    for (const [key, value] of Object.entries(data)) {
      errors.push(...configKeyProblems(key).map((problem) => invalid(`${part}[${key}]`, key, problem)))
      if (part === "data" && Object.hasOwn(binary, key))
        errors.push(invalid(`${part}[${key}]`, key, "duplicate of key present in binaryData"))
      size += String(value).length
    }
  if (size > SIZE_LIMIT) errors.push(tooLong("", SIZE_LIMIT))
  return errors
}

export const configMapStrategy: Strategy = {
  defaults: (object) => object,
  validate: dataErrors,
  validateUpdate: (object, old) => {
    if (old.immutable !== true) return []
    const errors: FieldError[] = []
    if (object.immutable !== true) errors.push(refused("immutable", "field is immutable when `immutable` is set"))
    for (const part of ["data", "binaryData"])
      if (!deepEqual(object[part], old[part])) errors.push(refused(part, "field is immutable when `immutable` is set"))
    return errors
  },
}
