import { errorsOfEach, type FieldError, invalid, invalids, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { nonReservedPathProblems } from "./path-problems.ts"
import { fieldReferenceErrors, resourceFieldErrors, VOLUME_FIELDS } from "./reference-errors.ts"

const modeErrors = (holder: Json, key: string, at: string): FieldError[] => {
  const mode = holder[key]
  return typeof mode === "number" && (mode < 0 || mode > 0o777)
    ? [invalid(`${at}.${key}`, mode, "must be a number between 0 and 0777 (octal), both inclusive")]
    : []
}

const pathErrors = (path: string, at: string): FieldError[] =>
  path === "" ? [required(`${at}.path`)] : invalids(`${at}.path`, path, nonReservedPathProblems(path))

/** Keys that become files (core/validation validateKeyToPath). */
const itemErrors = (source: Json, at: string): FieldError[] =>
  errorsOfEach(children(source, "items"), (item, index) => {
    const field = `${at}.items[${index}]`
    return [
      ...(text(item, "key") === "" ? [required(`${field}.key`)] : []),
      ...pathErrors(text(item, "path"), field),
      ...modeErrors(item, "mode", field),
    ]
  })

const named =
  (name: string) =>
  (source: Json, at: string): FieldError[] => [
    ...(text(source, name) === "" ? [required(`${at}.${name}`)] : []),
    ...modeErrors(source, "defaultMode", at),
    ...itemErrors(source, at),
  ]

export const secretErrors = named("secretName")
export const configMapErrors = named("name")

const downwardFileErrors = (file: Json, at: string): FieldError[] => {
  const { fieldRef, resourceFieldRef } = file
  const reference = isJson(fieldRef)
    ? [
        ...fieldReferenceErrors(fieldRef, VOLUME_FIELDS, `${at}.fieldRef`),
        ...(isJson(resourceFieldRef)
          ? [invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")]
          : []),
      ]
    : isJson(resourceFieldRef)
      ? resourceFieldErrors(resourceFieldRef, `${at}.resourceFieldRef`, true)
      : [required(at, "one of fieldRef and resourceFieldRef is required")]
  return [...pathErrors(text(file, "path"), at), ...reference, ...modeErrors(file, "mode", at)]
}

/** core/validation validateDownwardAPIVolumeSource; items are not told apart in paths. */
export const downwardErrors = (source: Json, at: string): FieldError[] => [
  ...modeErrors(source, "defaultMode", at),
  ...errorsOfEach(children(source, "items"), (file) => downwardFileErrors(file, at)),
]

const SHORTEST = 600
const LONGEST = 2 ** 32

const tokenErrors = (token: Json, at: string, volume: string): FieldError[] => {
  const seconds = Number(token.expirationSeconds ?? 0)
  const field = `${at}.expirationSeconds`
  return [
    ...(seconds < SHORTEST ? [invalid(field, seconds, "may not specify a duration less than 10 minutes")] : []),
    ...(seconds > LONGEST ? [invalid(field, seconds, "may not specify a duration larger than 2^32 seconds")] : []),
    ...pathErrors(text(token, "path"), volume),
  ]
}

const KEYS = ["secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"]

const oneSourceErrors = (source: Json, at: string, volume: string): FieldError[] => {
  const given = KEYS.filter((key) => isJson(source[key]))
  return given.flatMap((key, index) => {
    const [inner, field] = [child(source, key), `${at}.${key}`]
    const errors =
      key === "secret" || key === "configMap"
        ? configMapErrors(inner, field)
        : key === "downwardAPI"
          ? errorsOfEach(children(inner, "items"), (file) => downwardFileErrors(file, field))
          : key === "serviceAccountToken"
            ? tokenErrors(inner, field, volume)
            : []
    return index === 0 ? errors : [...errors, refused(at, "may not specify more than 1 volume type per source")]
  })
}

/** Files of different sources that want the same place; the name of the later source is told. */
const conflictErrors = (source: Json, at: string): FieldError[] => {
  const taken = new Set<string>()
  return errorsOfEach(children(source, "sources"), (each) =>
    ["secret", "configMap"].flatMap((key) => {
      const inner = child(each, key)
      return errorsOfEach(children(inner, "items"), (item) => {
        const path = text(item, "path")
        if (path === "") return []
        const isTaken = taken.has(path)
        taken.add(path)
        return isTaken ? [invalid(at, text(inner, "name"), "conflicting duplicate paths")] : []
      })
    }),
  )
}

/** core/validation validateProjectedVolumeSource. */
export const projectedErrors = (source: Json, at: string): FieldError[] => [
  ...modeErrors(source, "defaultMode", at),
  ...errorsOfEach(children(source, "sources"), (each, index) => oneSourceErrors(each, `${at}.sources[${index}]`, at)),
  ...conflictErrors(source, at),
]
