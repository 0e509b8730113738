import { duplicate, errorsOfEach, type FieldError, invalids, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { dnsLabelProblems } from "../names.ts"
import type { Volumes } from "./mount-errors.ts"
import { VOLUME_SOURCES } from "./volume-sources.ts"

const sourceErrors = (volume: Json, at: string): FieldError[] => {
  const given = VOLUME_SOURCES.filter(({ key }) => isJson(volume[key]))
  if (given.length === 0) return [required(at, "must specify a volume type")]
  return given.flatMap(({ key, shown = key, check }, index) =>
    index === 0
      ? check(child(volume, key), `${at}.${shown}`)
      : [refused(`${at}.${shown}`, "may not specify more than 1 volume type")],
  )
}

/** core/validation ValidateVolumes; `at` is `spec.volumes`. */
export const volumeErrors = (spec: Json, at: string): FieldError[] => {
  const names = new Set<string>()
  return errorsOfEach(children(spec, "volumes"), (volume, index) => {
    const field = `${at}[${index}]`
    const name = text(volume, "name")
    const sources = sourceErrors(volume, field)
    if (name === "") return [...sources, required(`${field}.name`)]
    const problems = invalids(`${field}.name`, name, dnsLabelProblems(name))
    const isAgain = problems.length === 0 && names.has(name)
    names.add(name)
    return [...sources, ...problems, ...(isAgain ? [duplicate(`${field}.name`, name)] : [])]
  })
}

/** The volumes that containers can mount: those that have a name. */
export const volumesOf = (spec: Json): Volumes =>
  new Map(
    children(spec, "volumes").flatMap((volume) => {
      const name = text(volume, "name")
      return name === "" ? [] : [[name, volume] as const]
    }),
  )
