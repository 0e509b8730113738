import { PassThrough } from "node:stream"
import type { WebSocket } from "ws"
import { createSignals } from "./client-signals.ts"
import { createOutbox } from "./outbox.ts"
import type { RemoteStreams } from "./remote-streams.ts"
import { columnsOf } from "./terminal-size.ts"
import { bytesOf } from "./web-socket-bytes.ts"

/**
 * `v5.channel.k8s.io` and `v4.channel.k8s.io` (apimachinery httpstream/wsstream): every message is one byte for the
 * channel and then bytes of it. v5 adds a message that closes a channel.
 */
export const EXEC_PROTOCOLS = ["v5.channel.k8s.io", "v4.channel.k8s.io"] as const

const [STDIN, STDOUT, STDERR, ERROR, RESIZE, CLOSE] = [0, 1, 2, 3, 4, 255]

const NORMAL_CLOSURE = 1000

/** The streams of an exec or attach over a WebSocket. */
export const channelStreams = (socket: WebSocket): RemoteStreams => {
  const stdin = new PassThrough()
  const { resized, gone, ...signals } = createSignals()
  const outbox = createOutbox({
    send: (bytes, done) => socket.send(bytes, { binary: true }, done),
    cutOff: () => socket.terminate(),
  })
  const canClose = socket.protocol === "v5.channel.k8s.io"
  socket.on("message", (data) => {
    const bytes = bytesOf(data)
    const [channel, rest] = [bytes[0], bytes.subarray(1)]
    if (channel === CLOSE && canClose) {
      if (rest[0] === STDIN) stdin.end()
    } else if (channel === RESIZE) {
      const columns = columnsOf(rest)
      if (columns !== undefined) resized(columns)
    } else if (channel === STDIN && rest.length > 0 && !stdin.writableEnded && !stdin.write(rest)) {
      socket.pause()
      stdin.once("drain", () => socket.resume())
    }
  })
  socket.on("error", () => socket.terminate())
  socket.on("close", () => {
    stdin.end()
    outbox.close()
    gone()
  })
  const channel = (number: number) => ({
    write: (bytes: Uint8Array) => outbox.send(Buffer.concat([Buffer.of(number), bytes])),
    ready: outbox.ready,
  })
  return {
    stdin,
    stdout: channel(STDOUT),
    stderr: channel(STDERR),
    isTranslated: canClose,
    ...signals,
    finish: (status) => {
      outbox.send(Buffer.concat([Buffer.of(ERROR), Buffer.from(JSON.stringify(status))]))
      socket.resume()
      socket.close(NORMAL_CLOSURE)
    },
  }
}
