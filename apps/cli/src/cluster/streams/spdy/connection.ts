import { Duplex } from "node:stream"
import {
  controlFrame,
  dataFrame,
  FLAG_FIN,
  type Frame,
  GOAWAY,
  HEADERS,
  PING,
  RST_STREAM,
  readFrames,
  SYN_REPLY,
  SYN_STREAM,
} from "./frames.ts"
import { createHeaderReader, emptyHeaders, type Headers } from "./header-block.ts"

/** RST_STREAM's reasons. */
const [REFUSED, CANCEL] = [3, 5]

/** Streams that one client may have open; a port-forward has two for each connection. */
const MOST_STREAMS = 2048

interface Open {
  readonly duplex: Duplex
  /** Both sides have said their last word, or one of them has broken off. */
  over: boolean
  /** Told when the reader wants more. */
  wake: () => void
}

/**
 * The server's side of SPDY/3.1 as Kubernetes clients speak it (moby/spdystream): streams that the client opens, pings,
 * resets. There is no flow control by windows, as there is none in those clients: a stream that is not read stops the
 * whole connection. `opened` gets each stream; an error is the client's, and ends the connection. Resolves at its end.
 */
export const serveSpdy = async (
  transport: Duplex,
  opened: (headers: Headers, stream: Duplex) => void,
): Promise<void> => {
  const streams = new Map<number, Open>()
  const headers = createHeaderReader()
  let replies = 0

  const send = (frame: Buffer, done?: (error?: Error | null) => void): void => {
    if (transport.writable) transport.write(frame, done)
    else done?.()
  }

  const open = (id: number, isLast: boolean): Duplex => {
    const entry: Open = {
      over: false,
      wake: () => {},
      duplex: new Duplex({
        read: () => entry.wake(),
        write: (bytes: Buffer, _, done) => send(dataFrame(id, bytes, false), done),
        final: (done) => send(dataFrame(id, Buffer.alloc(0), true), done),
        destroy(error, done) {
          const isWhole = entry.duplex.readableEnded && entry.duplex.writableFinished
          if (!entry.over && !isWhole) send(controlFrame(RST_STREAM, [id, CANCEL]))
          streams.delete(id)
          entry.wake()
          done(error)
        },
      }),
    }
    streams.set(id, entry)
    if (isLast) entry.duplex.push(null)
    return entry.duplex
  }

  const give = async (id: number, bytes: Buffer, isLast: boolean): Promise<void> => {
    const entry = streams.get(id)
    if (!entry) return
    if (bytes.length > 0 && !entry.duplex.push(bytes))
      await new Promise<void>((resolve) => {
        entry.wake = resolve
      })
    if (isLast) entry.duplex.push(null)
  }

  const control = async ({ type, flags, body }: Extract<Frame, { readonly kind: "control" }>): Promise<void> => {
    if (type === PING) return send(controlFrame(PING, [body.readUInt32BE(0)]))
    if (type === SYN_STREAM) {
      const id = body.readUInt32BE(0)
      const read = await headers.read(body.subarray(10))
      if (streams.size >= MOST_STREAMS || streams.has(id)) return send(controlFrame(RST_STREAM, [id, REFUSED]))
      send(controlFrame(SYN_REPLY, [id], emptyHeaders(replies === 0)))
      replies += 1
      return opened(read, open(id, (flags & FLAG_FIN) > 0))
    }
    // Their bytes are part of the one flow of headers, whoever wants them.
    if (type === HEADERS) await headers.read(body.subarray(4))
    if (type === RST_STREAM) {
      const entry = streams.get(body.readUInt32BE(0))
      if (entry) entry.over = true
      entry?.duplex.destroy()
    }
    if (type === GOAWAY) transport.end()
  }

  try {
    for await (const frame of readFrames(transport)) {
      if (frame.kind === "data") await give(frame.stream, frame.bytes, frame.isLast)
      else await control(frame)
    }
  } catch {
    transport.destroy()
  } finally {
    headers.close()
    for (const entry of [...streams.values()]) {
      entry.over = true
      entry.duplex.destroy()
    }
    transport.end()
  }
}
