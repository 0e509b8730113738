import { STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import type { KubeResponse } from "@pilotage/kube-model"

/** Answers a request for an upgrade with a whole response instead, and closes. */
export const refuseUpgrade = (socket: Duplex, { status, headers, body }: KubeResponse): void => {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`)
  const lines = Object.entries({ ...headers, "content-length": String(bytes.length), connection: "close" })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n`)
  socket.end(bytes)
}
