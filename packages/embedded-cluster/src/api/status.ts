import type { KubeResponse, Status } from "@pilotage/kube-model"

/** Every answer of the API that is not an object or a list is one of these (facts: HTTP answers of a v1.36 server). */
export const failure = (code: number, reason: string, message: string, details?: Status["details"]): Status => ({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message,
  ...(reason ? { reason } : {}),
  ...(details ? { details } : {}),
  code,
})

export interface Subject {
  /** Plural resource name. */
  readonly resource: string
  readonly group: string
  readonly name: string
}

const details = ({ resource, group, name }: Subject): NonNullable<Status["details"]> => ({
  name,
  ...(group ? { group } : {}),
  kind: resource,
})

/** `services`, `deployments.apps`: how messages name a resource. */
const qualifiedResource = ({ resource, group }: Pick<Subject, "resource" | "group">): string =>
  group ? `${resource}.${group}` : resource

export const badRequest = (message: string): Status => failure(400, "BadRequest", message)

export const notFound = (subject: Subject): Status =>
  failure(404, "NotFound", `${qualifiedResource(subject)} "${subject.name}" not found`, details(subject))

export const noSuchResource = (): Status =>
  failure(404, "NotFound", "the server could not find the requested resource", {})

export const alreadyExists = (subject: Subject): Status =>
  failure(409, "AlreadyExists", `${qualifiedResource(subject)} "${subject.name}" already exists`, details(subject))

const MODIFIED_SINCE = "the object has been modified; please apply your changes to the latest version and try again"

export const conflict = (subject: Subject, why: string = MODIFIED_SINCE): Status =>
  failure(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${qualifiedResource(subject)} "${subject.name}": ${why}`,
    details(subject),
  )

export const forbidden = (subject: Subject, why: string): Status =>
  failure(403, "Forbidden", `${qualifiedResource(subject)} "${subject.name}" is forbidden: ${why}`, details(subject))

export const methodNotAllowed = (): Status =>
  failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {})

export const unsupportedMediaType = (): Status =>
  failure(415, "UnsupportedMediaType", "415: Unsupported Media Type", {})

export const expired = (message: string): Status => failure(410, "Expired", message)

export const internalError = (message: string): Status =>
  failure(500, "InternalError", `Internal error occurred: ${message}`, { causes: [{ message }] })

export const tooLarge = (limit: number): Status =>
  failure(413, "RequestEntityTooLarge", `Request entity too large: limit is ${limit}`)

const JSON_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "application/json",
  "cache-control": "no-cache, private",
}

/** An answer with a JSON body; `warnings` become `Warning: 299 - "text"` headers, joined as HTTP joins repeated headers. */
export const answer = (status: number, body: unknown, warnings: readonly string[] = []): KubeResponse => {
  const texts = [...new Set(warnings)].map((text) => `299 - ${JSON.stringify(text)}`)
  return { status, body, headers: texts.length > 0 ? { ...JSON_HEADERS, warning: texts.join(", ") } : JSON_HEADERS }
}

export const statusAnswer = (status: Status, warnings: readonly string[] = []): KubeResponse => {
  const base = answer(status.code, status, warnings)
  const retry = status.details?.retryAfterSeconds
  return retry === undefined ? base : { ...base, headers: { ...base.headers, "retry-after": String(retry) } }
}

export const textAnswer = (status: number, body: string): KubeResponse => ({
  status,
  body,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-cache, private",
    "x-content-type-options": "nosniff",
  },
})
