import { err, type JsonValue, ok, type Result, type Status } from "@pilotage/kube-model"
import { DEPTH_LIMIT, type ParsedJson, parseJsonText } from "./json-text.ts"
import { badRequest, failure, tooLarge } from "./status.ts"

/** Bytes of a request body, as sent, as text or as the text that a value would be. */
export const BODY_LIMIT = 1024 * 1024

const utf8Length = (text: string): number => {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 0x800) bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2
    else if (code >= 0x80) bytes += 1
  }
  return bytes
}

/** Size of a parsed value in bytes, or why it is no plain JSON: too deep (a cycle is), a forbidden key, a function… */
const measure = (value: unknown, depth: number): number | string => {
  if (depth > DEPTH_LIMIT) return "exceeded max depth"
  // In-process callers may leave undefined members; decoding drops them.
  if (value === null || value === undefined || typeof value === "boolean") return 5
  if (typeof value === "number") return Number.isFinite(value) ? 8 : "a number is not finite"
  if (typeof value === "string") return value.length > BODY_LIMIT ? value.length : utf8Length(value) + 2
  if (typeof value !== "object") return "a value is no JSON"
  let total = 2
  for (const key of Object.keys(value)) {
    if (key === "__proto__") return 'the key "__proto__" is not allowed'
    const inner = measure((value as Record<string, unknown>)[key], depth + 1)
    if (typeof inner === "string") return inner
    total += inner + key.length + 4
    if (total > BODY_LIMIT) return total
  }
  return total
}

const isText = (body: JsonValue | undefined): body is string => typeof body === "string"

/** What is said of a text that is no JSON: the parser's message, and the beginning of the text. */
type Complaint = (message: string, shown: string) => string

/** The body as a value. `expected`: the kind that messages name. */
export const readBody = (body: JsonValue | undefined, expected: string): Result<ParsedJson, Status> =>
  readJson(
    body,
    (message, shown) =>
      `the object provided is unrecognized (must be of type ${expected}): couldn't get version/kind; json parse error: ${message} (${shown})`,
  )

/** The same for a patch, of which a strategic one is complained about in the parser's words (apiserver handlers/patch.go). */
export const readPatchBody = (body: JsonValue | undefined, isStrategic: boolean): Result<ParsedJson, Status> =>
  readJson(body, (message) => (isStrategic ? message : `error decoding patch: ${message}`))

const readJson = (body: JsonValue | undefined, complain: Complaint): Result<ParsedJson, Status> => {
  const unreadable = (message: string, shown: string): Status => badRequest(complain(message, shown))
  if (body === undefined) return err(unreadable("unexpected end of JSON input", "<empty>"))
  if (isText(body)) {
    if (body.length > BODY_LIMIT || utf8Length(body) > BODY_LIMIT) return err(tooLarge(BODY_LIMIT))
    const parsed = parseJsonText(body)
    if (parsed.ok) return parsed
    return err(
      unreadable(parsed.error, body === "" ? "<empty>" : `${body.slice(0, 80)}${body.length > 80 ? " ..." : ""}`),
    )
  }
  const size = measure(body, 0)
  if (typeof size === "string") return err(badRequest(size))
  if (size > BODY_LIMIT) return err(tooLarge(BODY_LIMIT))
  return ok({ value: body, duplicates: [] })
}

const ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf"

export const unknownFormat = (accepted: string = ACCEPTED): Status =>
  failure(
    415,
    "UnsupportedMediaType",
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
  )

/** POST and PUT take JSON, into which protobuf was turned before; without a content type JSON is assumed. */
export const checkContentType = (header: string | undefined): Status | undefined => {
  const type = (header ?? "application/json").split(";")[0]?.trim().toLowerCase()
  return type === "application/json" || type === "" ? undefined : unknownFormat()
}
