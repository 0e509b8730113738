import { isStream, type JsonValue, type KubeRequest, type KubeStream, type Status } from "@pilotage/kube-model"
import { ApiError, Failure } from "../failure.ts"
import type { KubectlHost } from "../host.ts"
import { isRecord } from "../json-value.ts"

type Query = Readonly<Record<string, string | undefined>>

interface RequestOptions {
  readonly query?: Query
  readonly accept?: string
  readonly contentType?: string
  readonly body?: JsonValue
}

/** The API server as commands use it. Refusals are thrown as ApiError; warnings go to `warn` as they come. */
export interface Api {
  readonly send: (method: KubeRequest["method"], path: string, options?: RequestOptions) => Promise<unknown>
  readonly stream: (path: string, options?: RequestOptions) => Promise<KubeStream>
}

const withQuery = (path: string, query: Query | undefined): string => {
  const pairs = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`
}

const GENERIC: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  401: ["Unauthorized", "the server has asked for the client to provide credentials"],
  404: ["NotFound", "the server could not find the requested resource"],
  405: ["MethodNotAllowed", "the server does not allow this method on the requested resource"],
  500: ["InternalError", "an error on the server has prevented the request from succeeding"],
}

const isStatus = (body: unknown): body is Status => isRecord(body) && body.kind === "Status"

const statusOf = (code: number, body: unknown): Status => {
  if (isStatus(body)) return body
  const [reason, message] = GENERIC[code] ?? ["", `the server responded with the status code ${code}`]
  const words = typeof body === "string" && body.trim() !== "" ? `${message} ("${body.trim()}")` : message
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message: words, reason, code }
}

/** The texts in a Warning header: `299 - "unknown field \"spec.port\""`, several joined by commas (RFC 7234 §5.5). */
const warningsIn = (header: string | undefined): readonly string[] =>
  [...(header ?? "").matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted]) =>
    (quoted ?? "").replace(/\\(.)/g, "$1"),
  )

export const createApi = (
  host: Pick<KubectlHost, "transport">,
  warn: (text: string) => void,
  headers: Readonly<Record<string, string>>,
): Api => {
  const call = async (method: KubeRequest["method"], path: string, options: RequestOptions) => {
    const answer = await host.transport({
      method,
      path: withQuery(path, options.query),
      headers: {
        accept: options.accept ?? "application/json",
        ...(options.body === undefined ? {} : { "content-type": options.contentType ?? "application/json" }),
        "user-agent": "kubectl/v1.36.3 (linux/amd64) kubernetes/80877d6",
        ...headers,
      },
      ...(options.body === undefined ? {} : { body: options.body }),
    })
    for (const warning of warningsIn(answer.headers.warning)) warn(warning)
    return answer
  }
  return {
    async send(method, path, options = {}) {
      const answer = await call(method, path, options)
      if (isStream(answer)) {
        answer.close()
        throw new Failure("error: the server answered a plain request with a stream")
      }
      if (answer.status >= 400) throw new ApiError(statusOf(answer.status, answer.body))
      return answer.body
    },
    async stream(path, options = {}) {
      const answer = await call("GET", path, options)
      if (isStream(answer)) return answer
      if (answer.status >= 400) throw new ApiError(statusOf(answer.status, answer.body))
      const body = answer.body
      return {
        status: 200,
        headers: answer.headers,
        subscribe(chunk, end) {
          if (typeof body === "string" && body !== "") chunk(body)
          end()
        },
        close() {},
      }
    },
  }
}
