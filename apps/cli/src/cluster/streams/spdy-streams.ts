import type { Duplex } from "node:stream"
import type { PodConnection } from "@pilotage/embedded-cluster"
import { createSignals } from "./client-signals.ts"
import type { RemoteStreams, Sink } from "./remote-streams.ts"
import { serveSpdy } from "./spdy/connection.ts"
import { columnsOf } from "./terminal-size.ts"

type Exec = Extract<PodConnection, { readonly kind: "exec" | "attach" }>

/** What clients that know no WebSocket call the way in which an exec's streams are used (kubectl before 1.31). */
export const EXEC_STREAM_PROTOCOL = "v4.channel.k8s.io"

/** How long all of a client's streams may take to come (kubelet: 30 s). */
const STREAMS_MS = 30_000

const sinkOf = (stream: Duplex | undefined): Sink => ({
  write: (bytes) => {
    if (stream?.writable) stream.write(bytes)
  },
  ready: () =>
    !stream?.writableNeedDrain
      ? Promise.resolve()
      : new Promise((resolve) => {
          stream.once("drain", resolve)
          stream.once("close", resolve)
        }),
})

/** The streams of an exec or attach over SPDY: one of its own for each, by its `streamType`. */
export const spdyStreams = (asked: Exec, transport: Duplex): Promise<RemoteStreams> =>
  new Promise((resolve, reject) => {
    const streams = new Map<string, Duplex>()
    const wanted = [
      "error",
      ...(["stdin", "stdout", "stderr"] as const).filter((name) => asked[name]),
      ...(asked.tty ? ["resize"] : []),
    ]
    const late = setTimeout(() => transport.destroy(), STREAMS_MS)
    const { resized, gone, ...signals } = createSignals()
    const begin = (): void => {
      clearTimeout(late)
      const [error, stdin] = [streams.get("error"), streams.get("stdin")]
      for (const [name, stream] of streams) if (name !== "stdin" && name !== "resize") stream.resume()
      streams.get("resize")?.on("data", (bytes: Buffer) => {
        const columns = columnsOf(bytes)
        if (columns !== undefined) resized(columns)
      })
      resolve({
        stdin: stdin ?? emptyBytes(),
        stdout: sinkOf(streams.get("stdout")),
        stderr: sinkOf(streams.get("stderr")),
        isTranslated: false,
        ...signals,
        finish: (status) => {
          for (const name of ["stdout", "stderr"]) streams.get(name)?.end()
          error?.end(JSON.stringify(status), () => transport.end())
        },
      })
    }
    const end = (): void => {
      clearTimeout(late)
      gone()
      reject(new Error("the client left before it had opened its streams"))
    }
    serveSpdy(transport, (headers, stream) => {
      const name = headers.get("streamtype") ?? ""
      stream.on("error", () => stream.destroy())
      if (!wanted.includes(name) || streams.has(name)) return void stream.destroy()
      streams.set(name, stream)
      if (streams.size === wanted.length) begin()
    }).then(end, end)
  })

async function* emptyBytes(): AsyncGenerator<Uint8Array, void> {}
