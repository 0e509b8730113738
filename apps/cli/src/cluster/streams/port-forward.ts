import type { Duplex } from "node:stream"
import type { PodConnection } from "@pilotage/embedded-cluster"
import type { PodPorts } from "./pod-port.ts"
import { serveSpdy } from "./spdy/connection.ts"

type PortForward = Extract<PodConnection, { readonly kind: "portforward" }>

/** How long the first stream of a pair waits for the second (kubelet: 30 s). */
const PAIR_MS = 30_000

interface Pair {
  error?: Duplex
  data?: Duplex
  readonly late: NodeJS.Timeout
}

/**
 * Port-forward over SPDY: for each connection that the client takes the client opens two streams, `error` and `data`,
 * that name the same request and port. Both end when the connection does.
 */
export const portForward = async (ports: PodPorts, asked: PortForward, transport: Duplex): Promise<void> => {
  const pairs = new Map<string, Pair>()
  const join = (port: number, { error, data }: Required<Pick<Pair, "error" | "data">>): void => {
    error.resume()
    const refused = ports.connect({ ...asked, port }, data)
    if (refused === undefined) return void data.on("close", () => error.end())
    error.end(refused)
    data.on("error", () => {})
    data.resume().end()
  }
  await serveSpdy(transport, (headers, stream) => {
    stream.on("error", () => stream.destroy())
    const [type, port, id] = [headers.get("streamtype"), Number(headers.get("port")), headers.get("requestid") ?? ""]
    if ((type !== "error" && type !== "data") || !Number.isInteger(port) || port < 1 || port > 65_535)
      return void stream.destroy()
    const key = `${id}/${port}`
    const pair = pairs.get(key) ?? {
      late: setTimeout(() => {
        pairs.delete(key)
        pair.error?.destroy()
        pair.data?.destroy()
      }, PAIR_MS).unref(),
    }
    pairs.set(key, pair)
    pair[type]?.destroy()
    pair[type] = stream
    if (!pair.error || !pair.data) return
    pairs.delete(key)
    clearTimeout(pair.late)
    join(port, { error: pair.error, data: pair.data })
  })
  for (const { late } of pairs.values()) clearTimeout(late)
}
