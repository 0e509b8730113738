import { err, type InputError, isIP, ok, type Result } from "@pilotage/kube-model"

/** Objects may come from files that nobody validated: what the tables rely on is looked at once. */
export type Checked = Result<undefined, InputError>

export const fine: Checked = ok(undefined)

export const wrong = (path: string, message: string): Checked => err({ path, message })

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const isAbsent = (value: unknown): boolean => value === undefined || value === null

export const checkObject = (value: unknown, path: string): Checked =>
  isObject(value) ? fine : wrong(path, "must be an object")

/** Absent, null or an object. */
export const checkOptionalObject = (value: unknown, path: string): Checked =>
  isAbsent(value) ? fine : checkObject(value, path)

/** Absent, null or a list of objects. */
export const checkList = (value: unknown, path: string): Checked => {
  if (isAbsent(value)) return fine
  if (!isList(value)) return wrong(path, "must be a list")
  const odd = value.findIndex((each) => !isObject(each))
  return odd < 0 ? fine : wrong(`${path}[${odd}]`, "must be an object")
}

/** Absent, null or a list of texts. */
export const checkTexts = (value: unknown, path: string): Checked => {
  if (isAbsent(value)) return fine
  if (!isList(value)) return wrong(path, "must be a list")
  const odd = value.findIndex((each) => typeof each !== "string")
  return odd < 0 ? fine : wrong(`${path}[${odd}]`, "must be a text")
}

/** Absent, null or a map of texts. */
export const checkLabels = (value: unknown, path: string): Checked => {
  if (isAbsent(value)) return fine
  if (!isObject(value)) return wrong(path, "must be an object")
  for (const key in value) if (typeof value[key] !== "string") return wrong(`${path}.${key}`, "must be a text")
  return fine
}

/** Absent, null or a text. */
export const checkText = (value: unknown, path: string): Checked =>
  isAbsent(value) || typeof value === "string" ? fine : wrong(path, "must be a text")

const MOST_PORT = 65535

/** Absent, null or a whole number that fits into a packet's 16 bits. */
export const checkPort = (value: unknown, path: string): Checked =>
  isAbsent(value) || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_PORT)
    ? fine
    : wrong(path, `must be a whole number from 0 to ${MOST_PORT}`)

export const checkIP = (value: unknown, path: string): Checked =>
  typeof value === "string" && isIP(value) ? fine : wrong(path, `${JSON.stringify(value)} is not an IP address`)

export const firstWrong = (...checks: readonly Checked[]): Checked => {
  for (const checked of checks) if (!checked.ok) return checked
  return fine
}

/** Name, namespace and labels of an API object. */
export const checkMetadata = (value: unknown, path: string): Checked => {
  if (!isObject(value)) return wrong(path, "must be an object")
  const { metadata } = value
  if (!isObject(metadata)) return wrong(`${path}.metadata`, "must be an object")
  if (typeof metadata.name !== "string") return wrong(`${path}.metadata.name`, "must be a text")
  return firstWrong(
    checkText(metadata.namespace, `${path}.metadata.namespace`),
    checkLabels(metadata.labels, `${path}.metadata.labels`),
  )
}
