import type { PlainRequest, Reply } from "../images/behaviour.ts"
import { reasonPhrase } from "./reason-phrase.ts"

const LINE = /^([A-Z]+) (\/\S*) HTTP\/1\.[01]$/

const BAD_REQUEST =
  "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request"

/** A request as somebody types it into nc; line ends may lack their carriage returns. Undefined: it is none. */
const readRequest = (payload: string): PlainRequest | undefined => {
  const [head = "", ...rest] = payload.split(/\r?\n\r?\n/)
  const [line = "", ...fields] = head.trimEnd().split(/\r?\n/)
  const [, method, path] = LINE.exec(line) ?? []
  if (method === undefined || path === undefined) return undefined
  const headers: Record<string, string> = { host: "" }
  for (const field of fields) {
    const colon = field.indexOf(":")
    if (colon < 1) return undefined
    headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim()
  }
  return { method, path, headers, body: rest.join("\n\n") }
}

const replyText = ({ status, headers, body }: Reply): string =>
  [
    `HTTP/1.1 ${status} ${reasonPhrase(status)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
    body,
  ].join("\r\n")

/** What an HTTP server sends over a plain connection for what a client sent. `respond` is asked for a whole request only. */
export const speakHttp = (
  payload: string,
  respond: (request: PlainRequest) => Reply | undefined,
): string | undefined => {
  const request = readRequest(payload)
  if (!request) return BAD_REQUEST
  const reply = respond(request)
  return reply && replyText(reply)
}
