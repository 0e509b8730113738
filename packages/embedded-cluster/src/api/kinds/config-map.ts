import { deepEqual } from "../../store/deep-equal.ts"
import { errorsOfEach, type FieldError, invalid, invalids, refused, tooLong } from "../field-error.ts"
import { child, type Json } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { configKeyProblems } from "./config-keys.ts"

const SIZE_LIMIT = 1024 * 1024

const textLength = (data: Json): number =>
  Object.values(data).reduce<number>((sum, value) => sum + String(value).length, 0)

const dataErrors = (object: Json): FieldError[] => {
  const binary = child(object, "binaryData")
  const parts = [
    ["data", child(object, "data")],
    ["binaryData", binary],
  ] as const
  const size = parts.reduce((sum, [, data]) => sum + textLength(data), 0)
  return [
    ...parts.flatMap(([part, data]) =>
      errorsOfEach(Object.keys(data), (key) => {
        const errors = invalids(`${part}[${key}]`, key, configKeyProblems(key))
        return part === "data" && Object.hasOwn(binary, key)
          ? [...errors, invalid(`${part}[${key}]`, key, "duplicate of key present in binaryData")]
          : errors
      }),
    ),
    ...(size > SIZE_LIMIT ? [tooLong("", SIZE_LIMIT)] : []),
  ]
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
