import { type Duplex, duplexPair } from "node:stream"
import { text } from "node:stream/consumers"
import { constants, createDeflate, inflateSync } from "node:zlib"
import { expect, test } from "vitest"
import { serveSpdy } from "./connection.ts"
import { DICTIONARY } from "./dictionary.ts"
import { controlFrame, dataFrame, type Frame, PING, RST_STREAM, readFrames, SYN_REPLY, SYN_STREAM } from "./frames.ts"
import type { Headers } from "./header-block.ts"

const lengthBefore = (word: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(word))
  return Buffer.concat([length, Buffer.from(word)])
}

/** A client with one flow of packed headers, as zlib makes it. */
const connect = () => {
  const [client, server] = duplexPair()
  const opened: { readonly headers: Headers; readonly stream: Duplex }[] = []
  const ended = serveSpdy(server, (headers, stream) => opened.push({ headers, stream }))
  const deflate = createDeflate({ dictionary: DICTIONARY })
  const pack = (headers: Readonly<Record<string, string>>): Promise<Buffer> => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(Object.keys(headers).length)
    const chunks: Buffer[] = []
    const keep = (bytes: Buffer): number => chunks.push(bytes)
    deflate.on("data", keep)
    deflate.write(Buffer.concat([count, ...Object.entries(headers).flat().map(lengthBefore)]))
    return new Promise((resolve) =>
      deflate.flush(constants.Z_SYNC_FLUSH, () => {
        deflate.off("data", keep)
        resolve(Buffer.concat(chunks))
      }),
    )
  }
  const answers = readFrames(client)
  return {
    client,
    opened,
    ended,
    send: (frame: Buffer) => client.write(frame),
    open: async (id: number, headers: Readonly<Record<string, string>>) =>
      client.write(controlFrame(SYN_STREAM, [id, 0], Buffer.concat([Buffer.alloc(2), await pack(headers)]))),
    answer: async (): Promise<Frame> => {
      const next = await answers.next()
      if (next.done) throw new Error("the connection has ended")
      return next.value
    },
  }
}

test("opens the streams that the client asks for, with their headers, and carries both ways", async () => {
  const { open, send, answer, opened } = connect()
  await open(1, { streamType: "error", port: "8080", requestID: "0" })
  expect(await answer()).toMatchObject({ kind: "control", type: SYN_REPLY })
  await open(3, { streamType: "data", port: "8080", requestID: "0" })
  expect(await answer()).toMatchObject({ kind: "control", type: SYN_REPLY })
  expect(opened.map(({ headers }) => headers.get("streamtype"))).toEqual(["error", "data"])
  const stream = opened[1]?.stream
  if (!stream) throw new Error("no stream")
  const heard = text(stream)
  send(dataFrame(3, Buffer.from("to "), false))
  send(dataFrame(3, Buffer.from("you"), true))
  expect(await heard).toBe("to you")
  stream.end("and back")
  expect(await answer()).toMatchObject({ kind: "data", stream: 3, bytes: Buffer.from("and back") })
  expect(await answer()).toMatchObject({ kind: "data", stream: 3, isLast: true })
})

test("replies with headers that zlib can read, one after the other", async () => {
  const { open, answer } = connect()
  const packed: Buffer[] = []
  for (const id of [1, 3, 5]) {
    await open(id, { streamType: "data" })
    const reply = await answer()
    if (reply.kind === "control") packed.push(reply.body.subarray(4))
  }
  const headers = inflateSync(Buffer.concat(packed), { finishFlush: constants.Z_SYNC_FLUSH })
  expect([...headers]).toEqual(new Array(12).fill(0))
})

test("answers a ping, whatever waits", async () => {
  const { send, answer } = connect()
  send(controlFrame(PING, [7]))
  expect(await answer()).toMatchObject({ type: PING, body: Buffer.of(0, 0, 0, 7) })
})

test("breaks a stream off, and goes on with the others", async () => {
  const { open, send, answer, opened } = connect()
  await open(1, { streamType: "data" })
  await answer()
  opened[0]?.stream.destroy()
  expect(await answer()).toMatchObject({ type: RST_STREAM, body: Buffer.of(0, 0, 0, 1, 0, 0, 0, 5) })
  await open(3, { streamType: "data" })
  await answer()
  const second = opened[1]?.stream
  const closed = new Promise((resolve) => second?.on("close", resolve))
  send(controlFrame(RST_STREAM, [3, 5]))
  await closed
  send(controlFrame(PING, [1]))
  expect(await answer()).toMatchObject({ type: PING })
})

test("waits for the reader of a stream instead of keeping what was sent", async () => {
  const { client, open, answer, opened } = connect()
  await open(1, { streamType: "data" })
  await answer()
  let sent = 0
  while (client.write(dataFrame(1, Buffer.alloc(32_768), false)) && sent < 1000) {
    sent += 1
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(sent).toBeLessThan(20)
  expect(opened[0]?.stream.readableLength).toBeLessThan(200_000)
})

test.each([
  ["a frame that is too large", dataFrame(1, Buffer.alloc(2 * 1024 * 1024), false)],
  ["another version", Buffer.from("80020001000000040000000000", "hex")],
  ["no SPDY at all", Buffer.from("\u00ffGET / HTTP/1.1\r\n\r\n", "latin1")],
  ["headers that zlib cannot read", controlFrame(SYN_STREAM, [1, 0], Buffer.alloc(40, 7))],
  ["a frame without its numbers", controlFrame(PING, [])],
])("ends the connection at %s", async (_, bytes) => {
  const { ended, send, client, opened } = connect()
  client.on("error", () => {})
  send(bytes)
  await ended
  expect(opened).toEqual([])
})

test("ends the connection at headers that unpack to more than anybody has", async () => {
  const { ended, open } = connect()
  await open(1, { streamType: "x".repeat(1_000_000) })
  await ended
})

test("ends all streams with the connection", async () => {
  const { open, answer, opened, client, ended } = connect()
  await open(1, { streamType: "data" })
  await answer()
  const closed = new Promise((resolve) => opened[0]?.stream.on("close", resolve))
  client.end()
  await ended
  await closed
})
