import { once } from "node:events"
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import type { KubeStream, StreamChunk } from "@pilotage/kube-model"
import { afterEach, expect, test } from "vitest"
import { writeStream } from "./write-answer.ts"

let server: Server | undefined
afterEach(() => server?.closeAllConnections())
afterEach(() => server?.close())

/** A stream that says what it is told to say. */
const spoken = (before: readonly StreamChunk[] = []) => {
  let tell = (_: StreamChunk): void => {}
  let finish = (): void => {}
  let closed = (): void => {}
  const closing = new Promise<void>((resolve) => {
    closed = resolve
  })
  const stream: KubeStream = {
    status: 200,
    headers: { "content-type": "text/plain" },
    subscribe: (chunk, end) => {
      tell = chunk
      finish = end
      for (const each of before) chunk(each)
    },
    close: () => closed(),
  }
  return { stream, closing, tell: (chunk: StreamChunk) => tell(chunk), finish: () => finish() }
}

const opened = async (stream: KubeStream): Promise<{ client: IncomingMessage; response: ServerResponse }> => {
  const served = createServer()
  server = served
  await new Promise<void>((resolve) => served.listen(0, "127.0.0.1", resolve))
  const asked = get(`http://127.0.0.1:${(served.address() as AddressInfo).port}`)
  const [, response] = await once(served, "request")
  writeStream(response, stream)
  const [client] = await once(asked, "response")
  return { client, response }
}

const LINE = "x".repeat(10_000)

test("a stream says what was there, then what comes, and ends", async () => {
  const { stream, tell, finish } = spoken(["a", "b"])
  const { client } = await opened(stream)
  tell("c")
  finish()
  expect(await text(client)).toBe("abc")
})

test("what has ended before all was read is read to its end", async () => {
  const { stream, finish } = spoken(new Array(2000).fill(LINE))
  const { client } = await opened(stream)
  finish()
  expect(await text(client)).toHaveLength(2000 * LINE.length)
})

test("a stream is closed when its reader has left", async () => {
  const { stream, closing, tell } = spoken()
  const { client } = await opened(stream)
  client.on("error", () => {})
  client.destroy()
  await closing
  expect(() => tell("nobody")).not.toThrow()
})

test("who leaves more than ten thousand pieces unread is cut off, however much was there at the beginning", async () => {
  const { stream, closing, tell } = spoken(new Array(12_000).fill(LINE))
  const { client, response } = await opened(stream)
  const failed = once(client, "error")
  let told = 0
  for (; !response.destroyed && told < 30_000; told += 1) tell("y")
  // Besides what sockets hold.
  expect(told).toBeGreaterThan(10_000)
  expect(told).toBeLessThanOrEqual(22_001)
  await closing
  client.resume()
  await failed
})
