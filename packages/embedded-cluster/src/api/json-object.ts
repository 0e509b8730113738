/** A JSON object whose fields are not known yet. */
export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The object at a key, `{}` when there is none. */
export const child = (object: Json | undefined, key: string): Json => {
  const value = object && Object.hasOwn(object, key) ? object[key] : undefined
  return isJson(value) ? value : {}
}

/** The list at a key, `[]` when there is none; elements that are no objects count as `{}`. */
export const children = (object: Json | undefined, key: string): readonly Json[] => {
  const value = object?.[key]
  return Array.isArray(value) ? value.map((each) => (isJson(each) ? each : {})) : []
}

export const text = (object: Json | undefined, key: string): string => {
  const value = object?.[key]
  return typeof value === "string" ? value : ""
}

/** Without the given keys. */
export const without = <T extends object>(object: T, ...keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T

const completed = (object: Json, defaults: Json, isMissing: (value: unknown) => boolean): Json => {
  let out: Record<string, unknown> | undefined
  for (const key of Object.keys(defaults))
    if (isMissing(object[key]) && defaults[key] !== undefined) {
      out ??= { ...object }
      out[key] = defaults[key]
    }
  return out ?? object
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null

/** Adds what is not there, or there as null (Go's decoder takes null for absent). */
export const withDefaults = (object: Json, defaults: Json): Json => completed(object, defaults, isAbsent)

/** The same where Go holds the texts by value: an empty one is none. */
export const withTextDefaults = (object: Json, defaults: Json): Json =>
  completed(object, defaults, (value) => isAbsent(value) || value === "")
