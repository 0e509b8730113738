import { Duplex } from "node:stream"
import type { PodConnection } from "@pilotage/embedded-cluster"
import type { RawData, WebSocket } from "ws"
import { createOutbox } from "./outbox.ts"
import type { PodPorts } from "./pod-port.ts"
import { bytesOf } from "./web-socket-bytes.ts"

type PortForward = Extract<PodConnection, { readonly kind: "portforward" }>

/** What WebSocket clients without a tunnel ask for (kubelet portforward/websocket.go). */
export const PORT_CHANNELS_PROTOCOL = "v4.channel.k8s.io"

const NORMAL_CLOSURE = 1000

const littleEndian = (port: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(port)
  return bytes
}

/**
 * Port-forward over the channels of a WebSocket: one connection for each port of the query, with a channel for its data
 * and the next for its error. Each begins with the number of the port. The WebSocket ends with the last connection.
 */
export const portChannels = (ports: PodPorts, asked: PortForward, socket: WebSocket): void => {
  const outbox = createOutbox({
    send: (bytes, done) => socket.send(bytes, { binary: true }, done),
    cutOff: () => socket.terminate(),
  })
  const send = (channel: number, bytes: Buffer): void => outbox.send(Buffer.concat([Buffer.of(channel), bytes]))
  const flows = asked.ports.map((port, index) => {
    send(2 * index, littleEndian(port))
    send(2 * index + 1, littleEndian(port))
    const flow = new Duplex({
      read: () => socket.resume(),
      write(bytes: Buffer, _, done) {
        send(2 * index, bytes)
        outbox.ready().then(() => done(), done)
      },
    })
    flow.on("error", () => flow.destroy())
    return flow
  })
  let open = flows.length
  socket.on("message", (data: RawData) => {
    const bytes = bytesOf(data)
    const flow = (bytes[0] ?? 1) % 2 === 0 ? flows[(bytes[0] ?? 0) / 2] : undefined
    if (flow && !flow.destroyed && bytes.length > 1 && !flow.push(bytes.subarray(1))) socket.pause()
  })
  socket.on("error", () => socket.terminate())
  socket.on("close", () => {
    outbox.close()
    for (const flow of flows) flow.destroy()
  })
  for (const [index, flow] of flows.entries()) {
    flow.on("close", () => {
      open -= 1
      socket.resume()
      if (open === 0) socket.close(NORMAL_CLOSURE)
    })
    const refused = ports.connect({ ...asked, port: asked.ports[index] ?? 0 }, flow)
    if (refused === undefined) continue
    send(2 * index + 1, Buffer.from(refused))
    flow.destroy()
  }
}
