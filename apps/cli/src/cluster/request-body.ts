import type { IncomingMessage } from "node:http"

export const BODY_LIMIT = 1024 * 1024
/** How much of a body that is too large is read away, so that its sender gets to read the answer. */
const READ_AWAY_LIMIT = 32 * BODY_LIMIT

/** All bytes of the body, or `too-large`. Rejects when the client goes away before its end. */
export const readBody = async (request: IncomingMessage): Promise<Buffer | "too-large"> => {
  if (Number(request.headers["content-length"] ?? 0) > READ_AWAY_LIMIT) return "too-large"
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > READ_AWAY_LIMIT) return "too-large"
    if (size <= BODY_LIMIT) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > BODY_LIMIT ? "too-large" : Buffer.concat(chunks)
}
