import { errorsOfEach, type FieldError, invalid, invalids, notSupported, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { configKeyProblems } from "../kinds/config-keys.ts"
import { dnsSubdomainProblems } from "../names.ts"
import { CONTAINER_FIELDS, fieldReferenceErrors, resourceFieldErrors } from "./reference-errors.ts"

const NAME = "a valid environment variable name must consist only of printable ASCII characters other than '='"

const nameProblems = (name: string): string[] => (/^[ -<>-~]+$/.test(name) ? [] : [NAME])

const keyErrors = (reference: Json, at: string): FieldError[] => {
  const [name, key] = [text(reference, "name"), text(reference, "key")]
  return [
    ...invalids(`${at}.name`, name, dnsSubdomainProblems(name)),
    ...(key === "" ? [required(`${at}.key`)] : invalids(`${at}.key`, key, configKeyProblems(key))),
  ]
}

const fileKeyErrors = (reference: Json, at: string): FieldError[] =>
  ["key", "volumeName", "path"].filter((key) => text(reference, key) === "").map((key) => required(`${at}.${key}`))

const SOURCES: Readonly<Record<string, (source: Json, field: string) => FieldError[]>> = {
  fieldRef: (source, field) => fieldReferenceErrors(source, CONTAINER_FIELDS, field),
  resourceFieldRef: (source, field) => resourceFieldErrors(source, field, false),
  configMapKeyRef: keyErrors,
  secretKeyRef: keyErrors,
  fileKeyRef: fileKeyErrors,
}

const sourceErrors = (variable: Json, at: string): FieldError[] => {
  const { valueFrom } = variable
  if (!isJson(valueFrom)) return []
  const given = Object.keys(SOURCES).filter((key) => isJson(valueFrom[key]))
  const errors = given.flatMap((key) => SOURCES[key]?.(child(valueFrom, key), `${at}.${key}`) ?? [])
  const problem =
    given.length === 0
      ? "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
      : text(variable, "value") !== ""
        ? "may not be specified when `value` is not empty"
        : given.length > 1
          ? "may not have more than one field specified at a time"
          : undefined
  return problem === undefined ? errors : [...errors, invalid(at, "", problem)]
}

/** core/validation ValidateEnv; `at` is `spec.containers[0].env`. */
export const envErrors = (container: Json, at: string): FieldError[] =>
  errorsOfEach(children(container, "env"), (variable, index) => {
    const field = `${at}[${index}]`
    const name = text(variable, "name")
    return [
      ...(name === "" ? [required(`${field}.name`)] : invalids(`${field}.name`, name, nameProblems(name))),
      ...sourceErrors(variable, `${field}.valueFrom`),
    ]
  })

const objectErrors = (reference: Json, at: string): FieldError[] => {
  const name = text(reference, "name")
  return name === "" ? [required(`${at}.name`)] : invalids(`${at}.name`, name, dnsSubdomainProblems(name))
}

/** core/validation ValidateEnvFrom; `at` is `spec.containers[0].envFrom`. */
export const envFromErrors = (container: Json, at: string): FieldError[] =>
  errorsOfEach(children(container, "envFrom"), (source, index) => {
    const field = `${at}[${index}]`
    const prefix = text(source, "prefix")
    const given = ["configMapRef", "secretRef"].filter((key) => isJson(source[key]))
    return [
      ...(prefix === "" ? [] : invalids(`${field}.prefix`, prefix, nameProblems(prefix))),
      ...given.flatMap((key) => objectErrors(child(source, key), `${field}.${key}`)),
      ...(given.length === 0 ? [invalid(at, "", "must specify one of: `configMapRef` or `secretRef`")] : []),
      ...(given.length > 1 ? [invalid(at, "", "may not have more than one field specified at a time")] : []),
    ]
  })

/** A value out of a few; "" is not given. */
export const oneOf = (field: string, value: string, supported: readonly string[]): FieldError[] => {
  if (value === "") return [required(field)]
  return supported.includes(value) ? [] : [notSupported(field, value, supported)]
}
