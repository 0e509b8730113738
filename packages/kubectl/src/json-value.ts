/** A JSON object whose fields are not known yet. */
export type JsonRecord = { readonly [field: string]: unknown }

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The value at a path of fields and indices; undefined where the path ends early. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let current = value
  for (const step of path) {
    if (typeof step === "number") current = Array.isArray(current) ? current[step] : undefined
    else current = isRecord(current) && Object.hasOwn(current, step) ? current[step] : undefined
  }
  return current
}

/** A copy with the value set at a path of fields; records on the way are made when absent. */
export const withValue = (value: JsonRecord, path: readonly string[], leaf: unknown): JsonRecord => {
  const [field, ...rest] = path
  if (field === undefined) return value
  const child = value[field]
  return { ...value, [field]: rest.length === 0 ? leaf : withValue(isRecord(child) ? child : {}, rest, leaf) }
}

/** A copy without the field at a path. */
export const withoutValue = (value: JsonRecord, path: readonly string[]): JsonRecord => {
  const [field, ...rest] = path
  if (field === undefined || !Object.hasOwn(value, field)) return value
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field))
  const child = value[field]
  return isRecord(child) ? { ...value, [field]: withoutValue(child, rest) } : value
}

export const sameJson = (left: unknown, right: unknown): boolean => {
  if (left === right) return true
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => sameJson(item, right[index]))
    )
  if (!isRecord(left) || !isRecord(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  )
}

export const records = (value: unknown): readonly JsonRecord[] => (Array.isArray(value) ? value.filter(isRecord) : [])

/** The text of a string field, else "". */
export const text = (value: unknown): string => (typeof value === "string" ? value : "")
