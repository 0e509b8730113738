import type { ServerResponse } from "node:http"
import { jsonText } from "@pilotage/embedded-cluster"
import type { KubeResponse, KubeStream, StreamChunk } from "@pilotage/kube-model"
import { chunkBytes } from "./json-bytes.ts"

const bytesOf = (body: unknown): Buffer => {
  if (body === undefined) return Buffer.alloc(0)
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (typeof body === "string") return Buffer.from(body)
  return Buffer.from(`${typeof body === "object" && body !== null ? jsonText(body) : JSON.stringify(body)}\n`)
}

/** A whole answer. `HEAD` gets its headers alone. */
export const writeResponse = (response: ServerResponse, { status, headers, body }: KubeResponse): void => {
  const bytes = bytesOf(body)
  response.writeHead(status, { ...headers, "content-length": bytes.length }).end(bytes)
}

/** Chunks that a client may leave unread, besides those that were there at the beginning, before it is dropped. */
const BACKLOG_LIMIT = 10_000

/**
 * An answer that goes on: written as fast as the client reads, kept for it meanwhile as references to shared objects.
 * Who reads too slowly is cut off, and asks again as clients of a watch do. The stream is closed when the client leaves.
 */
export const writeStream = (response: ServerResponse, stream: KubeStream): void => {
  const waiting: StreamChunk[] = []
  let next = 0
  let limit = Number.POSITIVE_INFINITY
  let blocked = false
  let ended = false
  const flush = (): void => {
    // Node puts what one turn writes together; a response that is corked by hand does not say when its socket is full.
    while (!blocked && next < waiting.length) {
      const chunk = waiting[next]
      next += 1
      if (chunk !== undefined) blocked = !response.write(chunkBytes(chunk))
    }
    if (next < waiting.length) return
    waiting.length = 0
    next = 0
    if (ended) response.end()
  }
  response.on("drain", () => {
    blocked = false
    flush()
  })
  response.on("close", stream.close)
  response.writeHead(200, stream.headers)
  response.flushHeaders()
  stream.subscribe(
    (chunk) => {
      waiting.push(chunk)
      if (waiting.length - next > limit) response.destroy()
      else if (!blocked) flush()
    },
    () => {
      ended = true
      if (!blocked) flush()
    },
  )
  limit = waiting.length - next + BACKLOG_LIMIT
}
